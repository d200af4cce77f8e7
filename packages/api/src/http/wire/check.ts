import type { CheckResult } from '../../domain/check.ts';
import type { NextStep } from './next-step.ts';
import type { Code, Prose } from './text.ts';

/** One thing that was looked at on the way from the customer to the service. */
export interface Check {
  /** What was looked at: `account`, `grant`, `principal`, `service`, `dns`, `tcp` … */
  name: Code;
  result: CheckResult;
  /** What was looked at and what was seen. */
  evidence: Prose;
  /** What mends it, or finds it out; null when it passes or is skipped. */
  next: NextStep | null;
}
