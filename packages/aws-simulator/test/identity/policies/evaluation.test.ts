// What policies say about requests: the tables of IAM's rules, one row for each.

import { describe, expect, test } from 'vitest';
import { requestContext, type ContextValue } from '../../../src/identity/policies/context.ts';
import { evaluate } from '../../../src/identity/policies/evaluation.ts';
import { parsePolicy } from '../../../src/identity/policies/policy.ts';
import type {
  PolicyDocument,
  StatementDocument,
} from '../../../src/world/accounts/identity-spec.ts';

const SERVICE = 'arn:aws:ec2:us-east-1:111111111111:vpc-endpoint-service/vpce-svc-0123';

interface Asked {
  action?: string;
  resource?: string;
  keys?: Record<string, ContextValue>;
}

function verdict(statements: StatementDocument[], asked: Asked = {}): string {
  const { action = 'ec2:CreateVpcEndpoint', resource = SERVICE, keys = {} } = asked;
  const document: PolicyDocument = { Version: '2012-10-17', Statement: statements };
  const context = requestContext(keys);
  return evaluate([parsePolicy(document, 'identity')], { action, resource, context }).effect;
}

function allow(part: Partial<StatementDocument> = {}): StatementDocument {
  const action = part.NotAction === undefined ? { Action: '*' } : {};
  const resource = part.NotResource === undefined ? { Resource: '*' } : {};
  return { Effect: 'Allow', ...action, ...resource, ...part };
}

test.each<[Partial<StatementDocument>, string, string]>([
  [{ Action: '*' }, 'ec2:DescribeVpcs', 'allow'],
  [{ Action: 'ec2:*' }, 'ec2:DescribeVpcs', 'allow'],
  [{ Action: 'EC2:describevpcs' }, 'ec2:DescribeVpcs', 'allow'],
  [{ Action: 'ec2:Describe*' }, 'ec2:DescribeVpcs', 'allow'],
  [{ Action: 'ec2:*Endpoint*s' }, 'ec2:AcceptVpcEndpointConnections', 'allow'],
  [{ Action: 'ec2:DescribeVpc?' }, 'ec2:DescribeVpcs', 'allow'],
  [{ Action: 'ec2:DescribeVpc?' }, 'ec2:DescribeVpc', 'none'],
  [{ Action: 'ec2:Describe' }, 'ec2:DescribeVpcs', 'none'],
  [{ Action: ['sts:*', 'ec2:DescribeVpcs'] }, 'ec2:DescribeVpcs', 'allow'],
  [{ Action: 'sts:*' }, 'ec2:DescribeVpcs', 'none'],
  [{ NotAction: 'sts:*' }, 'ec2:DescribeVpcs', 'allow'],
  [{ NotAction: ['sts:*', 'ec2:Describe*'] }, 'ec2:DescribeVpcs', 'none'],
])('when a statement has %j and %s is asked, it is %s', (part, action, expected) => {
  expect(verdict([allow(part)], { action })).toBe(expected);
});

