// The checks of a customer's VPC, over the simulated AWS. The vendor's half comes from a stand-in.
import { EC2 } from '@aws-sdk/client-ec2';
import { Route53 } from '@aws-sdk/client-route-53';
import {
  type Simulator,
  startSimulator,
  type UserSpec,
  type VpcSpec,
} from '@sallyport/aws-simulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ConnectionOptions, preflight, type PreflightClient } from '../../src/aws/entry.ts';
import { SallyportError } from '../../src/index.ts';
import { accessOf, customerAccount, PRIVATE_NAME, REGION, VENDOR } from './stage.ts';

let simulator: Simulator;
let vendor: EC2;
let serviceName: string;
let accounts = 0;

beforeAll(async () => {
  simulator = await startSimulator();
  vendor = new EC2({ ...clientOf(VENDOR) });
  const balancer = [...simulator.world.loadBalancers.values()].find(
    ({ region, account }) => region === REGION && account === VENDOR,
  );
  const made = await vendor.createVpcEndpointServiceConfiguration({
    NetworkLoadBalancerArns: [balancer!.id],
    PrivateDnsName: PRIVATE_NAME,
  });
  serviceName = made.ServiceConfiguration!.ServiceName!;
});

afterAll(async () => {
  vendor?.destroy();
  await simulator?.close();
});

function clientOf(account: string) {
  const { credentials, aws } = accessOf(simulator, account);
  return { region: REGION, credentials, ...aws };
}

interface Customer {
  account: string;
  ec2: EC2;
  vpcId: string;
  subnetIds: string[];
  look(options?: Partial<ConnectionOptions>): ReturnType<typeof preflight>;
}

/** A new account, on the allowlist unless it is said otherwise. */
async function customer(
  vpc: Partial<VpcSpec> = {},
  allowed = true,
  users: UserSpec[] = [],
): Promise<Customer> {
  accounts += 1;
  const account = String(500_000_000_000 + accounts);
  simulator.addAccount({ id: account, vpcs: [{ region: REGION, ...vpc }], users });
  const found = [...simulator.world.vpcs.values()].find((one) => one.account === account)!;
  if (allowed) {
    await vendor.modifyVpcEndpointServicePermissions({
      ServiceId: serviceName.split('.').at(-1)!,
      AddAllowedPrincipals: [`arn:aws:iam::${account}:root`],
    });
  }
  const subnets = [...simulator.world.subnets.values()].filter(({ vpcId }) => vpcId === found.id);
  const options = { ...accessOf(simulator, account), vpc_id: found.id };
  return {
    account,
    ec2: new EC2(clientOf(account)),
    vpcId: found.id,
    subnetIds: subnets.map(({ id }) => id),
    look: (more) => preflight(standIn(), { ...options, ...more }),
  };
}

const allow = (...Action: string[]) => ({ Effect: 'Allow' as const, Action, Resource: '*' });

/** What the vendor's side says is not what is tested here. */
function standIn(dns: string | null = null): PreflightClient {
  const service = {
    service_name: serviceName,
    region: REGION,
    availability_zone_ids: ['use1-az1', 'use1-az2', 'use1-az4'],
    private_dns_name: PRIVATE_NAME,
  };
  const ids = { id: 'grt_1', customer_id: 'cus_1', endpoint_service_id: 'svc_1' };
  const grant = { ...ids, expired_at: null, dns, service };
  const checks = ['account', 'grant', 'private_dns'].map((name) => ({
    name,
    result: 'pass',
    evidence: 'Fine.',
    next: null,
  }));
  return {
    grants: { list: () => ({ toArray: () => Promise.resolve([grant]) }) },
    setup: { preflight: () => Promise.resolve({ checks }) },
  } as unknown as PreflightClient;
}

const resultsOf = ({ checks }: Awaited<ReturnType<typeof preflight>>) =>
  Object.fromEntries(checks.map(({ name, result }) => [name, result]));

const checkOf = (outcome: Awaited<ReturnType<typeof preflight>>, wanted: string) =>
  outcome.checks.find(({ name }) => name === wanted)!;

test('when all is well, each check passes, and it says where the endpoint would be', async () => {
  const { look, vpcId, account, subnetIds } = await customer();
  const outcome = await look();
  expect(resultsOf(outcome)).toEqual({
    account: 'pass',
    grant: 'pass',
    visibility: 'pass',
    permission: 'pass',
    vpc: 'pass',
    vpc_dns: 'pass',
    subnets: 'pass',
    addresses: 'pass',
    security_groups: 'pass',
    quota: 'pass',
    endpoint: 'pass',
    private_dns: 'pass',
    private_dns_conflict: 'pass',
  });
  expect(outcome).toMatchObject({ ready: 'yes', turn: 'nobody', next: null, vpc_id: vpcId });
  expect(outcome.account_id).toBe(account);
  expect(new Set(outcome.subnet_ids)).toEqual(new Set(subnetIds));
  const changes = simulator.calls().filter((call) => call.account === account && call.mutating);
  expect(changes.filter(({ performed }) => performed)).toEqual([]);
});

