// The Condition element of a statement: read with every operator and key checked, and evaluated
// against a request's context.

import { isKnownConditionKey } from './condition-keys.ts';
import type { RequestContext } from './context.ts';
import { type Operator, operatorNamed } from './operators.ts';
import { type Pattern, pattern } from './patterns.ts';
import { PolicyError } from './policy-error.ts';

export interface Condition {
  /** Lower case. */
  readonly key: string;
  holds(given: readonly string[] | undefined, context: RequestContext): boolean;
}

type Quantifier = 'any' | 'all' | undefined;

interface Name {
  readonly quantifier: Quantifier;
  readonly operator: Operator;
  readonly ifExists: boolean;
}

/**
 * @param block the Condition element, or undefined. @param where for errors.
 * @throws PolicyError for an operator or a key that is not simulated, and for values that the
 * operator cannot compare.
 */
export function parseConditions(block: unknown, where: string, variables: boolean): Condition[] {
  if (block === undefined) return [];
  return entriesOf(block, where).flatMap(([name, keys]) => {
    const path = `${where}.${name}`;
    return entriesOf(keys, path).map(([key, values]) => {
      const texts = textsOf(values, `${path}.${key}`);
      checkKey(key, path);
      if (name === 'Null') return nullCondition(key, texts, path);
      const wanted = texts.map((text) => pattern(text, { variables, where: path }));
      return condition(key, readName(name, path), wanted, path);
    });
  });
}

/** Whether every condition holds. */
export function conditionsHold(conditions: readonly Condition[], context: RequestContext): boolean {
  return conditions.every((one) => one.holds(context.get(one.key), context));
}

function readName(name: string, where: string): Name {
  const [, prefix, base = '', suffix] =
    /^(ForAnyValue:|ForAllValues:)?([A-Za-z]+?)(IfExists)?$/.exec(name) ?? [];
  const operator = operatorNamed(base);
  if (!operator) throw new PolicyError(where, `the operator '${name}' is not simulated`);
  const quantifier = prefix === undefined ? undefined : prefix === 'ForAnyValue:' ? 'any' : 'all';
  return { quantifier, operator, ifExists: suffix !== undefined };
}

// Absent keys (IAM User Guide, condition operators and multivalued keys): a negated operator holds
// without the key, ForAllValues holds, ForAnyValue does not, and IfExists always holds.
function condition(
  key: string,
  { quantifier, operator, ifExists }: Name,
  wanted: readonly Pattern[],
  where: string,
): Condition {
  for (const one of wanted) {
    const problem = operator.problem(one);
    if (problem !== undefined) throw new PolicyError(`${where}.${key}`, problem);
  }
  const passes = (value: string, context: RequestContext) =>
    wanted.some((one) => operator.matches(one, value, context)) !== operator.negated;
  return {
    key: key.toLowerCase(),
    holds: (given, context) => {
      const values = given ?? [];
      if (values.length === 0) {
        if (ifExists || quantifier === 'all') return true;
        return quantifier === undefined && operator.negated;
      }
      // Without a quantifier a key should have one value. With several, one that matches decides.
      const every = quantifier === 'all' || (quantifier === undefined && operator.negated);
      return every
        ? values.every((value) => passes(value, context))
        : values.some((value) => passes(value, context));
    },
  };
}

function nullCondition(key: string, texts: readonly string[], where: string): Condition {
  if (!texts.every((text) => text === 'true' || text === 'false')) {
    throw new PolicyError(`${where}.${key}`, 'Null takes true or false');
  }
  return {
    key: key.toLowerCase(),
    holds: (given) => texts.includes((given ?? []).length === 0 ? 'true' : 'false'),
  };
}

function checkKey(key: string, where: string): void {
  if (!/^[\w-]+:\S.*$/.test(key)) {
    throw new PolicyError(where, `'${key}' is not a condition key`);
  }
  if (!isKnownConditionKey(key)) {
    throw new PolicyError(where, `the condition key '${key}' is not simulated`);
  }
}

function entriesOf(value: unknown, where: string): [string, unknown][] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.entries(value);
  }
  throw new PolicyError(where, 'must be an object');
}

function textsOf(value: unknown, where: string): string[] {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  if (values.length === 0) throw new PolicyError(where, 'needs at least one value');
  return values.map((one) => {
    if (typeof one === 'string' || typeof one === 'boolean' || typeof one === 'number') {
      return String(one);
    }
    throw new PolicyError(where, 'values are text, numbers, true or false');
  });
}
