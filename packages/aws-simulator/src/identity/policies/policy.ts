// Policy documents as they are written (JSON), and as they are evaluated. Reading one checks all of
// it: what this world cannot evaluate is an error here, never ignored later.

import { type Condition, parseConditions } from './conditions.ts';
import { type Pattern, pattern } from './patterns.ts';
import { PolicyError } from './policy-error.ts';
import { parsePrincipals, type PolicyPrincipals } from './policy-principals.ts';

/** What a policy is attached to: an identity, a resource, or a role that says whom it trusts. */
export type PolicyKind = 'identity' | 'resource' | 'trust';

export interface Policy {
  readonly statements: readonly Statement[];
}

export interface Statement {
  readonly sid: string | undefined;
  readonly effect: 'Allow' | 'Deny';
  /** In lower case: actions are compared without case. */
  readonly actions: Listed;
  /** Absent in trust policies, whose resource is the role they belong to. */
  readonly resources: Listed | undefined;
  readonly principals: PolicyPrincipals | undefined;
  readonly conditions: readonly Condition[];
}

export interface Listed {
  /** True for NotAction and NotResource. */
  readonly excluded: boolean;
  readonly patterns: readonly Pattern[];
}

type Fields = Readonly<Record<string, unknown>>;

interface Reading {
  readonly kind: PolicyKind;
  readonly variables: boolean;
  readonly where: string;
}

/**
 * Reads a document, given as JSON text or as a value.
 * @throws PolicyError that names the element that is wrong or not simulated.
 */
export function parsePolicy(document: unknown, kind: PolicyKind): Policy {
  const fields = fieldsOf(typeof document === 'string' ? parseJson(document) : document, '');
  onlyKnown(fields, ['Version', 'Id', 'Statement'], '');
  const { Version: version = '2008-10-17', Id: id, Statement: statement } = fields;
  if (version !== '2012-10-17' && version !== '2008-10-17') {
    throw new PolicyError('Version', 'must be 2012-10-17 or 2008-10-17');
  }
  if (id !== undefined && typeof id !== 'string') throw new PolicyError('Id', 'must be text');
  const list: readonly unknown[] = Array.isArray(statement) ? statement : [statement];
  if (list.length === 0 || statement === undefined) {
    throw new PolicyError('Statement', 'a policy needs at least one statement');
  }
  const variables = version === '2012-10-17';
  const statements = list.map((one, index) =>
    parseStatement(one, { kind, variables, where: `Statement[${index}]` }),
  );
  checkSids(statements);
  return { statements };
}

function parseStatement(value: unknown, reading: Reading): Statement {
  const { where, variables } = reading;
  const fields = fieldsOf(value, where);
  onlyKnown(fields, ELEMENTS, where);
  const { Sid: sid, Effect: effect } = fields;
  if (sid !== undefined && typeof sid !== 'string') throw new PolicyError(where, 'Sid is text');
  if (effect !== 'Allow' && effect !== 'Deny') {
    throw new PolicyError(where, 'Effect must be Allow or Deny');
  }
  return {
    sid,
    effect,
    actions: parseActions(fields, reading),
    resources: parseResources(fields, reading),
    principals: parsePrincipal(fields, effect, reading),
    conditions: parseConditions(fields.Condition, `${where}.Condition`, variables),
  };
}

const ELEMENTS = [
  'Sid',
  'Effect',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Principal',
  'NotPrincipal',
  'Condition',
];

// `*`, or a service's prefix without wildcards and an action that may have them.
const ACTION = /^(\*|[a-zA-Z0-9-]+:[a-zA-Z0-9*?]+)$/;

function parseActions(fields: Fields, { where }: Reading): Listed {
  const { excluded, texts } = oneOf(fields, 'Action', 'NotAction', where);
  for (const text of texts) {
    if (!ACTION.test(text)) {
      throw new PolicyError(where, `'${text}' must be an action such as ec2:DescribeVpcs, or *`);
    }
  }
  const read = (text: string) => pattern(text.toLowerCase(), { variables: false, where });
  return { excluded, patterns: texts.map(read) };
}

function parseResources(fields: Fields, { kind, variables, where }: Reading): Listed | undefined {
  if (kind === 'trust') {
    if (fields.Resource === undefined && fields.NotResource === undefined) return undefined;
    throw new PolicyError(where, 'Has prohibited field Resource');
  }
  const { excluded, texts } = oneOf(fields, 'Resource', 'NotResource', where);
  for (const text of texts) {
    if (!/^(\*+|arn:.*)$/.test(text)) {
      throw new PolicyError(where, `Resource ${text} must be in ARN format or "*".`);
    }
  }
  return { excluded, patterns: texts.map((text) => pattern(text, { variables, where })) };
}

function parsePrincipal(
  fields: Fields,
  effect: 'Allow' | 'Deny',
  { kind, where }: Reading,
): PolicyPrincipals | undefined {
  const { Principal: named, NotPrincipal: excluded } = fields;
  if (kind === 'identity') {
    if (named === undefined && excluded === undefined) return undefined;
    throw new PolicyError(where, 'Policy document should not specify a principal.');
  }
  if ((named === undefined) === (excluded === undefined)) {
    throw new PolicyError(where, 'needs either Principal or NotPrincipal');
  }
  if (excluded === undefined) return parsePrincipals(named, `${where}.Principal`, false);
  // AWS does not support it with Allow (IAM User Guide, NotPrincipal).
  if (effect === 'Allow') throw new PolicyError(where, 'NotPrincipal needs the effect Deny');
  return parsePrincipals(excluded, `${where}.NotPrincipal`, true);
}

function oneOf(fields: Fields, name: string, negation: string, where: string) {
  const excluded = fields[name] === undefined;
  const value = excluded ? fields[negation] : fields[name];
  if (value === undefined || (!excluded && fields[negation] !== undefined)) {
    throw new PolicyError(where, `needs either ${name} or ${negation}`);
  }
  const texts: unknown[] = Array.isArray(value) ? value : [value];
  if (texts.length === 0 || !texts.every((text) => typeof text === 'string')) {
    throw new PolicyError(where, `${excluded ? negation : name} must be text or a list of texts`);
  }
  return { excluded, texts };
}

function checkSids(statements: readonly Statement[]): void {
  const seen = new Set<string>();
  for (const { sid } of statements) {
    if (sid === undefined) continue;
    if (seen.has(sid)) throw new PolicyError('Statement', `the Sid '${sid}' is there twice`);
    seen.add(sid);
  }
}

function onlyKnown(fields: Fields, known: readonly string[], where: string): void {
  for (const name of Object.keys(fields)) {
    if (!known.includes(name)) throw new PolicyError(where, `the element '${name}' is not known`);
  }
}

function fieldsOf(value: unknown, where: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw new PolicyError(where, 'must be an object');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PolicyError('', 'Syntax errors in policy: it is not JSON.');
  }
}