test.each<[Partial<StatementDocument>, string, string]>([
  [{ Resource: '*' }, '*', 'allow'],
  [{ Resource: '*' }, SERVICE, 'allow'],
  [{ Resource: SERVICE }, SERVICE, 'allow'],
  [{ Resource: SERVICE }, '*', 'none'],
  [{ Resource: SERVICE.toUpperCase().replace('ARN', 'arn') }, SERVICE, 'none'],
  [{ Resource: 'arn:aws:ec2:*:111111111111:vpc-endpoint-service/*' }, SERVICE, 'allow'],
  [{ Resource: 'arn:aws:ec2:*:*:vpc-endpoint/*' }, SERVICE, 'none'],
  [{ Resource: 'arn:aws:ec2:*:*:*' }, '*', 'none'],
  // A wildcard does not reach over the parts of an ARN, and missing parts are wildcards.
  [{ Resource: 'arn:aws:ec2:*:vpc-endpoint-service/vpce-svc-0123' }, SERVICE, 'none'],
  [{ Resource: 'arn:aws:ec2' }, SERVICE, 'allow'],
  [{ Resource: 'arn:aws:sns' }, SERVICE, 'none'],
  [{ Resource: 'arn:aws:ec2:*:*:vpc-endpoint-service/vpce-svc-?1?3' }, SERVICE, 'allow'],
  [{ NotResource: 'arn:aws:ec2:*:*:vpc-endpoint/*' }, SERVICE, 'allow'],
  [{ NotResource: SERVICE }, SERVICE, 'none'],
  [{ Resource: 'arn:aws:ec2:*:${aws:PrincipalAccount}:vpc-endpoint-service/*' }, SERVICE, 'allow'],
  [{ Resource: 'arn:aws:ec2:*:${aws:username}:*' }, SERVICE, 'none'],
  [{ Resource: "arn:aws:ec2:*:${aws:username, '111111111111'}:*" }, SERVICE, 'allow'],
])('when a statement has %j and the resource is %s, it is %s', (part, resource, expected) => {
  const keys = { 'aws:PrincipalAccount': '111111111111' };
  expect(verdict([allow(part)], { resource, keys })).toBe(expected);
});

test('when a variable stands for a wildcard, it is taken literally', () => {
  const Resource = 'arn:aws:sqs:us-east-1:1:${aws:username}';
  const asked = { resource: 'arn:aws:sqs:us-east-1:1:anything', keys: { 'aws:username': '*' } };
  expect(verdict([allow({ Resource })], asked)).toBe('none');
  const star = allow({ Condition: { StringLike: { 'aws:username': '${*}' } } });
  expect(verdict([star], { keys: { 'aws:username': '*' } })).toBe('allow');
  expect(verdict([star], { keys: { 'aws:username': 'x' } })).toBe('none');
});

test('when the version is the old one, variables are text', () => {
  const Condition = { StringEquals: { 'aws:username': '${aws:PrincipalAccount}' } };
  const policy = parsePolicy(
    { Version: '2008-10-17', Statement: allow({ Condition }) },
    'identity',
  );
  const ask = (name: string) =>
    evaluate([policy], {
      action: 'sts:AssumeRole',
      resource: '*',
      context: requestContext({ 'aws:username': name, 'aws:PrincipalAccount': '1' }),
    }).effect;
  expect([ask('1'), ask('${aws:PrincipalAccount}')]).toEqual(['none', 'allow']);
});

type Row = [string, unknown, Record<string, ContextValue>, boolean];

