import type { ConditionStatus, ConditionType } from '../../domain/conditions/condition.ts';
import type { PrincipalArn } from './aws-names.ts';
import type { NextStep } from './next-step.ts';
import type { Code, Prose, Timestamp } from './text.ts';

/** One thing that is to be said of a resource besides its state. */
export interface Condition {
  type: ConditionType;
  status: ConditionStatus;
  /** Why, as `available` or `manual_acceptance`. */
  reason: Code;
  message: Prose;
  /** When it came to be so; null where that is not known. */
  since: Timestamp | null;
  /** The ARN that it is about, where there may be several of one type; else null. */
  subject: PrincipalArn | null;
  /** What to do next, and who; null when there is nothing to do. */
  next: NextStep | null;
}
