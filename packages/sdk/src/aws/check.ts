// One thing that was looked at, in the shape that the service's diagnosis has, too.
import type { Check, NextStep } from '../generated/types.ts';
import type { AwsCallError } from './refusal.ts';

/** Where a check has a command in its next step, it is the customer's own. */
export interface OwnStep {
  action: string;
  command?: string | null;
}

export function pass(name: string, evidence: string): Check {
  return { name, result: 'pass', evidence, next: null };
}

export function warn(name: string, evidence: string, step: OwnStep): Check {
  return { name, result: 'warn', evidence, next: byCustomer(step) };
}

export function fail(name: string, evidence: string, step: OwnStep): Check {
  return { name, result: 'fail', evidence, next: byCustomer(step) };
}

export function unknown(name: string, evidence: string, step: OwnStep): Check {
  return { name, result: 'unknown', evidence, next: byCustomer(step) };
}

/** What may not be read is not known, which is something else than that it is not there. */
export function unreadable(name: string, error: AwsCallError, look: string): Check {
  const { action, refusal } = error;
  const evidence = `It could not be read. ${error.message}`;
  if (refusal === 'denied') {
    return unknown(name, evidence, { action: `Allow ${action}, or look yourself.`, command: look });
  }
  if (refusal === 'credentials') {
    const command = 'aws sts get-caller-identity';
    return unknown(name, evidence, { action: 'Use AWS credentials that are valid.', command });
  }
  return unknown(name, evidence, { action: 'Try again, or look yourself.', command: look });
}

export function byCustomer({ action, command = null }: OwnStep): NextStep {
  return { actor: 'customer', action, command };
}
