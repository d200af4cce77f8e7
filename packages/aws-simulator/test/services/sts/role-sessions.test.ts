// What a session of a role is: bounded by session policies and its role's maximum, tagged, chained,
// and over after its time.

import { DescribeSubnetsCommand, DescribeVpcsCommand } from '@aws-sdk/client-ec2';
import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  GetCallerIdentityCommand,
} from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import type { RoleSpec } from '../../../src/index.ts';
import { CUSTOMER, failure, type Keys, type Lab, startLab, VENDOR } from '../../lab.ts';
import { allowing, keysOf, worldWith } from '../../roles.ts';

const arn = (name: string) => `arn:aws:iam::${VENDOR}:role/${name}`;
const trusting = (AWS: string | string[], Action: string | string[]): RoleSpec['trustPolicy'] => ({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action, Principal: { AWS } },
});
const chained = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'];
const open = trusting(VENDOR, chained);

function assume(lab: Lab, who: string | Keys, input: Partial<AssumeRoleCommandInput>) {
  const asked = { RoleArn: arn('limited'), RoleSessionName: 'tester', ...input };
  return lab.as(who).sts.send(new AssumeRoleCommand(asked));
}

const start = (...roles: RoleSpec[]) => startLab({ world: worldWith({ id: VENDOR, roles }) });
const vpcs = (lab: Lab, keys: Keys) => lab.as(keys).ec2.send(new DescribeVpcsCommand({}));
const subnets = (lab: Lab, keys: Keys) => lab.as(keys).ec2.send(new DescribeSubnetsCommand({}));

test('when session policies are given, the session may do what both allow', async () => {
  const lab = await start({ name: 'limited', policies: [allowing('ec2:DescribeVpcs')] });
  const Policy = JSON.stringify(allowing('ec2:Describe*'));
  const keys = await keysOf(lab, VENDOR, { Policy });
  await vpcs(lab, keys);
  const { message } = await failure(subnets(lab, keys));
  expect(message).toContain('because no identity-based policy allows');
  const narrow = await keysOf(lab, VENDOR, {
    Policy: JSON.stringify(allowing('ec2:DescribeSubnets')),
  });
  expect((await failure(vpcs(lab, narrow))).message).toContain('no session policy allows');
});

test('when a managed policy of the account is named, it bounds the session too', async () => {
  const lab = await startLab({
    world: worldWith({
      id: VENDOR,
      roles: [{ name: 'limited' }],
      managedPolicies: [{ name: 'look', document: allowing('ec2:DescribeVpcs') }],
    }),
  });
  const PolicyArns = [{ arn: `arn:aws:iam::${VENDOR}:policy/look` }];
  const keys = await keysOf(lab, VENDOR, { PolicyArns });
  await vpcs(lab, keys);
  expect((await failure(subnets(lab, keys))).code).toBe('UnauthorizedOperation');
  const absent = { PolicyArns: [{ arn: `arn:aws:iam::${VENDOR}:policy/none` }] };
  expect((await failure(assume(lab, VENDOR, absent))).code).toBe(
    'MalformedPolicyDocumentException',
  );
  const aws = { PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }] };
  const refused = await failure(assume(lab, VENDOR, aws));
  expect(refused.message).toContain('does not simulate');
});

test('when policies are wrong or too large, the code says so', async () => {
  const lab = await startLab({
    world: worldWith({ id: VENDOR, roles: [{ name: 'limited', trustPolicy: open }] }),
    quotas: { packedSessionBytes: 200 },
  });
  const code = async (input: Partial<AssumeRoleCommandInput>) =>
    (await failure(assume(lab, VENDOR, input))).code;
  expect(await code({ Policy: '{' })).toBe('MalformedPolicyDocumentException');
  const principal = allowing('*', { Principal: '*' });
  expect(await code({ Policy: JSON.stringify(principal) })).toBe(
    'MalformedPolicyDocumentException',
  );
  expect(await code({ Policy: ' '.repeat(2049) })).toBe('ValidationError');
  const Resource = [`arn:aws:ec2:*:*:${'x'.repeat(200)}`];
  expect(await code({ Policy: JSON.stringify(allowing('*', { Resource })) })).toBe(
    'PackedPolicyTooLargeException',
  );
  const Policy = JSON.stringify(allowing('*'), null, 2);
  const percent = Math.ceil(JSON.stringify(allowing('*')).length / 2);
  expect(await assume(lab, VENDOR, { Policy })).toMatchObject({ PackedPolicySize: percent });
  expect(await assume(lab, VENDOR, {})).not.toHaveProperty('PackedPolicySize');
});

