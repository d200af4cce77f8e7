// What holds for any set of policies: a Deny wins, order and repetition do not matter, allowing
// more never takes anything away.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { requestContext } from '../../../src/identity/policies/context.ts';
import { evaluate } from '../../../src/identity/policies/evaluation.ts';
import { matchesPattern, pattern } from '../../../src/identity/policies/patterns.ts';
import { parsePolicy, type Policy } from '../../../src/identity/policies/policy.ts';
import type { StatementDocument } from '../../../src/world/accounts/identity-spec.ts';

const actions = ['ec2:DescribeVpcs', 'ec2:CreateTags', 'sts:AssumeRole', 'ec2:*', 'sts:A*', '*'];
const resources = ['*', 'arn:aws:ec2:*:1:vpc/*', 'arn:aws:ec2:r:1:vpc/a', 'arn:aws:iam::1:role/x'];

const statement: fc.Arbitrary<StatementDocument> = fc.record(
  {
    Effect: fc.constantFrom('Allow' as const, 'Deny' as const),
    Action: fc.subarray(actions, { minLength: 1 }),
    Resource: fc.subarray(resources, { minLength: 1 }),
    Condition: fc.constantFrom<NonNullable<StatementDocument['Condition']>>(
      { StringEquals: { 'aws:username': 'a' } },
      { StringNotEquals: { 'aws:username': 'a' } },
    ),
  },
  { requiredKeys: ['Effect', 'Action', 'Resource'] },
);

const policies = fc
  .array(fc.array(statement, { minLength: 1, maxLength: 4 }), { maxLength: 4 })
  .map((list) => list.map((Statement) => parsePolicy({ Statement }, 'identity')));

const request = fc.record({
  action: fc.constantFrom('ec2:DescribeVpcs', 'ec2:CreateTags', 'sts:AssumeRole'),
  resource: fc.constantFrom('*', 'arn:aws:ec2:r:1:vpc/a', 'arn:aws:iam::1:role/x'),
  context: fc
    .constantFrom(undefined, 'a', 'b')
    .map((name) => requestContext({ 'aws:username': name })),
});

const everything = parsePolicy(
  { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
  'identity',
);
const nothing = parsePolicy(
  { Statement: { Effect: 'Deny', Action: '*', Resource: '*' } },
  'identity',
);

test('when any statement that fits denies, it is denied', () => {
  fc.assert(
    fc.property(policies, request, (list, asked) => {
      const alone = list.flatMap(({ statements }) =>
        statements.map((one): Policy => ({ statements: [one] })),
      );
      const denied = alone.some((one) => evaluate([one], asked).effect === 'deny');
      const allowed = alone.some((one) => evaluate([one], asked).effect === 'allow');
      const expected = denied ? 'deny' : allowed ? 'allow' : 'none';
      expect(evaluate(list, asked).effect).toBe(expected);
      expect(evaluate([...list, nothing], asked).effect).toBe('deny');
    }),
  );
});

test('when policies come in another order or twice, the verdict is the same', () => {
  fc.assert(
    fc.property(policies, request, (list, asked) => {
      const { effect } = evaluate(list, asked);
      const turned = list
        .toReversed()
        .map(({ statements }) => ({ statements: statements.toReversed() }));
      expect(evaluate(turned, asked).effect).toBe(effect);
      expect(evaluate([...list, ...list], asked).effect).toBe(effect);
    }),
  );
});

test('when everything is allowed as well, only what is denied stays out', () => {
  fc.assert(
    fc.property(policies, request, (list, asked) => {
      const { effect } = evaluate(list, asked);
      const widened = evaluate([...list, everything], asked).effect;
      expect(widened).toBe(effect === 'deny' ? 'deny' : 'allow');
    }),
  );
});

test('when a pattern is matched, it agrees with the regular expression of the same meaning', () => {
  const piece = fc.constantFrom('a', 'b', '.', '*', '?', '(');
  const source = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
  const text = fc.array(fc.constantFrom('a', 'b', '.', '('), { maxLength: 8 });
  fc.assert(
    fc.property(source, text, (wanted, letters) => {
      const given = letters.join('');
      const escaped = wanted.replace(/[.(]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.');
      const made = pattern(wanted, { variables: true, where: '' });
      expect(matchesPattern(made, given)).toBe(new RegExp(`^${escaped}$`).test(given));
    }),
  );
});

test('when a pattern has many wildcards, it still answers at once', () => {
  const made = pattern(`${'*a'.repeat(500)}b`, { variables: true, where: '' });
  expect(matchesPattern(made, 'a'.repeat(5000))).toBe(false);
});