describe('conditions', () => {
  const key = 'aws:username';
  const text = (value: string | undefined) => ({ [key]: value });
  const tags = (...values: string[]) => ({ 'aws:TagKeys': values });
  const rows: Row[] = [
    ['StringEquals', { [key]: 'a' }, text('a'), true],
    ['StringEquals', { [key]: 'a' }, text('A'), false],
    ['StringEquals', { [key]: 'a*' }, text('ab'), false],
    ['StringEquals', { [key]: ['a', 'b'] }, text('b'), true],
    ['StringEquals', { 'AWS:UserName': 'a' }, text('a'), true],
    ['StringEquals', { [key]: 'a' }, {}, false],
    ['StringEqualsIfExists', { [key]: 'a' }, {}, true],
    ['StringEqualsIfExists', { [key]: 'a' }, text('b'), false],
    ['StringNotEquals', { [key]: ['a', 'b'] }, text('b'), false],
    ['StringNotEquals', { [key]: ['a', 'b'] }, text('c'), true],
    ['StringNotEquals', { [key]: 'a' }, {}, true],
    ['StringEqualsIgnoreCase', { [key]: 'aB' }, text('Ab'), true],
    ['StringNotEqualsIgnoreCase', { [key]: 'aB' }, text('Ab'), false],
    ['StringLike', { [key]: 'a*c?' }, text('abbcd'), true],
    ['StringLike', { [key]: 'a*c?' }, text('abbc'), false],
    ['StringNotLike', { [key]: 'a*' }, text('b'), true],
    [
      'ArnLike',
      { 'aws:SourceArn': 'arn:aws:ec2:*:1:x/*' },
      { 'aws:SourceArn': 'arn:aws:ec2:r:1:x/y' },
      true,
    ],
    [
      'ArnEquals',
      { 'aws:SourceArn': 'arn:aws:ec2:*:2:x/*' },
      { 'aws:SourceArn': 'arn:aws:ec2:r:1:x/y' },
      false,
    ],
    [
      'ArnNotLike',
      { 'aws:SourceArn': 'arn:aws:ec2:*:2:x/*' },
      { 'aws:SourceArn': 'arn:aws:ec2:r:1:x/y' },
      true,
    ],
    ['Bool', { 'aws:SecureTransport': 'true' }, { 'aws:SecureTransport': true }, true],
    ['Bool', { 'aws:SecureTransport': false }, { 'aws:SecureTransport': true }, false],
    ['BoolIfExists', { 'aws:MultiFactorAuthPresent': 'true' }, {}, true],
    ['Null', { [key]: 'true' }, {}, true],
    ['Null', { [key]: true }, text('a'), false],
    ['Null', { [key]: 'false' }, text('a'), true],
    ['NumericEquals', { 'sts:DurationSeconds': '900' }, { 'sts:DurationSeconds': 900 }, true],
    ['NumericNotEquals', { 'sts:DurationSeconds': 900 }, { 'sts:DurationSeconds': 901 }, true],
    ['NumericLessThan', { 'sts:DurationSeconds': 900 }, { 'sts:DurationSeconds': 900 }, false],
    ['NumericLessThanEquals', { 'sts:DurationSeconds': 900 }, { 'sts:DurationSeconds': 900 }, true],
    ['NumericGreaterThan', { 'sts:DurationSeconds': 90 }, { 'sts:DurationSeconds': 100 }, true],
    [
      'NumericGreaterThanEquals',
      { 'sts:DurationSeconds': 101 },
      { 'sts:DurationSeconds': 100 },
      false,
    ],
    [
      'DateLessThan',
      { 'aws:CurrentTime': '2026-01-01T00:00:00Z' },
      { 'aws:CurrentTime': new Date('2025-12-31') },
      true,
    ],
    [
      'DateGreaterThan',
      { 'aws:CurrentTime': '2026-01-01' },
      { 'aws:CurrentTime': new Date('2025-12-31') },
      false,
    ],
    ['DateGreaterThan', { 'aws:EpochTime': '1000' }, { 'aws:EpochTime': 1001 }, true],
    ['IpAddress', { 'aws:SourceIp': '10.0.0.0/8' }, { 'aws:SourceIp': '10.1.2.3' }, true],
    ['IpAddress', { 'aws:SourceIp': '2001:db8::/32' }, { 'aws:SourceIp': '10.1.2.3' }, false],
    [
      'NotIpAddress',
      { 'aws:SourceIp': ['10.0.0.0/8', '127.0.0.1'] },
      { 'aws:SourceIp': '127.0.0.1' },
      false,
    ],
    ['ForAllValues:StringEquals', { 'aws:TagKeys': ['a', 'b'] }, tags('a'), true],
    ['ForAllValues:StringEquals', { 'aws:TagKeys': ['a', 'b'] }, tags('a', 'c'), false],
    ['ForAllValues:StringEquals', { 'aws:TagKeys': 'a' }, {}, true],
    ['ForAnyValue:StringEquals', { 'aws:TagKeys': ['a', 'b'] }, tags('a', 'c'), true],
    ['ForAnyValue:StringEquals', { 'aws:TagKeys': 'a' }, tags('c'), false],
    ['ForAnyValue:StringEquals', { 'aws:TagKeys': 'a' }, {}, false],
    ['ForAnyValue:StringNotLike', { 'aws:TagKeys': 'a*' }, tags('ab', 'c'), true],
    ['ForAllValues:StringNotLike', { 'aws:TagKeys': 'a*' }, tags('ab', 'c'), false],
    [
      'StringEquals',
      { [key]: '${aws:PrincipalTag/name}' },
      { ...text('x'), 'aws:PrincipalTag/Name': 'x' },
      true,
    ],
    ['StringEquals', { 'lambda:Principal': 'x' }, {}, false],
  ];
  test.each(rows)(
    'when it is %s %j and the request has %j, it holds: %s',
    (operator, block, keys, holds) => {
      const Condition = { [operator]: block } as StatementDocument['Condition'];
      expect(verdict([allow({ Condition })], { keys })).toBe(holds ? 'allow' : 'none');
    },
  );

  test('when there are several, all must hold', () => {
    const Condition = {
      StringEquals: { 'aws:username': 'a', 'aws:PrincipalAccount': '1' },
      Bool: { 'aws:SecureTransport': 'true' },
    };
    const keys = { 'aws:username': 'a', 'aws:PrincipalAccount': '1', 'aws:SecureTransport': true };
    expect(verdict([allow({ Condition })], { keys })).toBe('allow');
    for (const key of Object.keys(keys)) {
      const other = { ...keys, [key]: 'false' };
      expect(verdict([allow({ Condition })], { keys: other })).toBe('none');
    }
  });
});

