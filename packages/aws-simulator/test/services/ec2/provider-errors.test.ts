// Every error code that an owner of endpoint services can meet, as the SDK names it, and the knobs
// that say which one it is where AWS does not.

import {
  AcceptVpcEndpointConnectionsCommand,
  CreateTagsCommand,
  CreateVpcEndpointServiceConfigurationCommand as Create,
  DeleteTagsCommand,
  DeleteVpcEndpointServiceConfigurationsCommand,
  DescribeVpcEndpointConnectionsCommand,
  DescribeVpcEndpointServiceConfigurationsCommand as Describe,
  DescribeVpcEndpointServicePermissionsCommand,
  type EC2Client,
  ModifyVpcEndpointServiceConfigurationCommand as Modify,
  ModifyVpcEndpointServicePayerResponsibilityCommand as ModifyPayer,
  ModifyVpcEndpointServicePermissionsCommand as Permit,
  RejectVpcEndpointConnectionsCommand,
  StartVpcEndpointServicePrivateDnsVerificationCommand as Start,
} from '@aws-sdk/client-ec2';
import { expect, test } from 'vitest';
import type { Knobs } from '../../../src/index.ts';
import { CUSTOMER, failure, type Lab, startLab, VENDOR } from '../../lab.ts';
import { connect, loadBalancerArn, offerService } from '../../scenes.ts';

type Send = (ec2: EC2Client) => Promise<unknown>;

const absent = 'vpce-svc-0123456789abcdef0';

async function codesOf(lab: Lab, calls: readonly (readonly [string, Send])[]) {
  const { ec2 } = lab.as(VENDOR);
  const found: [string, string][] = [];
  for (const [code, send] of calls) found.push([code, (await failure(send(ec2))).code]);
  return found;
}

function expectSame(pairs: readonly (readonly [string, string])[]): void {
  expect(pairs.map(([, found]) => found)).toEqual(pairs.map(([wanted]) => wanted));
}

test('when a service does not exist or its id is no id, each operation says so', async () => {
  const lab = await startLab();
  for (const [id, code] of [
    [absent, 'InvalidVpcEndpointServiceId.NotFound'],
    ['vpce-svc-1', 'InvalidVpcEndpointServiceId.Malformed'],
  ] as const) {
    const one = { ServiceId: id };
    const decide = { ...one, VpcEndpointIds: ['vpce-0123456789abcdef0'] };
    const calls: Send[] = [
      (ec2) => ec2.send(new Describe({ ServiceIds: [id] })),
      (ec2) => ec2.send(new Modify(one)),
      (ec2) => ec2.send(new ModifyPayer({ ...one, PayerResponsibility: 'ServiceOwner' })),
      (ec2) => ec2.send(new Permit({ ...one, AddAllowedPrincipals: ['*'] })),
      (ec2) => ec2.send(new DescribeVpcEndpointServicePermissionsCommand(one)),
      (ec2) => ec2.send(new Start(one)),
      (ec2) => ec2.send(new AcceptVpcEndpointConnectionsCommand(decide)),
      (ec2) => ec2.send(new RejectVpcEndpointConnectionsCommand(decide)),
    ];
    expectSame(
      await codesOf(
        lab,
        calls.map((send) => [code, send]),
      ),
    );
  }
});

