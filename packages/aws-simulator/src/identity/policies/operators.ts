// The condition operators of IAM (IAM User Guide, condition operators) except BinaryEquals: how one
// value of the policy is compared with one value of the request.

import { BlockList, isIP } from 'node:net';
import type { RequestContext } from './context.ts';
import { hasVariables, literalText, matchesArn, matchesPattern, type Pattern } from './patterns.ts';

export interface Operator {
  /** A negated operator holds when none of the policy's values matches. */
  readonly negated: boolean;
  /** What is wrong with a value of the policy, or undefined. */
  problem(wanted: Pattern): string | undefined;
  matches(wanted: Pattern, given: string, context: RequestContext): boolean;
}

type Comparison = (given: number, wanted: number) => boolean;

const text = (compare: (wanted: string, given: string) => boolean): Operator => ({
  negated: false,
  problem: () => undefined,
  matches: (wanted, given, context) => {
    const literal = literalText(wanted, context);
    return literal !== undefined && compare(literal, given);
  },
});

const stringEquals = text((wanted, given) => wanted === given);
const stringEqualsIgnoreCase = text((a, b) => a.toLowerCase() === b.toLowerCase());
const stringLike: Operator = { ...stringEquals, matches: matchesPattern };
// ArnEquals and ArnLike behave the same (IAM User Guide).
const arnLike: Operator = { ...stringEquals, matches: matchesArn };
const bool: Operator = {
  ...stringEqualsIgnoreCase,
  problem: (wanted) => expected(wanted, /^(true|false)$/i.test(wanted.source), 'true or false'),
};

const comparisons: Readonly<Record<string, Comparison>> = {
  Equals: (given, wanted) => given === wanted,
  LessThan: (given, wanted) => given < wanted,
  LessThanEquals: (given, wanted) => given <= wanted,
  GreaterThan: (given, wanted) => given > wanted,
  GreaterThanEquals: (given, wanted) => given >= wanted,
};

const operators: ReadonlyMap<string, Operator> = new Map([
  ['StringEquals', stringEquals],
  ['StringNotEquals', not(stringEquals)],
  ['StringEqualsIgnoreCase', stringEqualsIgnoreCase],
  ['StringNotEqualsIgnoreCase', not(stringEqualsIgnoreCase)],
  ['StringLike', stringLike],
  ['StringNotLike', not(stringLike)],
  ['ArnEquals', arnLike],
  ['ArnLike', arnLike],
  ['ArnNotEquals', not(arnLike)],
  ['ArnNotLike', not(arnLike)],
  ['Bool', bool],
  ['IpAddress', ipAddress()],
  ['NotIpAddress', not(ipAddress())],
  ...ordered('Numeric', numberOf, 'a number'),
  ...ordered('Date', timeOf, 'a date (ISO 8601) or seconds since 1970'),
]);

/** The operator of a name without prefix and suffix, or undefined when there is none. */
export function operatorNamed(name: string): Operator | undefined {
  return operators.get(name);
}

function ordered(
  prefix: string,
  read: (text: string) => number | undefined,
  what: string,
): [string, Operator][] {
  const made = Object.entries(comparisons).map(([suffix, compare]): [string, Operator] => {
    const matches = text((wanted, given) => {
      const [a, b] = [read(given), read(wanted)];
      return a !== undefined && b !== undefined && compare(a, b);
    }).matches;
    const problem = (wanted: Pattern) => expected(wanted, read(wanted.source) !== undefined, what);
    return [`${prefix}${suffix}`, { negated: false, problem, matches }];
  });
  const equals = made[0]?.[1] ?? stringEquals;
  return [...made, [`${prefix}NotEquals`, not(equals)]];
}

function ipAddress(): Operator {
  return {
    ...text((wanted, given) => inRange(given, wanted)),
    problem: (wanted) =>
      expected(wanted, rangeOf(wanted.source) !== undefined, 'an IP address or a CIDR range'),
  };
}

function not(operator: Operator): Operator {
  return { ...operator, negated: true };
}

function expected(wanted: Pattern, fits: boolean, what: string): string | undefined {
  if (fits || hasVariables(wanted)) return undefined;
  return `'${wanted.source}' must be ${what}`;
}

function numberOf(value: string): number | undefined {
  return /^[+-]?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}

function timeOf(value: string): number | undefined {
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/.test(value)) {
    return undefined;
  }
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : time;
}

interface Range {
  readonly address: string;
  readonly prefix: number;
  readonly family: 'ipv4' | 'ipv6';
}

function rangeOf(value: string): Range | undefined {
  const [address = '', length, ...more] = value.split('/');
  const version = isIP(address);
  const longest = version === 4 ? 32 : 128;
  const prefix = length === undefined ? longest : /^\d{1,3}$/.test(length) ? Number(length) : -1;
  if (version === 0 || more.length > 0 || prefix < 0 || prefix > longest) return undefined;
  return { address, prefix, family: version === 4 ? 'ipv4' : 'ipv6' };
}

function inRange(given: string, wanted: string): boolean {
  const range = rangeOf(wanted);
  const version = isIP(given);
  if (range === undefined || version === 0) return false;
  const list = new BlockList();
  list.addSubnet(range.address, range.prefix, range.family);
  return list.check(given, version === 4 ? 'ipv4' : 'ipv6');
}
