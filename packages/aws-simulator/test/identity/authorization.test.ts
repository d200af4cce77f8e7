// How the policies of an identity, its session, its account and a resource come together: IAM's
// policy evaluation logic, one row for each way through it.

import { expect, test } from 'vitest';
import { denialOf, type Permits, type ResourcePolicy } from '../../src/identity/authorization.ts';
import { requestContext } from '../../src/identity/policies/context.ts';
import { parsePolicy, type Policy } from '../../src/identity/policies/policy.ts';

const OWN = '111111111111';
const OTHER = '222222222222';
const ROLE = `arn:aws:iam::${OWN}:role/path/worker`;
const SESSION = `arn:aws:sts::${OWN}:assumed-role/worker/one`;
const QUEUE = `arn:aws:sqs:us-east-1:${OWN}:q`;

const identity = (Effect: 'Allow' | 'Deny', Action = 'sqs:*'): Policy =>
  parsePolicy({ Statement: { Effect, Action, Resource: '*' } }, 'identity');
const allow = identity('Allow');
const other = identity('Allow', 'sns:*');
const deny = identity('Deny');

const resource = (principal: unknown, Effect = 'Allow', excluded = false): Policy => {
  const named = excluded ? { NotPrincipal: principal } : { Principal: principal };
  const Statement = { Effect, Action: 'sqs:*', Resource: '*', ...named };
  return parsePolicy({ Statement }, 'resource');
};

const permits = (more: Partial<Permits> = {}): Permits => ({
  account: OWN,
  identity: [],
  boundary: undefined,
  session: undefined,
  serviceControl: undefined,
  ...more,
});

function reason(given: Permits, policy?: Policy, at: Partial<ResourcePolicy> = {}): string {
  const requester = { account: OWN, arn: SESSION, identityArn: ROLE };
  const request = {
    action: 'sqs:SendMessage',
    resource: QUEUE,
    context: requestContext({}),
    requester,
  };
  const denial = denialOf(given, request, { account: OWN, policy, ...at });
  return denial === undefined ? 'allowed' : denial.reason;
}

const no = (kind: string) => `because no ${kind} allows the sqs:SendMessage action`;
const explicit = (kind: string) => `with an explicit deny in ${kind}`;

test.each<[string, Permits, Policy | undefined, string]>([
  ['an administrator', permits({ identity: undefined }), undefined, 'allowed'],
  ['nothing', permits(), undefined, no('identity-based policy')],
  ['an identity policy', permits({ identity: [allow] }), undefined, 'allowed'],
  [
    'an identity policy that denies',
    permits({ identity: [allow, deny] }),
    undefined,
    explicit('an identity-based policy'),
  ],
  [
    'a boundary without a policy',
    permits({ boundary: allow }),
    undefined,
    no('identity-based policy'),
  ],
  [
    'a boundary that is too small',
    permits({ identity: [allow], boundary: other }),
    undefined,
    no('permissions boundary'),
  ],
  [
    'a session policy that is too small',
    permits({ identity: [allow], session: [other] }),
    undefined,
    no('session policy'),
  ],
  [
    'a service control policy that is too small',
    permits({ identity: undefined, serviceControl: [other] }),
    undefined,
    no('service control policy'),
  ],
  [
    'several, of which one denies',
    permits({ identity: [allow], serviceControl: [allow, deny] }),
    undefined,
    explicit('a service control policy'),
  ],
  ['a queue that lets the role in', permits(), resource({ AWS: ROLE }), 'allowed'],
  ['a queue that lets the session in', permits(), resource({ AWS: SESSION }), 'allowed'],
  ['a queue that lets everybody in', permits(), resource('*'), 'allowed'],
  [
    'a queue that lets the account in',
    permits(),
    resource({ AWS: OWN }),
    no('identity-based policy'),
  ],
  [
    'that, and an identity policy',
    permits({ identity: [allow] }),
    resource({ AWS: OWN }),
    'allowed',
  ],
  [
    'a queue that lets another account in',
    permits(),
    resource({ AWS: OTHER }),
    no('identity-based policy'),
  ],
  [
    'a queue that denies an administrator',
    permits({ identity: undefined }),
    resource({ AWS: OWN }, 'Deny'),
    explicit('a resource-based policy'),
  ],
  [
    'a queue that denies somebody else',
    permits({ identity: undefined }),
    resource({ AWS: OTHER }, 'Deny'),
    'allowed',
  ],
  [
    'a queue that denies all but somebody else',
    permits({ identity: undefined }),
    resource({ AWS: OTHER }, 'Deny', true),
    explicit('a resource-based policy'),
  ],
  [
    'a queue that denies all but the session',
    permits({ identity: undefined }),
    resource({ AWS: [OWN, ROLE, SESSION] }, 'Deny', true),
    'allowed',
  ],
  [
    'a queue that lets the role in, and a boundary',
    permits({ boundary: other }),
    resource({ AWS: ROLE }),
    no('permissions boundary'),
  ],
  [
    'a queue that lets the role in, and a session policy',
    permits({ session: [other] }),
    resource({ AWS: ROLE }),
    no('session policy'),
  ],
  [
    'a queue that lets the session in, whatever bounds it',
    permits({ boundary: other, session: [other] }),
    resource({ AWS: SESSION }),
    'allowed',
  ],
  [
    'a queue that lets the role in, and a control policy',
    permits({ serviceControl: [other] }),
    resource({ AWS: ROLE }),
    no('service control policy'),
  ],
])('within an account, when there is %s', (_, given, policy, expected) => {
  expect(reason(given, policy)).toBe(expected);
});

test.each<[string, Permits, Policy | undefined, string]>([
  [
    'only an identity policy',
    permits({ identity: [allow] }),
    undefined,
    no('resource-based policy'),
  ],
  ['only a queue that lets it in', permits(), resource({ AWS: ROLE }), no('identity-based policy')],
  ['both', permits({ identity: [allow] }), resource({ AWS: ROLE }), 'allowed'],
  [
    'a queue that lets the account in, and an identity policy',
    permits({ identity: [allow] }),
    resource({ AWS: OWN }),
    'allowed',
  ],
  [
    'a queue that lets everybody in, but no identity policy',
    permits(),
    resource('*'),
    no('identity-based policy'),
  ],
  [
    'an administrator and no queue policy',
    permits({ identity: undefined }),
    undefined,
    no('resource-based policy'),
  ],
])('across accounts, when there is %s', (_, given, policy, expected) => {
  expect(reason(given, policy, { account: OTHER })).toBe(expected);
});

test('when a policy is required, as on a role, nobody gets in without it, for no reason', () => {
  const admin = permits({ identity: undefined });
  expect(reason(admin, undefined, { required: true })).toBe('');
  expect(reason(admin, resource({ AWS: OTHER }), { required: true })).toBe('');
  expect(reason(admin, resource({ AWS: OWN }), { required: true })).toBe('allowed');
});

test('when a principal is not one, the policy is refused', () => {
  for (const principal of [
    'everybody',
    { AWS: 'root' },
    { AWS: `arn:aws:iam::${OWN}:role/*` },
    { Nobody: '*' },
    { AWS: [1] },
    undefined,
  ]) {
    expect(() => resource(principal)).toThrow(/^Statement\[0\]/);
  }
  expect(() => resource({ AWS: OWN }, 'Allow', true)).toThrow('NotPrincipal needs the effect Deny');
});