test('when a token must have a size, it has it, and how full it is, is told', async () => {
  const lab = await start({ name: 'limited' });
  const plain = await assume(lab, VENDOR, {});
  expect(plain.SessionTokenSize).toBe(plain.Credentials?.SessionToken?.length);
  const large = await assume(lab, VENDOR, { MinimumSessionTokenSize: 4096 });
  expect(large.Credentials?.SessionToken).toHaveLength(4096);
  expect(large).toMatchObject({ SessionTokenSize: 4096, SessionTokenUtilization: 100 });
  const more = assume(lab, VENDOR, { MinimumSessionTokenSize: 4097 });
  expect((await failure(more)).code).toBe('ValidationError');
});

test('when a session is longer than its role allows, it is refused', async () => {
  const lab = await start({ name: 'limited' }, { name: 'long', maxSessionDuration: 7200 });
  const long = { DurationSeconds: 7200 };
  expect((await failure(assume(lab, VENDOR, long))).message).toContain('MaxSessionDuration');
  const { Credentials } = await assume(lab, VENDOR, { ...long, RoleArn: arn('long') });
  expect(Credentials?.Expiration).toEqual(new Date(lab.now().getTime() + 7_200_000));
});

test('when the role’s account does not have the Region, it is told so', async () => {
  const roles = [{ name: 'limited', trustPolicy: trusting([VENDOR, CUSTOMER], 'sts:*') }];
  const attempt = async (optInRegions: string[]) => {
    const lab = await startLab({ world: worldWith({ id: VENDOR, roles, optInRegions }) });
    const asked = { RoleArn: arn('limited'), RoleSessionName: 'tester' };
    const { sts } = lab.as(CUSTOMER, 'eu-south-1');
    return sts.send(new AssumeRoleCommand(asked)).then(
      () => 'assumed',
      (error: unknown) => (error as Error).name,
    );
  };
  expect(await attempt([])).toBe('RegionDisabledException');
  expect(await attempt(['eu-south-1'])).toBe('assumed');
});

test('when a session is over, each service says so in its own words', async () => {
  const lab = await start({ name: 'limited' });
  const keys = await keysOf(lab, VENDOR, { DurationSeconds: 900 });
  lab.advance(899_000);
  await vpcs(lab, keys);
  lab.advance(2000);
  expect((await failure(vpcs(lab, keys))).code).toBe('RequestExpired');
  const who = lab.as(keys).sts.send(new GetCallerIdentityCommand({}));
  expect((await failure(who)).code).toBe('ExpiredToken');
});

test('when an identity policy is missing, trusting the account is not enough', async () => {
  const user = { name: 'u', accessKeyId: 'AKIAUUUUUUUUUUUUUUUU', secret: 's' };
  const keys = { accessKeyId: user.accessKeyId, secretAccessKey: 's' };
  const userArn = `arn:aws:iam::${VENDOR}:user/u`;
  const attempt = async (policies: RoleSpec['policies'], trusted: string) => {
    const role = { name: 'limited', trustPolicy: trusting(trusted, 'sts:AssumeRole') };
    const users = [{ ...user, policies }];
    const lab = await startLab({ world: worldWith({ id: VENDOR, users, roles: [role] }) });
    return assume(lab, keys, {}).then(
      () => 'assumed',
      (error: unknown) => (error as Error).message,
    );
  };
  const denied = `User: ${userArn} is not authorized to perform: sts:AssumeRole on resource: `;
  const reason = ' because no identity-based policy allows the sts:AssumeRole action';
  expect(await attempt([], VENDOR)).toBe(`${denied}${arn('limited')}${reason}`);
  expect(await attempt([allowing('sts:AssumeRole')], VENDOR)).toBe('assumed');
  expect(await attempt([], userArn)).toBe('assumed');
  const otherRole = allowing('sts:AssumeRole', { Resource: arn('other') });
  expect(await attempt([otherRole], VENDOR)).toContain(denied);
  // Whom a role trusts is not told.
  expect(await attempt([allowing('*')], CUSTOMER)).toBe(`${denied}${arn('limited')}`);
});

