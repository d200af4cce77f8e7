// Trouble between the worker and AWS: refused, throttled, unreachable, or an answer that gets lost
// after AWS has done what was asked.

import { awsFailure, lostAnswer } from '../../packages/api/test/reconcile/hooked-aws.ts';
import type { Stage } from '../../packages/api/test/reconcile/stage.ts';
import type { Choice } from './choice.ts';

export interface Faults {
  /** How likely each call meets trouble; 0 ends it. */
  probability: number;
  /** How often each kind came up. */
  met: Record<'throttled' | 'unreachable' | 'lost', number>;
}

/** Comes between every call of the stage's worker from now on. */
export function placeFaults(stage: Stage, choice: Choice): Faults {
  const faults: Faults = { probability: 0, met: { throttled: 0, unreachable: 0, lost: 0 } };
  stage.hooks.before = () => {
    if (!choice.chance(faults.probability)) return;
    if (choice.chance(0.5)) {
      faults.met.throttled += 1;
      throw awsFailure('throttled', 'RequestLimitExceeded');
    }
    faults.met.unreachable += 1;
    throw awsFailure('unavailable', 'ECONNREFUSED');
  };
  stage.hooks.after = (call) => {
    if (!call.mutating || !choice.chance(faults.probability)) return;
    faults.met.lost += 1;
    throw lostAnswer();
  };
  return faults;
}
