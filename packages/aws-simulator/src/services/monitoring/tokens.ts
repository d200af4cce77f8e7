// Page tokens, bound to the account, Region, action and parameters that they were given for.

import { createHash } from 'node:crypto';
import type { Call } from '../call.ts';

export function tokenFor(call: Call<object>, action: string, place: string): string {
  return Buffer.from(JSON.stringify([place, binding(call, action, place)])).toString('base64url');
}

/** The place that a token marks, or undefined when it is not a token of this request. */
export function placeOf(call: Call<object>, action: string, token: string): string | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
  const [place, bound] = Array.isArray(parsed) ? (parsed as unknown[]) : [];
  if (typeof place !== 'string') return undefined;
  return bound === binding(call, action, place) ? place : undefined;
}

function binding({ account, region, input }: Call<object>, action: string, place: string): string {
  const parameters: Record<string, unknown> = { ...input };
  delete parameters.NextToken;
  const bound = JSON.stringify([account, region, action, parameters, place]);
  return createHash('sha256').update(bound).digest('base64url');
}
