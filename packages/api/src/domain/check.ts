// One check on the way from a customer to a service: what was looked at, and what follows.

import type { Actor } from './errors.ts';

export interface NextStep {
  actor: Actor;
  action: string;
  command: string | null;
}

export const checkResults = ['pass', 'warn', 'fail', 'unknown', 'skipped'] as const;
/**
 * `warn` does not stop traffic · `unknown` is what could not be told, and is never a `pass` ·
 * `skipped` is what this connection does not need.
 */
export type CheckResult = (typeof checkResults)[number];

export interface Check {
  name: string;
  result: CheckResult;
  evidence: string;
  next: NextStep | null;
  /** When what it goes by was seen; left out where it is in our own records. */
  observedAt?: Date | null;
}

export function pass(name: string, evidence: string): Check {
  return { name, result: 'pass', evidence, next: null };
}

export function warn(name: string, evidence: string, next: NextStep): Check {
  return { name, result: 'warn', evidence, next };
}

export function fail(name: string, evidence: string, next: NextStep): Check {
  return { name, result: 'fail', evidence, next };
}

export function unknown(name: string, evidence: string, next: NextStep): Check {
  return { name, result: 'unknown', evidence, next };
}

export function skipped(name: string, evidence: string): Check {
  return { name, result: 'skipped', evidence, next: null };
}

/** The same, by what was seen at this moment. */
export function seenAt(check: Check, observedAt: Date | null): Check {
  return { ...check, observedAt };
}
