// How a denial looks, where it comes in the order of refusals, and which policies cause it.

import {
  DeleteVpcEndpointServiceConfigurationsCommand,
  DescribeVpcEndpointServiceConfigurationsCommand,
  DescribeVpcsCommand,
} from '@aws-sdk/client-ec2';
import { ListHostedZonesCommand } from '@aws-sdk/client-route-53';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import type { AccountSpec } from '../../../src/index.ts';
import { failure, type Lab, startLab, VENDOR } from '../../lab.ts';
import { formRequest, element, send, signed } from '../../raw.ts';
import { allowing, asLimited, keysOf, limitedVendor, worldWith } from '../../roles.ts';
import { offerService } from '../../scenes.ts';

const SESSION = `arn:aws:sts::${VENDOR}:assumed-role/limited/tester`;
const denyAll = {
  Version: '2012-10-17' as const,
  Statement: { Effect: 'Deny' as const, Action: '*', Resource: '*' },
};

const vpcs = (lab: Lab, who: Parameters<Lab['as']>[0]) =>
  failure(lab.as(who).ec2.send(new DescribeVpcsCommand({})));

test('when EC2 denies, it is UnauthorizedOperation with status 403 and the reason', async () => {
  const lab = await startLab({ world: limitedVendor(allowing('sts:*')) });
  const keys = await keysOf(lab, VENDOR);
  const { code, message } = await vpcs(lab, keys);
  expect(code).toBe('UnauthorizedOperation');
  expect(message).toBe(
    `You are not authorized to perform this operation. User: ${SESSION} is not authorized to ` +
      'perform: ec2:DescribeVpcs on resource: * because no identity-based policy allows the ' +
      'ec2:DescribeVpcs action',
  );
  const form = formRequest({ Action: 'DescribeVpcs', Version: '2016-11-15' });
  const answer = await send(lab.endpoint, signed(form, { keys, service: 'ec2', time: lab.now() }));
  expect(answer.status).toBe(403);
  expect(element(answer.body, 'Code')).toBe('UnauthorizedOperation');
});

test('when another service denies, it is AccessDenied with status 403', async () => {
  const lab = await startLab({ world: limitedVendor() });
  const { route53 } = await asLimited(lab);
  await expect(route53.send(new ListHostedZonesCommand({}))).rejects.toMatchObject({
    name: 'AccessDenied',
    $metadata: { httpStatusCode: 403 },
    message:
      `User: ${SESSION} is not authorized to perform: route53:ListHostedZones on resource: * ` +
      'because no identity-based policy allows the route53:ListHostedZones action',
  });
});

test('when a call names several resources, one not allowed denies it as a whole', async () => {
  const lab = await startLab({ world: limitedVendor(allowing('ec2:Describe*')) });
  const { id } = await offerService(lab);
  const policy = allowing('ec2:DeleteVpcEndpointServiceConfigurations', {
    Resource: `arn:aws:ec2:us-east-1:${VENDOR}:vpc-endpoint-service/${id}`,
  });
  const { ec2 } = await asLimited(lab);
  const both = [id, 'vpce-svc-00000000000000000'];
  const remove = new DeleteVpcEndpointServiceConfigurationsCommand({ ServiceIds: both });
  expect((await failure(ec2.send(remove))).code).toBe('UnauthorizedOperation');
  // The session's own policy narrows an administrator to one of the two.
  const admin = await startLab({ world: limitedVendor(allowing('*')) });
  const narrowed = await asLimited(admin, { Policy: JSON.stringify(policy) });
  const denied = await failure(narrowed.ec2.send(remove));
  expect(denied.code).toBe('UnauthorizedOperation');
  expect(denied.message).toContain('because no session policy allows');
  const { ServiceConfigurations } = await lab
    .as(VENDOR)
    .ec2.send(new DescribeVpcEndpointServiceConfigurationsCommand({}));
  expect(ServiceConfigurations?.map(({ ServiceId }) => ServiceId)).toEqual([id]);
});

test('when the permission is missing, nobody learns whether the resource exists', async () => {
  const lab = await startLab({ world: limitedVendor() });
  const { id } = await offerService(lab);
  const { ec2 } = await asLimited(lab);
  const codes = [id, 'vpce-svc-00000000000000000'].map(async (ServiceId) => {
    const input = { ServiceIds: [ServiceId] };
    const remove = new DeleteVpcEndpointServiceConfigurationsCommand(input);
    return (await failure(ec2.send(remove))).code;
  });
  expect(new Set(await Promise.all(codes))).toEqual(new Set(['UnauthorizedOperation']));
});