test('when a request is wrong, the code is the documented one', async () => {
  const lab = await startLab();
  const { id: ServiceId } = await offerService(lab);
  const arn = loadBalancerArn(lab, 'api-2');
  const NetworkLoadBalancerArns = [arn];
  const gateway = [arn.replace('/net/', '/gwy/')];
  const filters = (Name: string) => ({ Filters: [{ Name, Values: ['x'] }] });
  const calls: [string, Send][] = [
    ['MissingParameter', (ec2) => ec2.send(new Modify({} as never))],
    ['InvalidParameter', (ec2) => ec2.send(new Create({}))],
    [
      'InvalidParameterCombination',
      (ec2) => ec2.send(new Create({ NetworkLoadBalancerArns, GatewayLoadBalancerArns: gateway })),
    ],
    [
      'InvalidNetworkLoadBalancerArn.Malformed',
      (ec2) => ec2.send(new Create({ NetworkLoadBalancerArns: gateway })),
    ],
    [
      'InvalidNetworkLoadBalancerArn.NotFound',
      (ec2) => ec2.send(new Create({ NetworkLoadBalancerArns: [`${arn.slice(0, -4)}ffff`] })),
    ],
    [
      'InvalidGatewayLoadBalancerArn.NotFound',
      (ec2) => ec2.send(new Create({ GatewayLoadBalancerArns: gateway })),
    ],
    [
      'InvalidGatewayLoadBalancerArn.Malformed',
      (ec2) => ec2.send(new Create({ GatewayLoadBalancerArns: NetworkLoadBalancerArns })),
    ],
    [
      'InvalidClientToken',
      (ec2) => ec2.send(new Create({ NetworkLoadBalancerArns, ClientToken: 'é' })),
    ],
    ['InvalidFilter', (ec2) => ec2.send(new Describe(filters('colour')))],
    [
      'InvalidFilter',
      (ec2) => ec2.send(new DescribeVpcEndpointConnectionsCommand(filters('tag:a'))),
    ],
    ['InvalidParameterValue', (ec2) => ec2.send(new Describe({ MaxResults: 4 }))],
    ['InvalidNextToken', (ec2) => ec2.send(new Describe({ NextToken: 'one' }))],
    [
      'UnknownPrincipalType.Unsupported',
      (ec2) => ec2.send(new Permit({ ServiceId, AddAllowedPrincipals: ['ec2.amazonaws.com'] })),
    ],
    [
      'InvalidID',
      (ec2) => ec2.send(new CreateTagsCommand({ Resources: [absent], Tags: [{ Key: 'a' }] })),
    ],
    [
      'InvalidParameterValue',
      (ec2) =>
        ec2.send(new DeleteTagsCommand({ Resources: [ServiceId], Tags: [{ Key: 'aws:a' }] })),
    ],
    [
      'InvalidParameterValue',
      (ec2) =>
        ec2.send(
          new CreateTagsCommand({ Resources: [ServiceId], Tags: [{ Key: 'a' }, { Key: 'a' }] }),
        ),
    ],
    [
      'TagLimitExceeded',
      (ec2) => {
        const Tags = Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}` }));
        return ec2.send(new CreateTagsCommand({ Resources: [ServiceId], Tags }));
      },
    ],
    ['DryRunOperation', (ec2) => ec2.send(new Describe({ DryRun: true }))],
  ];
  expectSame(await codesOf(lab, calls));
});

test('when items of a batch cannot be done, each has the code of its own', async () => {
  const lab = await startLab();
  const service = await offerService(lab);
  const { VpcEndpointId: live = '' } = await connect(lab, service);
  const { ec2 } = lab.as(VENDOR);
  const remove = new DeleteVpcEndpointServiceConfigurationsCommand({
    ServiceIds: [absent, service.id, absent],
  });
  const removed = (await ec2.send(remove)).Unsuccessful;
  expect(removed?.map(({ ResourceId, Error: error }) => [ResourceId, error?.Code])).toEqual([
    [absent, 'InvalidVpcEndpointService.NotFound'],
    [service.id, 'ExistingVpcEndpointConnections'],
  ]);
  const decide = new AcceptVpcEndpointConnectionsCommand({
    ServiceId: service.id,
    VpcEndpointIds: ['vpce-1', 'vpce-0123456789abcdef0', live],
  });
  const decided = (await ec2.send(decide)).Unsuccessful;
  expect(decided?.map(({ ResourceId, Error: error }) => [ResourceId, error?.Code])).toEqual([
    ['vpce-1', 'InvalidVpcEndpointId.Malformed'],
    ['vpce-0123456789abcdef0', 'InvalidVpcEndpointId.NotFound'],
  ]);
  expect(lab.simulator.world.endpoints.get(live)?.state).toBe('pending');
});

test('when AWS does not say what happens, a knob does', async () => {
  const cases: [Partial<Knobs>, (id: string) => Send, string][] = [
    [
      { badTagKeyCode: 'InvalidTagKey.Malformed' },
      (id) => (ec2) =>
        ec2.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: 'aws:a' }] })),
      'InvalidTagKey.Malformed',
    ],
    [
      { smallMaxResultsCode: 'InvalidMaxResults' },
      () => (ec2) => ec2.send(new Describe({ MaxResults: 1 })),
      'InvalidMaxResults',
    ],
    [
      { connectionsByEndpointId: 'refused' },
      () => (ec2) =>
        ec2.send(
          new DescribeVpcEndpointConnectionsCommand({
            Filters: [{ Name: 'vpc-endpoint-id', Values: ['x'] }],
          }),
        ),
      'InvalidFilter',
    ],
    [
      { wrongStateCode: 'IncorrectState' },
      (id) => async (ec2) => {
        await ec2.send(new DeleteVpcEndpointServiceConfigurationsCommand({ ServiceIds: [id] }));
        return ec2.send(new Modify({ ServiceId: id }));
      },
      'IncorrectState',
    ],
  ];
  for (const [knobs, call, code] of cases) {
    const lab = await startLab({ knobs });
    const { id } = await offerService(lab);
    expectSame(await codesOf(lab, [[code, call(id)]]));
  }
});

test('when service and organisation principals are stored, they have their types', async () => {
  const lab = await startLab({ knobs: { otherPrincipals: 'stored' } });
  const { id: ServiceId } = await offerService(lab, {}, []);
  const unit = `arn:aws:organizations::${CUSTOMER}:ou/o-example/ou-1`;
  const { ec2 } = lab.as(VENDOR);
  await ec2.send(new Permit({ ServiceId, AddAllowedPrincipals: ['ec2.amazonaws.com', unit] }));
  const { AllowedPrincipals } = await ec2.send(
    new DescribeVpcEndpointServicePermissionsCommand({ ServiceId }),
  );
  expect(
    AllowedPrincipals?.map(({ Principal, PrincipalType }) => [Principal, PrincipalType]),
  ).toEqual([
    ['ec2.amazonaws.com', 'Service'],
    [unit, 'OrganizationUnit'],
  ]);
});
