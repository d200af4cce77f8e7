// The one way an operation, a protocol or the identity check says no: AWS's code, message and
// HTTP status. How it looks on the wire is the protocols' business.

import type { ErrorCode } from './error-codes.ts';

export class AwsError extends Error {
  readonly code: string;
  readonly status: number;

  /** @param status HTTP status; AWS answers most client errors with 400. */
  constructor(code: ErrorCode, message: string, status = 400) {
    super(message);
    this.name = 'AwsError';
    this.code = code;
    this.status = status;
  }
}

/** An error whose code is not the simulator's own: a fault's, or another protocol's word for it. */
export function foreignError(code: string, message: string, status: number): AwsError {
  return new AwsError(code as ErrorCode, message, status);
}