test('when the account is not on the allowlist, it is the vendor turn', async () => {
  const { look } = await customer({}, false);
  const outcome = await look();
  expect(outcome).toMatchObject({ ready: 'no', turn: 'vendor' });
  expect(checkOf(outcome, 'visibility')).toMatchObject({ result: 'fail' });
});

test('when the VPC does not give hostnames, the command turns them on', async () => {
  const { look, vpcId, ec2 } = await customer({ dnsHostnames: false });
  const outcome = await look();
  const command = `aws ec2 modify-vpc-attribute --vpc-id ${vpcId} --enable-dns-hostnames`;
  expect(outcome).toMatchObject({
    ready: 'no',
    turn: 'customer',
    next: { command: `${command} --region ${REGION}` },
  });
  const byZone = await look({ dns: 'hosted-zone' });
  expect(checkOf(byZone, 'vpc_dns').result).toBe('pass');
  await ec2.modifyVpcAttribute({ VpcId: vpcId, EnableDnsHostnames: { Value: true } });
  expect(checkOf(await look(), 'vpc_dns').result).toBe('pass');
});

test('when no subnet is in a zone of the service, it says which zones would do', async () => {
  const { look } = await customer({ zoneIds: ['use1-az5', 'use1-az6'] });
  const found = checkOf(await look(), 'subnets');
  expect(found).toMatchObject({ result: 'fail', next: { actor: 'customer' } });
  expect(found.evidence).toContain('use1-az1, use1-az2, use1-az4');
  expect(found.evidence).toContain('use1-az5, use1-az6');
});

test('when subnets are named that do not fit, each reason has its own words', async () => {
  const { look, subnetIds } = await customer({
    subnets: [{ zoneId: 'use1-az1' }, { zoneId: 'use1-az1' }, { zoneId: 'use1-az6' }],
  });
  const [first, second, outside] = subnetIds;
  const evidence = async (subnet_ids: string[]) =>
    checkOf(await look({ subnet_ids }), 'subnets').evidence;
  expect(await evidence(['subnet-00000000000000000'])).toContain('is not in vpc-');
  expect(await evidence([outside!])).toContain('cannot reach the service');
  expect(await evidence([first!, second!])).toContain('is the second subnet of its zone');
  expect(await evidence([second!])).toBe(`In ${second} (use1-az1).`);
});

test('when the only subnet of a zone is full, it is not called missing', async () => {
  const { look, subnetIds } = await customer({
    subnets: [{ zoneId: 'use1-az1', cidr: '10.0.1.0/28' }],
  });
  const subnet = simulator.world.subnets.get(subnetIds[0]!)!;
  for (let host = 4; host < 15; host += 1) subnet.usedAddresses.add(`10.0.1.${host}`);
  const outcome = await look();
  expect(checkOf(outcome, 'subnets').result).toBe('pass');
  expect(checkOf(outcome, 'addresses')).toMatchObject({
    result: 'fail',
    evidence: `${subnetIds[0]} (use1-az1) has no free address.`,
  });
});

test('when security groups are named, it is seen whether they let clients in', async () => {
  const { look, ec2, vpcId } = await customer();
  const made = await ec2.createSecurityGroup({
    GroupName: 'clients',
    Description: 'x',
    VpcId: vpcId,
  });
  const id = made.GroupId!;
  const judged = async (port = 443) =>
    checkOf(await look({ security_group_ids: [id], port }), 'security_groups');
  expect(await judged()).toMatchObject({
    result: 'fail',
    evidence: `${id} lets nobody in on TCP 443.`,
  });
  const IpPermissions = [
    { IpProtocol: 'tcp', FromPort: 400, ToPort: 500, IpRanges: [{ CidrIp: '10.0.0.0/8' }] },
  ];
  await ec2.authorizeSecurityGroupIngress({ GroupId: id, IpPermissions });
  expect((await judged()).evidence).toBe(`${id} lets in TCP 443 from 10.0.0.0/8.`);
  expect((await judged(8443)).result).toBe('fail');
  const group = [...simulator.world.securityGroups.values()].find(
    (one) => one.vpcId === vpcId && one.name === 'default',
  );
  const usual = await look({ security_group_ids: [group!.id] });
  expect(checkOf(usual, 'security_groups').evidence).toContain('from its own members only');
});

test('when a private hosted zone has the name, it says how to get it out of the way', async () => {
  const { look, account, vpcId } = await customer();
  const route53 = new Route53(clientOf(account));
  const { HostedZone } = await route53.createHostedZone({
    Name: PRIVATE_NAME,
    CallerReference: account,
    VPC: { VPCId: vpcId, VPCRegion: REGION },
  });
  route53.destroy();
  const id = HostedZone!.Id!.replace('/hostedzone/', '');
  const outcome = await look();
  expect(checkOf(outcome, 'private_dns_conflict')).toMatchObject({
    result: 'fail',
    evidence: `The private hosted zone ${id} answers to ${PRIVATE_NAME} in ${vpcId}.`,
  });
  const hub = await look({ dns: 'hosted-zone' });
  expect(checkOf(hub, 'private_dns_conflict').result).toBe('pass');
});

