// The one way an operation, a protocol or the identity check says no: AWS's code, message and
// HTTP status. How it looks on the wire is the protocols' business.

export class AwsError extends Error {
  readonly code: string;
  readonly status: number;

  /** @param status HTTP status; AWS answers most client errors with 400. */
  constructor(code: string, message: string, status = 400) {
    super(message);
    this.name = 'AwsError';
    this.code = code;
    this.status = status;
  }
}
