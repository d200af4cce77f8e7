// The unmodified aws CLI, another client by other people on another implementation of the
// protocols, does the two-account story: create, allow, connect, accept, describe, and errors.

import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { startSimulator } from '../src/index.ts';
import { CUSTOMER, OTHER_CUSTOMER, VENDOR } from './lab.ts';

const run = promisify(execFile);
const version = cliVersion();
if (version === undefined) process.stderr.write('skipped: there is no aws CLI on the PATH\n');

function cliVersion(): string | undefined {
  try {
    return execFileSync('aws', ['--version'], { encoding: 'utf8' });
  } catch {
    return undefined;
  }
}

/** What a command printed; its shape is the command's own. */
type Json = ReturnType<typeof JSON.parse>;

/** Runs a command as an account's root. The words of the command are split at spaces. */
type Cli = (who: string, command: string, ...more: string[]) => Promise<Json>;

interface Offer {
  readonly serviceId: string;
  readonly serviceName: string;
}

function cliFor(endpoint: string): Cli {
  return async (who, command, ...more) => {
    const env = {
      PATH: process.env.PATH,
      HOME: '/nonexistent',
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: who,
      AWS_SECRET_ACCESS_KEY: 'simulator',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_MAX_ATTEMPTS: '1',
    };
    const { stdout } = await run('aws', [...command.split(' '), ...more], { env });
    return stdout.trim() === '' ? {} : JSON.parse(stdout);
  };
}

async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'answered';
  } catch (error) {
    return (error as { stderr: string }).stderr.trim();
  }
}

async function offer(cli: Cli, loadBalancerArn: string): Promise<Offer> {
  const created = await cli(
    VENDOR,
    'ec2 create-vpc-endpoint-service-configuration --acceptance-required',
    '--network-load-balancer-arns',
    loadBalancerArn,
    '--tag-specifications',
    'ResourceType=vpc-endpoint-service,Tags=[{Key=Name,Value=api}]',
  );
  expect(created).toMatchObject({
    ServiceConfiguration: { ServiceState: 'Available', Tags: [{ Key: 'Name', Value: 'api' }] },
  });
  const { ServiceId: serviceId, ServiceName: serviceName } = created.ServiceConfiguration;
  const principal = `--add-allowed-principals arn:aws:iam::${CUSTOMER}:root`;
  const allow = `modify-vpc-endpoint-service-permissions --service-id ${serviceId} ${principal}`;
  expect(await cli(VENDOR, `ec2 ${allow}`)).toMatchObject({
    ReturnValue: true,
    AddedPrincipals: [{ ServiceId: serviceId, PrincipalType: 'Account' }],
  });
  return { serviceId, serviceName };
}

async function connect(cli: Cli, { serviceName }: Offer): Promise<string> {
  const [subnets, hidden] = await Promise.all([
    cli(CUSTOMER, 'ec2 describe-subnets'),
    refusal(
      cli(OTHER_CUSTOMER, `ec2 describe-vpc-endpoint-services --service-names ${serviceName}`),
    ),
  ]);
  expect(hidden).toContain(
    'An error occurred (InvalidServiceName) when calling the DescribeVpcEndpointServices ' +
      `operation: The Vpc Endpoint Service '${serviceName}' does not exist`,
  );
  const { VpcId: vpcId, SubnetId: subnetId } = subnets.Subnets[0];
  const create = `ec2 create-vpc-endpoint --vpc-id ${vpcId} --subnet-ids ${subnetId}`;
  const service = `--vpc-endpoint-type Interface --service-name ${serviceName}`;
  const created = await cli(CUSTOMER, `${create} ${service}`);
  expect(created).toMatchObject({ VpcEndpoint: { State: 'pendingAcceptance' } });
  return created.VpcEndpoint.VpcEndpointId;
}

test.skipIf(version === undefined)('when the aws CLI tells the story, it works', async () => {
  const simulator = await startSimulator();
  onTestFinished(() => simulator.close());
  const cli = cliFor(simulator.endpoint);
  const offered = await offer(cli, [...simulator.world.loadBalancers.values()][0]?.id ?? '');
  const endpointId = await connect(cli, offered);
  const accept = `accept-vpc-endpoint-connections --service-id ${offered.serviceId}`;
  const targets = `--vpc-endpoint-ids ${endpointId} vpce-0123456789abcdef0`;
  expect(await cli(VENDOR, `ec2 ${accept} ${targets}`)).toMatchObject({
    Unsuccessful: [{ Error: { Code: 'InvalidVpcEndpointId.NotFound' } }],
  });
  expect(await cli(VENDOR, 'ec2 describe-vpc-endpoint-connections')).toMatchObject({
    VpcEndpointConnections: [
      {
        VpcEndpointId: endpointId,
        VpcEndpointOwner: CUSTOMER,
        VpcEndpointState: expect.stringMatching(/^(pending|available)$/),
      },
    ],
  });
});

test.skipIf(version === undefined)('when the aws CLI changes records, they are kept', async () => {
  const simulator = await startSimulator();
  onTestFinished(() => simulator.close());
  const cli = cliFor(simulator.endpoint);
  const zone = [...simulator.world.hostedZones.values()][0]?.id ?? '';
  const record = { Type: 'TXT', TTL: 60, ResourceRecords: [{ Value: '"a & <b>"' }] };
  const ResourceRecordSet = { Name: 'a.vendor.example', ...record };
  const batch = JSON.stringify({ Changes: [{ Action: 'CREATE', ResourceRecordSet }] });
  const change = `route53 change-resource-record-sets --hosted-zone-id ${zone}`;
  const { ChangeInfo } = await cli(VENDOR, change, '--change-batch', batch);
  const [again, found, records] = await Promise.all([
    refusal(cli(VENDOR, change, '--change-batch', batch)),
    cli(VENDOR, `route53 get-change --id ${ChangeInfo.Id}`),
    cli(VENDOR, `route53 list-resource-record-sets --hosted-zone-id ${zone}`),
  ]);
  expect(again).toContain('(InvalidChangeBatch)');
  expect(found.ChangeInfo.Id).toBe(ChangeInfo.Id);
  expect(records.ResourceRecordSets).toContainEqual({ Name: 'a.vendor.example.', ...record });
});

test.skipIf(version === undefined)('when the aws CLI assumes a role, it is that role', async () => {
  const simulator = await startSimulator();
  onTestFinished(() => simulator.close());
  const cli = cliFor(simulator.endpoint);
  const role = `arn:aws:iam::${VENDOR}:role/sallyport`;
  const assume = `sts assume-role --role-arn ${role} --role-session-name cli`;
  const [assumed, stranger] = await Promise.all([
    cli(VENDOR, `${assume} --external-id sallyport`),
    refusal(cli(CUSTOMER, assume)),
  ]);
  expect(assumed.AssumedRoleUser.Arn).toBe(`arn:aws:sts::${VENDOR}:assumed-role/sallyport/cli`);
  expect(stranger).toContain('(AccessDenied)');
});