test('when a permission is denied, that is unknown, and names the permission', async () => {
  const { look, account } = await customer();
  const denied = { service: 'ec2' as const, account, action: 'DescribeSubnets' };
  simulator.setFault({
    name: `denied ${account}`,
    match: denied,
    answer: { code: 'UnauthorizedOperation', message: 'You are not authorized.', status: 403 },
  });
  const outcome = await look();
  expect(outcome).toMatchObject({ ready: 'unknown', turn: 'customer' });
  expect(checkOf(outcome, 'subnets')).toMatchObject({
    result: 'unknown',
    evidence: expect.stringContaining('ec2:DescribeSubnets: UnauthorizedOperation'),
    next: { action: 'Allow ec2:DescribeSubnets, or look yourself.' },
  });
});

test('when the endpoint may not be made, the dry run tells, and makes none', async () => {
  const reader = { accessKeyId: 'AKIAREADER0000000001', secretAccessKey: 'simulator-reader' };
  const { look, account } = await customer({}, true, [
    {
      name: 'reader',
      accessKeyId: reader.accessKeyId,
      secret: reader.secretAccessKey,
      policies: [{ Version: '2012-10-17', Statement: [allow('ec2:Describe*', 'route53:List*')] }],
    },
  ]);
  const outcome = await look({ credentials: reader });
  expect(outcome).toMatchObject({ ready: 'no', turn: 'customer' });
  expect(checkOf(outcome, 'permission').next?.action).toContain('Allow ec2:CreateVpcEndpoint');
  expect(resultsOf(outcome)).toMatchObject({ subnets: 'pass', private_dns_conflict: 'pass' });
  const all = [...simulator.world.endpoints.values()].filter((one) => one.account === account);
  expect(all).toEqual([]);
});

test('when other hands have made an endpoint, it is not taken over by itself', async () => {
  const { look, ec2, vpcId, subnetIds } = await customer();
  const { VpcEndpoint } = await ec2.createVpcEndpoint({
    VpcEndpointType: 'Interface',
    ServiceName: serviceName,
    VpcId: vpcId,
    SubnetIds: subnetIds,
  });
  const id = VpcEndpoint!.VpcEndpointId!;
  const found = checkOf(await look(), 'endpoint');
  expect(found).toMatchObject({ result: 'fail', next: { actor: 'customer' } });
  expect(found.next?.command).toContain(`--vpc-endpoint-id ${id}`);
  expect(checkOf(await look({ vpc_endpoint_id: id }), 'endpoint').result).toBe('pass');
  expect(checkOf(await look({ name: 'second' }), 'endpoint').result).toBe('warn');
});

test('when the grant says how names are resolved, that is taken', async () => {
  const { account, vpcId } = await customer({ dnsHostnames: false });
  const options = { ...accessOf(simulator, account), vpc_id: vpcId };
  const outcome = await preflight(standIn('profile'), options);
  expect(checkOf(outcome, 'vpc_dns').result).toBe('pass');
  const said = await preflight(standIn('profile'), { ...options, dns: 'endpoint' });
  expect(checkOf(said, 'vpc_dns').result).toBe('fail');
});

test('when there is more than one VPC to choose from, it asks for one by name', async () => {
  accounts += 1;
  const account = String(500_000_000_000 + accounts);
  const cidrs = ['10.1.0.0/16', '10.2.0.0/16'];
  const vpcs = cidrs.map((cidr) => ({ region: REGION, cidr }));
  simulator.addAccount(customerAccount(account, vpcs));
  const looked = preflight(standIn(), accessOf(simulator, account));
  await expect(looked).rejects.toThrow(SallyportError);
  await expect(looked).rejects.toThrow(/has 2 VPCs. Name one as vpc_id: vpc-\w+, vpc-\w+/);
  const elsewhere = { ...accessOf(simulator, account), vpc_id: 'vpc-00000000000000000' };
  await expect(preflight(standIn(), elsewhere)).rejects.toThrow('name it as account_id');
  const outcome = await preflight(standIn(), { ...elsewhere, account_id: account });
  expect(checkOf(outcome, 'vpc').result).toBe('fail');
});

test.each([
  [{ region: 'moon' }, 'region must be the region of the VPC'],
  [{ port: 70_000 }, 'port must be'],
  [{ name: 'a b' }, 'name must be'],
])('when it is given %j, it says what is wrong with it', async (wrong, message) => {
  const { look } = await customer();
  await expect(async () => look(wrong)).rejects.toThrow(message);
});
