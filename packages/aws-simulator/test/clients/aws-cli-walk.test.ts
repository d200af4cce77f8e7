// The PrivateLink commands of the unmodified aws CLI, in the order in which a vendor and a customer
// would type them, and what each prints when it is refused. It costs a minute of processor
// time, so it is part of `test:long` only.

import { expect, onTestFinished, test } from 'vitest';
import { startSimulator } from '../../src/index.ts';
import { CUSTOMER, VENDOR } from '../lab.ts';
import { type Cli, cliFor, type Json, type Who } from './cli.ts';
import { awsCli, checkInstalled } from './installed.ts';

const client = awsCli();
const isLong = Boolean(process.env.SALLYPORT_TEST_LONG);
if (client.runs && !isLong) {
  process.stderr.write('skipped: every command of the aws CLI, which is part of test:long only\n');
}

interface Walk {
  readonly vendor: Step;
  readonly customer: Step;
  readonly cli: Cli;
  readonly loadBalancers: readonly string[];
}

type Step = (command: string, ...more: string[]) => Promise<Json>;

const ABSENT = '0123456789abcdef0';

async function startWalk(): Promise<Walk> {
  checkInstalled(client);
  const simulator = await startSimulator();
  onTestFinished(() => simulator.close());
  const cli = cliFor(simulator.endpoint);
  return {
    cli,
    vendor: (command, ...more) => cli(VENDOR, `ec2 ${command}`, ...more),
    customer: (command, ...more) => cli(CUSTOMER, `ec2 ${command}`, ...more),
    loadBalancers: [...simulator.world.loadBalancers.values()]
      .filter(({ region }) => region === 'us-east-1')
      .map(({ id }) => id),
  };
}

test.runIf(client.runs && isLong)(
  'when the aws CLI walks through PrivateLink, every command works',
  async () => {
    const walk = await startWalk();
    const service = await offer(walk);
    await notify(walk, service.ServiceId);
    const endpointId = await connect(walk, service);
    await switchPrivateDnsOn(walk, endpointId);
    await leave(walk, service.ServiceId, endpointId);
  },
  300_000,
);

async function offer({ vendor, cli, loadBalancers }: Walk): Promise<Json> {
  const { ServiceConfiguration: service } = await vendor(
    'create-vpc-endpoint-service-configuration --acceptance-required ' +
      `--private-dns-name api.vendor.example --network-load-balancer-arns ${loadBalancers[0]}`,
  );
  const named = `--service-id ${service.ServiceId}`;
  const principal = `arn:aws:iam::${CUSTOMER}:root`;
  const allow = `modify-vpc-endpoint-service-permissions ${named} --add-allowed-principals`;
  expect(await vendor(`${allow} ${principal}`)).toMatchObject({ ReturnValue: true });
  expect(await vendor(`describe-vpc-endpoint-service-permissions ${named}`)).toMatchObject({
    AllowedPrincipals: [{ PrincipalType: 'Account', Principal: principal }],
  });
  await vendor(
    `modify-vpc-endpoint-service-configuration ${named} ` +
      `--add-network-load-balancer-arns ${loadBalancers[1]}`,
  );
  await publish(cli, service.PrivateDnsNameConfiguration);
  await vendor(`start-vpc-endpoint-service-private-dns-verification ${named}`);
  const look = () =>
    vendor(`describe-vpc-endpoint-service-configurations --service-ids ${service.ServiceId}`);
  await until(async () => {
    const [now] = (await look()).ServiceConfigurations;
    expect(now.NetworkLoadBalancerArns).toEqual(loadBalancers);
    return now.PrivateDnsNameConfiguration.State;
  }, 'verified');
  return service;
}

async function publish(cli: Cli, { Name, Value }: Json): Promise<void> {
  const zones = await cli(VENDOR, 'route53 list-hosted-zones');
  const record = {
    Name: `${Name}.vendor.example`,
    Type: 'TXT',
    TTL: 60,
    ResourceRecords: [{ Value: `"${Value}"` }],
  };
  const batch = { Changes: [{ Action: 'UPSERT', ResourceRecordSet: record }] };
  const { ChangeInfo } = await cli(
    VENDOR,
    `route53 change-resource-record-sets --hosted-zone-id ${zones.HostedZones[0].Id}`,
    '--change-batch',
    JSON.stringify(batch),
  );
  await cli(VENDOR, `route53 wait resource-record-sets-changed --id ${ChangeInfo.Id}`);
}

async function notify({ vendor, cli }: Walk, serviceId: string): Promise<void> {
  const { TopicArn: topic } = await cli(VENDOR, 'sns create-topic --name connections');
  const statement = {
    Effect: 'Allow',
    Principal: { Service: 'vpce.amazonaws.com' },
    Action: 'sns:Publish',
    Resource: topic,
  };
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  const set = `sns set-topic-attributes --topic-arn ${topic} --attribute-name Policy`;
  await cli(VENDOR, set, '--attribute-value', policy);
  const { ConnectionNotification: made } = await vendor(
    `create-vpc-endpoint-connection-notification --service-id ${serviceId} ` +
      `--connection-notification-arn ${topic} --connection-events Accept Connect`,
  );
  const id = made.ConnectionNotificationId;
  await vendor(
    'modify-vpc-endpoint-connection-notification --connection-events Reject ' +
      `--connection-notification-id ${id}`,
  );
  const list = 'describe-vpc-endpoint-connection-notifications';
  expect((await vendor(list)).ConnectionNotificationSet).toMatchObject([
    { ConnectionNotificationId: id, ConnectionEvents: ['Reject'] },
  ]);
  await vendor(`delete-vpc-endpoint-connection-notifications --connection-notification-ids ${id}`);
  expect(await vendor(list)).toEqual({ ConnectionNotificationSet: [] });
}

