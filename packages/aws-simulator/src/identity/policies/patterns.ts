// Text of a policy that is matched: with `*`, `?` and policy variables such as
// `${aws:PrincipalAccount}`. What a variable stands for is always taken literally. Matching takes
// at most the product of both lengths, whatever the pattern.

import type { RequestContext } from './context.ts';
import { PolicyError } from './policy-error.ts';

const ANY = Symbol('any characters');
const ONE = Symbol('one character');

interface Variable {
  /** Lower case. */
  readonly key: string;
  readonly fallback: string | undefined;
}

/** A string is one character that stands for itself. */
type Fixed = string | typeof ANY | typeof ONE;
type Token = Fixed | Variable;

export interface Pattern {
  readonly source: string;
  readonly tokens: readonly Token[];
}

export interface PatternOptions {
  /** Policies of version 2008-10-17 have no variables: `${…}` is text there. */
  readonly variables: boolean;
  /** The element, for errors. */
  readonly where: string;
}

const EMPTY: RequestContext = new Map();
const ANYTHING: readonly Fixed[] = [ANY];

/** @throws PolicyError when a variable is not closed or not a key. */
export function pattern(source: string, options: PatternOptions): Pattern {
  const tokens: Token[] = [];
  let rest = source;
  while (rest !== '') {
    const variable = options.variables && rest.startsWith('${');
    const length = variable ? rest.indexOf('}') + 1 : 1;
    if (length === 0) throw new PolicyError(options.where, `'${source}' has a variable without }`);
    const piece = rest.slice(0, length);
    tokens.push(variable ? variableToken(piece, options.where) : fixedToken(piece));
    rest = rest.slice(length);
  }
  return { source, tokens };
}

export function hasVariables({ tokens }: Pattern): boolean {
  return tokens.some(isVariable);
}

/** Whether the whole text fits the pattern; false when a variable of it has no value. */
export function matchesPattern(
  { tokens }: Pattern,
  text: string,
  context: RequestContext = EMPTY,
): boolean {
  const fixed = resolved(tokens, context);
  return fixed !== undefined && matches(fixed, text);
}

/** The pattern as text, in which `*` and `?` are characters; undefined without its variables. */
export function literalText({ tokens }: Pattern, context: RequestContext): string | undefined {
  return resolved(tokens, context)
    ?.map((token) => (token === ANY ? '*' : token === ONE ? '?' : token))
    .join('');
}

// Each of the six parts of an ARN is matched by itself, and a pattern with fewer parts is completed
// with `*` (IAM User Guide, elements Resource and ArnLike).
const ARN_PARTS = 6;

/** Whether an ARN fits a pattern part by part; `*` alone fits everything. */
export function matchesArn(
  { tokens }: Pattern,
  arn: string,
  context: RequestContext = EMPTY,
): boolean {
  if (tokens.every((token) => token === ANY)) return tokens.length > 0;
  const parts = splitParts(tokens);
  const given = arnParts(arn);
  if (given === undefined) return false;
  return given.every((text, index) => {
    const part = parts[index];
    const fixed = part === undefined ? ANYTHING : resolved(part, context);
    return fixed !== undefined && matches(fixed, text);
  });
}

function variableToken(piece: string, where: string): Token {
  const special = /^\$\{([*?$])\}$/.exec(piece)?.[1];
  if (special !== undefined) return special;
  const parts = /^\$\{\s*([\w:/.@=+-]+)\s*(?:,\s*'([^']*)'\s*)?\}$/.exec(piece);
  if (!parts) throw new PolicyError(where, `'${piece}' is not a policy variable`);
  return { key: (parts[1] ?? '').toLowerCase(), fallback: parts[2] };
}

function fixedToken(character: string): Fixed {
  if (character === '*') return ANY;
  return character === '?' ? ONE : character;
}

function isVariable(token: Token): token is Variable {
  return typeof token === 'object';
}

function resolved(tokens: readonly Token[], context: RequestContext): Fixed[] | undefined {
  const fixed: Fixed[] = [];
  for (const token of tokens) {
    if (!isVariable(token)) {
      fixed.push(token);
      continue;
    }
    // A key with several values cannot stand for one text.
    const values = context.get(token.key);
    const value = values?.length === 1 ? values[0] : token.fallback;
    if (value === undefined) return undefined;
    for (let i = 0; i < value.length; i += 1) fixed.push(value.charAt(i));
  }
  return fixed;
}

// Greedy with one way back: only the last `*` can ever have to take more.
function matches(tokens: readonly Fixed[], text: string): boolean {
  let token = 0;
  let at = 0;
  let star = -1;
  let starAt = 0;
  while (at < text.length) {
    const wanted = tokens[token];
    if (wanted === ANY) {
      star = token;
      starAt = at;
      token += 1;
    } else if (wanted !== undefined && (wanted === ONE || wanted === text.charAt(at))) {
      token += 1;
      at += 1;
    } else if (star >= 0) {
      token = star + 1;
      starAt += 1;
      at = starAt;
    } else {
      return false;
    }
  }
  return tokens.slice(token).every((rest) => rest === ANY);
}

function splitParts(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (token === ':' && parts.length < ARN_PARTS) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

function arnParts(arn: string): string[] | undefined {
  const parts = arn.split(':');
  if (parts.length < ARN_PARTS) return undefined;
  return [...parts.slice(0, ARN_PARTS - 1), parts.slice(ARN_PARTS - 1).join(':')];
}
