// What became of a change of AWS, as it is kept with its intent.

import { AwsError } from '../aws/errors.ts';
import type { EffectOutcome } from '../storage/effects.ts';

export function success(
  awsRequestId: string | null,
  refused: readonly { code: string }[] = [],
): EffectOutcome {
  if (refused.length === 0) return { outcome: 'done', detail: null, awsRequestId };
  const codes = [...new Set(refused.map(({ code }) => code))].join(', ');
  return { outcome: 'partial', detail: `${refused.length} refused: ${codes}`, awsRequestId };
}

export function failure(error: unknown): EffectOutcome {
  if (!(error instanceof AwsError)) {
    return { outcome: 'unknown', detail: String(error), awsRequestId: null };
  }
  const open = error.kind === 'unavailable' || error.kind === 'aborted';
  return {
    outcome: open ? 'unknown' : 'refused',
    detail: `${error.code}: ${error.message}`,
    awsRequestId: error.awsRequestId,
  };
}

/** The call was never made. */
export function notSent(error: unknown): EffectOutcome {
  const reason = error instanceof Error ? error.message : String(error);
  return { outcome: 'refused', detail: `Not sent: ${reason}`, awsRequestId: null };
}

/**
 * What is throttled, unavailable or aborted may have had an effect in an attempt before the last.
 */
export function hasNoEffect(error: unknown): error is AwsError {
  const said = error instanceof AwsError ? error.kind : null;
  return said === 'invalid' || said === 'denied' || said === 'conflict' || said === 'not_found';
}
