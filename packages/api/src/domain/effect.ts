// One change of AWS: what was intended, and what became of it.

import type { TargetKind } from './target.ts';

export const effectStates = ['open', 'done', 'partial', 'refused', 'unknown'] as const;
/**
 * `open`: the call is under way · `done` · `partial`: some items were refused · `refused`: nothing
 * was changed · `unknown`: it may have taken effect, as after a timeout or a crash.
 */
export type EffectState = (typeof effectStates)[number];

export interface Effect {
  id: string;
  /** The target whose run made it. */
  targetKind: TargetKind;
  targetKey: string;
  endpointServiceId: string | null;
  /** In our words, such as `change_principals`. */
  action: string;
  request: Record<string, unknown>;
  /** The requests that it follows, and their traces. */
  requestIds: string[];
  traceIds: string[];
  intendedAt: Date;
  outcome: EffectState;
  detail: string | null;
  awsRequestId: string | null;
  finishedAt: Date | null;
}
