// What AWS says when it says no, in seven kinds. The code table is the only place that knows AWS's codes.

export type AwsErrorKind =
  | 'not_found'
  | 'throttled'
  | 'denied'
  | 'invalid'
  | 'conflict'
  | 'unavailable'
  | 'aborted';

export interface AwsErrorDetails {
  kind: AwsErrorKind;
  /** AWS's code, or the name of the failure below it, such as `ECONNREFUSED`. */
  code: string;
  /** AWS's name of the action. */
  action: string;
  awsRequestId: string | null;
  cause?: unknown;
}

/** A call to AWS that did not succeed. */
export class AwsError extends Error {
  readonly kind: AwsErrorKind;
  readonly code: string;
  readonly action: string;
  readonly awsRequestId: string | null;

  constructor(message: string, details: AwsErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'AwsError';
    this.kind = details.kind;
    this.code = details.code;
    this.action = details.action;
    this.awsRequestId = details.awsRequestId;
  }
}