test('when a document is wrong or asks for too much, the error names the place', () => {
  const statement = (part: object) => ({ Statement: [allow(part)] });
  const cases: [unknown, RegExp][] = [
    ['{', /not JSON/],
    [[], /must be an object/],
    [{}, /Statement: a policy needs/],
    [{ Statement: [] }, /Statement: a policy needs/],
    [{ Version: '2020-01-01', Statement: [allow()] }, /^Version/],
    [{ ...statement({}), Rule: 1 }, /element 'Rule'/],
    [statement({ Effect: 'allow' }), /^Statement\[0\]: Effect/],
    [statement({ Action: 'DescribeVpcs' }), /must be an action/],
    [statement({ Action: '*:Describe' }), /must be an action/],
    [statement({ Action: [] }), /Action must be text/],
    [statement({ NotAction: 'ec2:*', Action: 'ec2:*' }), /either Action or NotAction/],
    [statement({ Resource: 'vpce-svc-1' }), /ARN format/],
    [{ Version: '2012-10-17', ...statement({ Resource: 'arn:aws:ec2:${aws:x' }) }, /without }/],
    [statement({ Principal: '*' }), /should not specify a principal/],
    [
      statement({ Condition: { BinaryEquals: { 'aws:username': 'a' } } }),
      /'BinaryEquals' is not simulated/,
    ],
    [
      statement({ Condition: { StringEqual: { 'aws:username': 'a' } } }),
      /'StringEqual' is not simulated/,
    ],
    [
      statement({ Condition: { StringEquals: { 'aws:UserAgent': 'a' } } }),
      /'aws:UserAgent' is not simulated/,
    ],
    [
      statement({ Condition: { StringEquals: { 'ec2:Nothing': 'a' } } }),
      /'ec2:Nothing' is not simulated/,
    ],
    [statement({ Condition: { StringEquals: { 'aws:PrincipalTag/': 'a' } } }), /not simulated/],
    [
      statement({ Condition: { NumericEquals: { 'sts:DurationSeconds': 'x' } } }),
      /must be a number/,
    ],
    [statement({ Condition: { DateLessThan: { 'aws:CurrentTime': 'soon' } } }), /must be a date/],
    [statement({ Condition: { Bool: { 'aws:SecureTransport': 'yes' } } }), /true or false/],
    [statement({ Condition: { Null: { 'aws:username': 'yes' } } }), /true or false/],
    [statement({ Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/33' } } }), /CIDR/],
    [statement({ Condition: { StringEquals: { 'aws:username': [] } } }), /at least one value/],
    [{ Statement: [allow({ Sid: 'a' }), allow({ Sid: 'a' })] }, /Sid 'a' is there twice/],
  ];
  for (const [document, message] of cases) {
    expect(() => parsePolicy(document, 'identity'), JSON.stringify(document)).toThrow(message);
  }
});
