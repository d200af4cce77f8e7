// What policies can ask of a request: the resources it names, their tags, the tags it gives, the
// service, the Region, the records.

import {
  CreateTagsCommand,
  CreateVpcEndpointCommand,
  type CreateVpcEndpointCommandInput,
  CreateVpcEndpointServiceConfigurationCommand,
  DeleteVpcEndpointsCommand,
  DescribeVpcEndpointServiceConfigurationsCommand,
  DescribeVpcEndpointsCommand,
  ModifyVpcEndpointCommand,
  ModifyVpcEndpointServiceConfigurationCommand,
  ModifyVpcEndpointServicePermissionsCommand,
} from '@aws-sdk/client-ec2';
import {
  ChangeResourceRecordSetsCommand,
  type ChangeResourceRecordSetsCommandInput,
  ListHostedZonesByNameCommand,
} from '@aws-sdk/client-route-53';
import { expect, test } from 'vitest';
import { CUSTOMER, type Keys, type Lab, startLab, VENDOR } from '../../lab.ts';
import { allowing, keysOf, limitedVendor, type Statement, worldWith } from '../../roles.ts';
import { loadBalancerArn, networkOf, offerService } from '../../scenes.ts';

const DENIED = 'UnauthorizedOperation';

/** The code a call ends with, or `ok`. */
async function outcome(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'ok';
  } catch (error) {
    return (error as Error).name;
  }
}

async function customerLab(...statements: Partial<Statement>[]): Promise<{ lab: Lab; keys: Keys }> {
  const policies = statements.map((more) => allowing('ec2:CreateVpcEndpoint', more));
  const lab = await startLab({
    world: worldWith({ id: CUSTOMER, roles: [{ name: 'limited', policies }] }),
  });
  const RoleArn = `arn:aws:iam::${CUSTOMER}:role/limited`;
  return { lab, keys: await keysOf(lab, CUSTOMER, { RoleArn }) };
}

async function endpointInput(
  lab: Lab,
  ServiceName: string,
): Promise<CreateVpcEndpointCommandInput> {
  const { vpcId, subnetIds } = await networkOf(lab);
  return {
    VpcEndpointType: 'Interface',
    VpcId: vpcId,
    ServiceName,
    SubnetIds: subnetIds.slice(0, 1),
    DryRun: true,
  };
}

test('when an endpoint is created, each resource that it names must be allowed', async () => {
  const arn = (type: string) => `arn:aws:ec2:us-east-1:${CUSTOMER}:${type}/*`;
  const all = ['vpc', 'vpc-endpoint', 'subnet'];
  for (const missing of ['none', ...all]) {
    const Resource = all.filter((type) => type !== missing).map(arn);
    const { lab, keys } = await customerLab({ Resource });
    const { name } = await offerService(lab);
    const create = new CreateVpcEndpointCommand(await endpointInput(lab, name));
    const expected = missing === 'none' ? 'DryRunOperation' : DENIED;
    expect(await outcome(lab.as(keys).ec2.send(create)), `without ${missing}`).toBe(expected);
  }
});

test('when the owner of the service is asked for, only that vendor will do', async () => {
  const onService = (owner: string): Partial<Statement> => ({
    Condition: { StringEqualsIfExists: { 'ec2:VpceServiceOwner': owner } },
  });
  for (const [owner, expected] of [
    [VENDOR, 'DryRunOperation'],
    ['999999999999', DENIED],
  ] as const) {
    const { lab, keys } = await customerLab(onService(owner));
    const { name } = await offerService(lab);
    const create = new CreateVpcEndpointCommand(await endpointInput(lab, name));
    expect(await outcome(lab.as(keys).ec2.send(create))).toBe(expected);
  }
});

test('when tags are given, ec2:CreateTags is needed, and conditions see the tags', async () => {
  const TagSpecifications = [
    { ResourceType: 'vpc-endpoint' as const, Tags: [{ Key: 'team', Value: 'a' }] },
  ];
  const tagging = (value: string): Partial<Statement> => ({
    Action: 'ec2:CreateTags',
    Condition: {
      StringEquals: { 'aws:RequestTag/team': value, 'ec2:CreateAction': 'CreateVpcEndpoint' },
      'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] },
    },
  });
  for (const [statements, expected] of [
    [[{}], DENIED],
    [[{}, tagging('a')], 'DryRunOperation'],
    [[{}, tagging('b')], DENIED],
  ] as const) {
    const { lab, keys } = await customerLab(...statements);
    const { name } = await offerService(lab);
    const input = { ...(await endpointInput(lab, name)), TagSpecifications };
    expect(await outcome(lab.as(keys).ec2.send(new CreateVpcEndpointCommand(input)))).toBe(
      expected,
    );
  }
});

test('when a policy looks at tags of a service, only the tagged one may be changed', async () => {
  const Condition = { StringEquals: { 'aws:ResourceTag/managed': 'yes' } };
  const lab = await startLab({ world: limitedVendor(allowing('ec2:*', { Condition })) });
  const { id } = await offerService(lab);
  const { ec2 } = lab.as(await keysOf(lab, VENDOR));
  const modify = () =>
    outcome(
      ec2.send(
        new ModifyVpcEndpointServicePermissionsCommand({
          ServiceId: id,
          AddAllowedPrincipals: ['arn:aws:iam::333333333333:root'],
        }),
      ),
    );
  expect(await modify()).toBe(DENIED);
  const Tags = [{ Key: 'managed', Value: 'yes' }];
  await lab.as(VENDOR).ec2.send(new CreateTagsCommand({ Resources: [id], Tags }));
  expect(await modify()).toBe('ok');
  // A list has no resource whose tags could be looked at.
  const list = ec2.send(new DescribeVpcEndpointServiceConfigurationsCommand({}));
  expect(await outcome(list)).toBe(DENIED);
});

