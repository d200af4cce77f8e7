// ModifyVpcEndpoint beyond addresses: groups, policies, private DNS, zones that a service left, and
// states in which nothing can be changed. Failed endpoints say why.

import {
  DeleteVpcEndpointsCommand,
  CreateSecurityGroupCommand,
  DescribeVpcEndpointsCommand,
  ModifyVpcEndpointCommand,
  type ModifyVpcEndpointCommandInput,
  RejectVpcEndpointConnectionsCommand,
} from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import { CUSTOMER, failure, type Lab, startLab, VENDOR } from '../../lab.ts';
import {
  accept,
  connect,
  endpointNow,
  networkOf,
  offerService,
  verifyPrivateDns,
} from '../../scenes.ts';

type Change = Omit<ModifyVpcEndpointCommandInput, 'VpcEndpointId'>;

async function modify(lab: Lab, VpcEndpointId: string, change: Change) {
  return lab.as(CUSTOMER).ec2.send(new ModifyVpcEndpointCommand({ VpcEndpointId, ...change }));
}

async function newGroups(lab: Lab, count: number): Promise<string[]> {
  const { vpcId: VpcId } = await networkOf(lab);
  const ids: string[] = [];
  for (let i = 0; i < count; i += 1) {
    const input = { GroupName: `group ${i}`, Description: 'test', VpcId };
    const { GroupId } = await lab.as(CUSTOMER).ec2.send(new CreateSecurityGroupCommand(input));
    ids.push(GroupId ?? '');
  }
  return ids;
}

const statement = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' };
const policy = (Statement: unknown) => JSON.stringify({ Version: '2012-10-17', Statement });

test('when groups are changed, the endpoint has one to five of them', async () => {
  const lab = await startLab();
  const { VpcEndpointId: id = '' } = await connect(lab, await offerService(lab));
  const groups = await newGroups(lab, 5);
  const usual = (await endpointNow(lab, id))?.Groups?.[0]?.GroupId ?? '';
  const many = await failure(modify(lab, id, { AddSecurityGroupIds: groups }));
  expect(many.code).toBe('SecurityGroupsPerInterfaceLimitExceeded');
  const change = { AddSecurityGroupIds: groups, RemoveSecurityGroupIds: [usual] };
  await modify(lab, id, change);
  const now = await endpointNow(lab, id);
  expect(now?.Groups?.map(({ GroupId }) => GroupId)).toEqual(groups);
  const none = await failure(modify(lab, id, { RemoveSecurityGroupIds: groups }));
  expect(none.code).toBe('InvalidParameter');
});

test('when a policy is given, it is kept as it is if it is one', async () => {
  const lab = await startLab();
  const { VpcEndpointId: id = '' } = await connect(lab, await offerService(lab));
  const sound = policy([statement, { ...statement, Effect: 'Deny' }]);
  await modify(lab, id, { PolicyDocument: sound });
  expect((await endpointNow(lab, id))?.PolicyDocument).toBe(sound);
  const bad = [
    '{',
    '[]',
    policy([]),
    policy('x'),
    policy({ ...statement, Effect: 'Maybe' }),
    policy({ ...statement, Principal: undefined }),
    policy({ ...statement, Action: undefined }),
    policy({ ...statement, Resource: undefined }),
    JSON.stringify({ Version: '2020-01-01', Statement: statement }),
    policy({ ...statement, Sid: 'x'.repeat(20_480) }),
  ];
  for (const PolicyDocument of bad) {
    const { code } = await failure(modify(lab, id, { PolicyDocument }));
    expect([PolicyDocument.slice(0, 80), code]).toContain('InvalidPolicyDocument');
  }
  const both = await failure(modify(lab, id, { PolicyDocument: sound, ResetPolicy: true }));
  expect(both.code).toBe('InvalidParameterCombination');
  await modify(lab, id, { ResetPolicy: true });
  expect((await endpointNow(lab, id))?.PolicyDocument).not.toBe(sound);
});

test('when the knob says so, a policy for a service without policies is refused', async () => {
  const lab = await startLab({ knobs: { unsupportedPolicy: 'refused' } });
  const made = connect(lab, await offerService(lab), { PolicyDocument: policy(statement) });
  expect(await failure(made)).toEqual({
    code: 'InvalidParameter',
    message: expect.stringContaining('does not support endpoint policies'),
  });
});

test('when private DNS is wanted, acceptance comes first, and who leaves blocks', async () => {
  const lab = await startLab();
  const service = await offerService(lab, { PrivateDnsName: 'api.vendor.example' });
  await verifyPrivateDns(lab, service.id);
  const { VpcEndpointId: first = '' } = await connect(lab, service);
  expect((await failure(modify(lab, first, { PrivateDnsEnabled: true }))).message).toContain(
    'has not accepted',
  );
  await accept(lab, service, first);
  await modify(lab, first, { PrivateDnsEnabled: true });
  lab.advance(lab.simulator.world.delays.endpointModified);
  expect(await endpointNow(lab, first)).toMatchObject({
    State: 'available',
    PrivateDnsEnabled: true,
  });
  const { VpcEndpointId: second = '' } = await connect(lab, service);
  await accept(lab, service, second);
  const { vpcId } = await networkOf(lab);
  const conflict = {
    code: 'InvalidParameter',
    message:
      'private-dns-enabled cannot be set because there is already a conflicting DNS domain ' +
      `for api.vendor.example in the VPC ${vpcId}`,
  };
  expect(await failure(modify(lab, second, { PrivateDnsEnabled: true }))).toEqual(conflict);
  const { ec2 } = lab.as(CUSTOMER);
  await ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [first] }));
  expect(await failure(modify(lab, second, { PrivateDnsEnabled: true }))).toEqual(conflict);
  lab.advance(lab.simulator.world.delays.endpointDeleted);
  await modify(lab, second, { PrivateDnsEnabled: true });
  await modify(lab, second, { PrivateDnsEnabled: false });
  expect((await endpointNow(lab, second))?.PrivateDnsEnabled).toBe(false);
});