async function connect({ vendor, customer }: Walk, service: Json): Promise<string> {
  const { ServiceId: serviceId, ServiceName: name } = service;
  const seen = await customer(`describe-vpc-endpoint-services --service-names ${name}`);
  expect(seen.ServiceDetails).toMatchObject([
    { ServiceId: serviceId, PrivateDnsNameVerificationState: 'verified' },
  ]);
  const { Subnets: subnets } = await customer('describe-subnets');
  const { VpcEndpoint: endpoint } = await customer(
    `create-vpc-endpoint --vpc-endpoint-type Interface --service-name ${name} ` +
      `--vpc-id ${subnets[0].VpcId} --subnet-ids ${subnets[0].SubnetId}`,
  );
  expect(endpoint.State).toBe('pendingAcceptance');
  const decision = `--service-id ${serviceId} --vpc-endpoint-ids ${endpoint.VpcEndpointId}`;
  const accepted = await vendor(`accept-vpc-endpoint-connections ${decision} vpce-${ABSENT}`);
  expect(accepted.Unsuccessful).toMatchObject([
    { ResourceId: `vpce-${ABSENT}`, Error: { Code: 'InvalidVpcEndpointId.NotFound' } },
  ]);
  await until(() => stateOf(customer, endpoint.VpcEndpointId), 'available');
  expect(await vendor('describe-vpc-endpoint-connections')).toMatchObject({
    VpcEndpointConnections: [
      { VpcEndpointId: endpoint.VpcEndpointId, VpcEndpointState: 'available' },
    ],
  });
  return endpoint.VpcEndpointId;
}

async function switchPrivateDnsOn({ customer }: Walk, endpointId: string): Promise<void> {
  await customer(`modify-vpc-endpoint --vpc-endpoint-id ${endpointId} --private-dns-enabled`);
  await until(() => stateOf(customer, endpointId), 'available');
  const found = await customer(`describe-vpc-endpoints --vpc-endpoint-ids ${endpointId}`);
  const names = found.VpcEndpoints[0].DnsEntries.map(({ DnsName }: Json) => DnsName);
  expect(names).toContain('api.vendor.example');
}

async function leave({ vendor, customer }: Walk, serviceId: string, id: string): Promise<void> {
  const remove = `delete-vpc-endpoint-service-configurations --service-ids ${serviceId}`;
  expect(await vendor(remove)).toMatchObject({
    Unsuccessful: [{ Error: { Code: 'ExistingVpcEndpointConnections' } }],
  });
  await vendor(
    `reject-vpc-endpoint-connections --service-id ${serviceId} --vpc-endpoint-ids ${id}`,
  );
  expect(await stateOf(customer, id)).toBe('rejected');
  await customer(`delete-vpc-endpoints --vpc-endpoint-ids ${id}`);
  expect(await vendor(remove)).toEqual({ Unsuccessful: [] });
}

test.runIf(client.runs && isLong).each<[Who, string, string]>([
  [
    VENDOR,
    'ec2 describe-vpc-endpoint-service-configurations --service-ids vpce-svc-ID',
    'InvalidVpcEndpointServiceId.NotFound',
  ],
  [
    VENDOR,
    'ec2 accept-vpc-endpoint-connections --service-id vpce-svc-ID --vpc-endpoint-ids vpce-ID',
    'InvalidVpcEndpointServiceId.NotFound',
  ],
  [
    VENDOR,
    'ec2 modify-vpc-endpoint-service-permissions --service-id vpce-svc-ID ' +
      '--add-allowed-principals *',
    'InvalidVpcEndpointServiceId.NotFound',
  ],
  [
    VENDOR,
    'ec2 start-vpc-endpoint-service-private-dns-verification --service-id vpce-svc-ID',
    'InvalidVpcEndpointServiceId.NotFound',
  ],
  [
    CUSTOMER,
    'ec2 describe-vpc-endpoints --vpc-endpoint-ids vpce-ID',
    'InvalidVpcEndpointId.NotFound',
  ],
  [CUSTOMER, 'ec2 describe-vpc-endpoint-services --filters Name=vpc-id,Values=x', 'InvalidFilter'],
  [CUSTOMER, 'ec2 describe-vpcs --vpc-ids vpc-ID', 'InvalidVpcID.NotFound'],
  [VENDOR, 'route53 get-change --id C0123456789ABCDEFGHIJ', 'NoSuchChange'],
  [
    { id: 'AKIAUNKNOWNKEY000000', secret: 'x', token: '' },
    'sts get-caller-identity',
    'InvalidClientTokenId',
  ],
])(
  'when %s types %s, it is refused with %s',
  async (who, command, code) => {
    const { cli } = await startWalk();
    const { stderr } = await cli.outcome(who, command.replaceAll('-ID', `-${ABSENT}`));
    expect(stderr).toContain(`(${code})`);
  },
  120_000,
);

async function stateOf(customer: Step, id: string): Promise<string> {
  const found = await customer(`describe-vpc-endpoints --vpc-endpoint-ids ${id}`);
  return found.VpcEndpoints[0].State;
}

async function until(look: () => Promise<string>, wanted: string): Promise<void> {
  const deadline = Date.now() + 120_000;
  let seen = await look();
  while (seen !== wanted) {
    if (Date.now() > deadline)
      throw new Error(`waited two minutes for ${wanted}, and it is ${seen}`);
    seen = await look();
  }
}