test('when an attribute may be set, the others may not', async () => {
  const Condition = { 'ForAllValues:StringEquals': { 'ec2:Attribute': 'AcceptanceRequired' } };
  const lab = await startLab({ world: limitedVendor(allowing('ec2:Modify*', { Condition })) });
  const { id: ServiceId } = await offerService(lab);
  const { ec2 } = lab.as(await keysOf(lab, VENDOR));
  const modify = (change: { AcceptanceRequired?: boolean; PrivateDnsName?: string }) =>
    outcome(ec2.send(new ModifyVpcEndpointServiceConfigurationCommand({ ServiceId, ...change })));
  expect(await modify({ AcceptanceRequired: false })).toBe('ok');
  expect(await modify({ PrivateDnsName: 'api.vendor.example' })).toBe(DENIED);
  expect(await modify({ AcceptanceRequired: true, PrivateDnsName: 'a.b' })).toBe(DENIED);
});

test('when access goes across Regions, both sides need vpce:AllowMultiRegion', async () => {
  const provider = limitedVendor(allowing('ec2:*'));
  const lab = await startLab({ world: provider });
  const { ec2 } = lab.as(await keysOf(lab, VENDOR));
  const create = (SupportedRegions?: string[]) =>
    outcome(
      ec2.send(
        new CreateVpcEndpointServiceConfigurationCommand({
          NetworkLoadBalancerArns: [loadBalancerArn(lab)],
          SupportedRegions,
          DryRun: true,
        }),
      ),
    );
  expect(await create(['us-east-1'])).toBe('DryRunOperation');
  expect(await create(['us-east-1', 'eu-west-1'])).toBe(DENIED);

  const { lab: other, keys } = await customerLab({});
  const { name } = await offerService(other);
  const input = await endpointInput(other, name);
  const consume = (ServiceRegion: string) =>
    outcome(other.as(keys).ec2.send(new CreateVpcEndpointCommand({ ...input, ServiceRegion })));
  expect(await consume('us-east-1')).toBe('DryRunOperation');
  expect(await consume('eu-west-1')).toBe(DENIED);
});

test('when records are limited by name, type and action, others are refused whole', async () => {
  const all = 'route53:ChangeResourceRecordSets';
  const condition = {
    'ForAllValues:StringLike': { [`${all}NormalizedRecordNames`]: '_*.vendor.example' },
    'ForAllValues:StringEquals': {
      [`${all}RecordTypes`]: 'TXT',
      [`${all}Actions`]: ['UPSERT', 'CREATE'],
    },
  };
  const policies = [
    allowing('route53:ListHostedZonesByName'),
    allowing(all, { Condition: condition }),
  ];
  const lab = await startLab({ world: limitedVendor(...policies) });
  const { route53 } = lab.as(await keysOf(lab, VENDOR));
  const { HostedZones } = await route53.send(new ListHostedZonesByNameCommand({}));
  const change = (...sets: [Action: 'UPSERT' | 'DELETE', Name: string, Type: 'TXT' | 'A'][]) => {
    const input: ChangeResourceRecordSetsCommandInput = {
      HostedZoneId: HostedZones?.[0]?.Id,
      ChangeBatch: {
        Changes: sets.map(([Action, Name, Type]) => {
          const Value = Type === 'TXT' ? '"x"' : '192.0.2.1';
          const ResourceRecordSet = { Name, Type, TTL: 60, ResourceRecords: [{ Value }] };
          return { Action, ResourceRecordSet };
        }),
      },
    };
    return outcome(route53.send(new ChangeResourceRecordSetsCommand(input)));
  };
  expect(await change(['UPSERT', '_ABC.Vendor.example.', 'TXT'])).toBe('ok');
  expect(await change(['DELETE', '_abc.vendor.example', 'TXT'])).toBe('AccessDenied');
  expect(await change(['UPSERT', '_abc.vendor.example', 'A'])).toBe('AccessDenied');
  expect(
    await change(['UPSERT', '_b.vendor.example', 'TXT'], ['UPSERT', 'www.vendor.example', 'TXT']),
  ).toBe('AccessDenied');
});

test('when a consumer may only create and describe, it cannot change or delete', async () => {
  const policies = [allowing(['ec2:CreateVpcEndpoint', 'ec2:Describe*'])];
  const lab = await startLab({
    world: worldWith({ id: CUSTOMER, roles: [{ name: 'limited', policies }] }),
  });
  const { name } = await offerService(lab);
  const RoleArn = `arn:aws:iam::${CUSTOMER}:role/limited`;
  const { ec2 } = lab.as(await keysOf(lab, CUSTOMER, { RoleArn }));
  const { DryRun: _, ...input } = await endpointInput(lab, name);
  const { VpcEndpoint } = await ec2.send(new CreateVpcEndpointCommand(input));
  const id = VpcEndpoint?.VpcEndpointId ?? '';
  const modify = new ModifyVpcEndpointCommand({ VpcEndpointId: id, PrivateDnsEnabled: true });
  expect(await outcome(ec2.send(modify))).toBe(DENIED);
  const remove = new DeleteVpcEndpointsCommand({ VpcEndpointIds: [id] });
  expect(await outcome(ec2.send(remove))).toBe(DENIED);
  const { VpcEndpoints } = await ec2.send(new DescribeVpcEndpointsCommand({}));
  expect(VpcEndpoints?.map(({ State }) => State)).toEqual(['pendingAcceptance']);
});
