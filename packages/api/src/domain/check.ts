// One check on the way from a customer to a service: what was looked at, and what follows.

import type { Actor } from './errors.ts';

export interface NextStep {
  actor: Actor;
  action: string;
  command: string | null;
}

export interface Check {
  name: string;
  result: 'pass' | 'warn' | 'fail' | 'unknown';
  evidence: string;
  next: NextStep | null;
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