test('when a dry run lacks the permission, it says so, or else that it would work', async () => {
  const dry = new DescribeVpcsCommand({ DryRun: true });
  const may = await startLab({ world: limitedVendor(allowing('ec2:DescribeVpcs')) });
  expect((await failure((await asLimited(may)).ec2.send(dry))).code).toBe('DryRunOperation');
  const mayNot = await startLab({ world: limitedVendor(allowing('ec2:DescribeSubnets')) });
  const denied = await failure((await asLimited(mayNot)).ec2.send(dry));
  expect(denied.code).toBe('UnauthorizedOperation');
});

test('when calls are throttled, that comes before the permission', async () => {
  const lab = await startLab({
    world: limitedVendor(),
    throttling: { throttling: 'aws', limits: { 'ec2:DescribeVpcs': { bucket: 1, refill: 0.1 } } },
  });
  const keys = await keysOf(lab, VENDOR);
  const codes = [await vpcs(lab, keys), await vpcs(lab, keys)].map(({ code }) => code);
  expect(codes).toEqual(['UnauthorizedOperation', 'RequestLimitExceeded']);
});

test('when everything is denied, GetCallerIdentity still answers', async () => {
  const lab = await startLab({
    world: worldWith({
      id: VENDOR,
      serviceControlPolicies: [denyAll],
      roles: [{ name: 'limited', policies: [denyAll], permissionsBoundary: denyAll }],
    }),
  });
  const identity = await lab.as(VENDOR).sts.send(new GetCallerIdentityCommand({}));
  expect(identity.Arn).toBe(`arn:aws:iam::${VENDOR}:root`);
});

const user = (more: object): AccountSpec['users'] => [
  { name: 'u', accessKeyId: 'AKIAUUUUUUUUUUUUUUUU', secret: 's', ...more },
];
const userKeys = { accessKeyId: 'AKIAUUUUUUUUUUUUUUUU', secretAccessKey: 's' };

test.each<[string, Partial<AccountSpec>, string]>([
  ['no policies at all', { users: user({ policies: [] }) }, 'no identity-based policy'],
  [
    'an explicit deny',
    { users: user({ policies: [allowing('*'), denyAll] }) },
    'explicit deny in an identity-based policy',
  ],
  [
    'a boundary that does not reach',
    { users: user({ permissionsBoundary: allowing('sts:*') }) },
    'no permissions boundary allows',
  ],
  [
    'a boundary that denies',
    { users: user({ policies: [allowing('*')], permissionsBoundary: denyAll }) },
    'explicit deny in a permissions boundary',
  ],
  [
    'a service control policy that does not reach',
    { users: user({}), serviceControlPolicies: [allowing('sts:*')] },
    'no service control policy allows',
  ],
  [
    'a service control policy that denies',
    { users: user({}), serviceControlPolicies: [allowing('*'), denyAll] },
    'explicit deny in a service control policy',
  ],
])('when a user has %s, it is denied and told why', async (_, change, reason) => {
  const lab = await startLab({ world: worldWith({ id: VENDOR, ...change }) });
  const { code, message } = await vpcs(lab, userKeys);
  expect(code).toBe('UnauthorizedOperation');
  expect(message).toContain(`User: arn:aws:iam::${VENDOR}:user/u is not authorized`);
  expect(message).toContain(reason);
});

test('when nothing limits a user, or policy and boundary both reach, it may', async () => {
  for (const more of [
    {},
    { policies: [allowing('ec2:*')] },
    { policies: [allowing('*')], permissionsBoundary: allowing('ec2:Describe*') },
  ]) {
    const lab = await startLab({ world: worldWith({ id: VENDOR, users: user(more) }) });
    await lab.as(userKeys).ec2.send(new DescribeVpcsCommand({}));
  }
});

test('when a service control policy denies, root is denied too', async () => {
  const policies = [
    allowing('*'),
    { ...denyAll, Statement: { ...denyAll.Statement, Action: 'ec2:*' } },
  ];
  const lab = await startLab({
    world: worldWith({ id: VENDOR, serviceControlPolicies: policies }),
  });
  const { message } = await vpcs(lab, VENDOR);
  expect(message).toContain('with an explicit deny in a service control policy');
  await lab.as(VENDOR).route53.send(new ListHostedZonesCommand({}));
});

test('when a policy of the world cannot be evaluated, the world does not begin', async () => {
  const Condition = { StringEquals: { 'aws:UserAgent': 'x' } };
  const world = limitedVendor(allowing('ec2:*', { Condition }));
  await expect(startLab({ world })).rejects.toThrow(
    'policies[0] of the role limited of 111111111111: Statement[0].Condition.StringEquals: the ' +
      "condition key 'aws:UserAgent' is not simulated",
  );
});