test('when accounts differ, both the identity policy and the trust policy are needed', async () => {
  const role = {
    name: 'limited',
    trustPolicy: trusting(`arn:aws:iam::${CUSTOMER}:role/network`, 'sts:*'),
  };
  const attempt = async (policies: RoleSpec['policies']) => {
    const lab = await startLab({
      world: worldWith(
        { id: VENDOR, roles: [role] },
        { id: CUSTOMER, roles: [{ name: 'network', policies }] },
      ),
    });
    const network = `arn:aws:iam::${CUSTOMER}:role/network`;
    const keys = await keysOf(lab, CUSTOMER, { RoleArn: network });
    return assume(lab, keys, {}).then(
      () => 'assumed',
      (error: unknown) => (error as Error).name,
    );
  };
  expect(await attempt([allowing('sts:AssumeRole')])).toBe('assumed');
  expect(await attempt([])).toBe('AccessDenied');
});

test('when root may not assume roles, it is told so', async () => {
  const lab = await startLab({ knobs: { rootAssumesRoles: false } });
  const RoleArn = arn('sallyport');
  expect((await failure(assume(lab, VENDOR, { RoleArn }))).message).toBe(
    'Roles may not be assumed by root accounts.',
  );
});

test('when a session is tagged, policies see the tags, and transitive ones go on', async () => {
  const Condition = { StringEquals: { 'aws:PrincipalTag/team': 'a' } };
  const policies = [allowing('ec2:DescribeVpcs', { Condition }), allowing('sts:*')];
  const role = { name: 'limited', trustPolicy: open, policies, tags: { team: 'role', own: 'x' } };
  const lab = await start(role, { ...role, name: 'next', tags: {} });
  const tag = (Value: string) => ({ Tags: [{ Key: 'Team', Value }] });
  await vpcs(lab, await keysOf(lab, VENDOR, tag('a')));
  expect((await failure(vpcs(lab, await keysOf(lab, VENDOR, tag('b'))))).code).toBe(
    'UnauthorizedOperation',
  );
  expect((await failure(vpcs(lab, await keysOf(lab, VENDOR)))).code).toBe('UnauthorizedOperation');

  const next = { RoleArn: arn('next') };
  const first = await keysOf(lab, VENDOR, { ...tag('a'), TransitiveTagKeys: ['team'] });
  await vpcs(lab, await keysOf(lab, first, next));
  const conflict = await failure(assume(lab, first, { ...next, ...tag('b') }));
  expect(conflict.code).toBe('InvalidParameterValue');
  expect(conflict.message).toContain('conflicts with a transitive tag key');
  const forgetting = await keysOf(lab, VENDOR, tag('a'));
  const lost = vpcs(lab, await keysOf(lab, forgetting, next));
  expect((await failure(lost)).code).toBe('UnauthorizedOperation');
});

test('when tags or a source identity are given, the trust policy must allow them too', async () => {
  const bare = { name: 'limited', trustPolicy: trusting(VENDOR, 'sts:AssumeRole') };
  const lab = await start(bare, { name: 'open', trustPolicy: open });
  const Tags = [{ Key: 'team', Value: 'a' }];
  const tagged = await failure(assume(lab, VENDOR, { Tags }));
  expect(tagged.message).toContain('is not authorized to perform: sts:TagSession on resource');
  const sourced = await failure(assume(lab, VENDOR, { SourceIdentity: 'alice' }));
  expect(sourced.message).toContain('sts:SetSourceIdentity');

  const first = { RoleArn: arn('open'), SourceIdentity: 'alice' };
  expect(await assume(lab, VENDOR, first)).toMatchObject({ SourceIdentity: 'alice' });
  const keys = await keysOf(lab, VENDOR, first);
  expect(await assume(lab, keys, { RoleArn: arn('open') })).toMatchObject({
    SourceIdentity: 'alice',
  });
  expect((await failure(assume(lab, keys, { RoleArn: arn('limited') }))).code).toBe('AccessDenied');
  const changed = await failure(assume(lab, keys, { ...first, SourceIdentity: 'bob' }));
  expect(changed).toEqual({
    code: 'ValidationError',
    message: 'The source identity is already set for this assume role session',
  });
});

test('when a device or a trusted context is given, it is refused by name', async () => {
  const lab = await start({ name: 'limited' });
  const cases: [Partial<AssumeRoleCommandInput>, string][] = [
    [{ SerialNumber: `arn:aws:iam::${VENDOR}:mfa/u` }, 'SerialNumber'],
    [{ TokenCode: '123456' }, 'TokenCode'],
    [
      { ProvidedContexts: [{ ProviderArn: 'arn:aws:iam::aws:contextProvider/x' }] },
      'ProvidedContexts',
    ],
  ];
  for (const [input, name] of cases) {
    const refused = await failure(assume(lab, VENDOR, input));
    expect(refused.code).toBe('UnsupportedOperation');
    expect(refused.message).toContain(name);
  }
});