test('when a service has left a zone, an endpoint in it can still be changed', async () => {
  const lab = await startLab();
  const service = await offerService(lab, { AcceptanceRequired: false });
  const { subnets } = await networkOf(lab);
  const [one, two, three] = subnets;
  const { VpcEndpointId: id = '' } = await connect(lab, service, {
    SubnetIds: [one?.SubnetId ?? ''],
  });
  const inside = lab.simulator.world.endpointServices.get(service.id);
  if (inside) inside.zoneIds = [two?.AvailabilityZoneId ?? ''];
  await modify(lab, id, { AddSubnetIds: [two?.SubnetId ?? ''] });
  expect((await endpointNow(lab, id))?.SubnetIds).toEqual([one?.SubnetId, two?.SubnetId]);
  const left = await failure(modify(lab, id, { AddSubnetIds: [three?.SubnetId ?? ''] }));
  expect(left.message).toContain('does not support the availability zone');
});

test.for(['IncorrectState', 'InvalidState'] as const)(
  'when an endpoint is rejected, it cannot be changed: %s',
  async (unmodifiableEndpointCode) => {
    const lab = await startLab({ knobs: { unmodifiableEndpointCode } });
    const service = await offerService(lab);
    const { VpcEndpointId: id = '' } = await connect(lab, service);
    const target = { ServiceId: service.id, VpcEndpointIds: [id] };
    await lab.as(VENDOR).ec2.send(new RejectVpcEndpointConnectionsCommand(target));
    const { code } = await failure(modify(lab, id, { ResetPolicy: true }));
    expect(code).toBe(unmodifiableEndpointCode);
  },
);

test('when route tables are named, they are refused by name', async () => {
  const lab = await startLab();
  const { VpcEndpointId: id = '' } = await connect(lab, await offerService(lab));
  for (const name of ['AddRouteTableIds', 'RemoveRouteTableIds']) {
    const found = await failure(modify(lab, id, { [name]: ['rtb-0123456789abcdef0'] }));
    expect(found).toEqual({
      code: 'InvalidParameter',
      message: expect.stringContaining('Route tables'),
    });
  }
});

test('when endpoints are filtered, the right ones are left and deleted ones linger', async () => {
  const lab = await startLab();
  const service = await offerService(lab);
  const { VpcEndpointId: kept } = await connect(lab, service, {
    TagSpecifications: [{ ResourceType: 'vpc-endpoint', Tags: [{ Key: 'k', Value: 'v' }] }],
  });
  const { VpcEndpointId: gone = '' } = await connect(lab, service);
  const { ec2 } = lab.as(CUSTOMER);
  await ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [gone] }));
  lab.advance(lab.simulator.world.delays.endpointDeleted);
  const by = async (Name: string, Value: string) => {
    const command = new DescribeVpcEndpointsCommand({ Filters: [{ Name, Values: [Value] }] });
    return (await ec2.send(command)).VpcEndpoints?.map(({ VpcEndpointId }) => VpcEndpointId);
  };
  expect(await by('vpc-endpoint-state', 'deleted')).toEqual([gone]);
  expect(await by('tag:k', 'v')).toEqual([kept]);
  expect(await by('service-region', 'us-east-1')).toEqual([kept, gone]);
  expect(await by('vpc-endpoint-type', 'Gateway')).toEqual([]);
  lab.advance(lab.simulator.world.delays.endpointForgotten);
  expect(await by('vpc-endpoint-state', 'deleted')).toEqual([]);
});

test('when provisioning fails, the endpoint says why and can only be deleted', async () => {
  const lab = await startLab();
  const service = await offerService(lab, { AcceptanceRequired: false });
  const { VpcEndpointId: id = '' } = await connect(lab, service);
  const fail = () =>
    fetch(`${lab.endpoint}/_simulator/endpoint-failures`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id, code: 'InternalFailure', message: 'No capacity.' }),
    });
  expect((await fail()).status).toBe(200);
  lab.advance(lab.simulator.world.delays.endpointAvailable);
  expect(await endpointNow(lab, id)).toMatchObject({
    State: 'failed',
    FailureReason: 'No capacity.',
    LastError: { Code: 'InternalFailure', Message: 'No capacity.' },
  });
  expect((await fail()).status).toBe(404);
  expect((await failure(modify(lab, id, { ResetPolicy: true }))).code).toBe('IncorrectState');
  await lab.as(CUSTOMER).ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [id] }));
  expect((await endpointNow(lab, id))?.State).toBe('deleting');
});
