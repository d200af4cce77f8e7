// Why a connection was not made: whose turn it is, and what to run next.
import { SallyportError } from '../errors.ts';
import type { Diagnosis, NextStep } from '../generated/types.ts';
import type { ConnectStep } from './connect-options.ts';
import type { VpcPreflight } from './preflight-outcome.ts';

/**
 * `not_ready`: the preflight failed · `account_not_proven`: the account is not, and was not to be,
 * proven · `endpoint_ended`: the endpoint is rejected, failed, expired or deleted, and never comes
 * back · `endpoint_not_shown`: EC2 made it and does not show it yet; call again · `refused`: AWS
 * refused a change · `private_dns_failed`: AWS could not verify the name · `timed_out`: it may
 * still succeed; call again to go on.
 */
export type ConnectErrorCode =
  | 'not_ready'
  | 'account_not_proven'
  | 'endpoint_ended'
  | 'endpoint_not_shown'
  | 'refused'
  | 'private_dns_failed'
  | 'timed_out';

export interface ConnectFailure {
  code: ConnectErrorCode;
  step: ConnectStep;
  /** Null when nobody can say. */
  next: NextStep | null;
  vpcEndpointId?: string | undefined;
  preflight?: VpcPreflight | undefined;
  diagnosis?: Diagnosis | undefined;
  cause?: unknown;
}

/** A call of `connect` or `disconnect` that came to no good end. To call again is always safe. */
export class ConnectError extends SallyportError {
  static override readonly kind = 'ConnectError';
  readonly code: ConnectErrorCode;
  /** Where it ended. */
  readonly step: ConnectStep;
  /** Whose turn it is: `vendor`, `customer`, `aws` or `nobody`. */
  readonly turn: string;
  readonly next: NextStep | null;
  /** Undefined when there is none yet. */
  readonly vpcEndpointId: string | undefined;
  readonly preflight: VpcPreflight | undefined;
  readonly diagnosis: Diagnosis | undefined;

  constructor(message: string, failure: ConnectFailure) {
    super(message + stepNote(failure.next), undefined, failure.cause);
    this.code = failure.code;
    this.step = failure.step;
    this.next = failure.next;
    this.turn = failure.next?.actor ?? 'nobody';
    this.vpcEndpointId = failure.vpcEndpointId;
    this.preflight = failure.preflight;
    this.diagnosis = failure.diagnosis;
  }
}

function stepNote(next: NextStep | null): string {
  if (!next) return '';
  return ` Next (${next.actor}): ${next.action}${next.command ? ` \`${next.command}\`` : ''}`;
}
