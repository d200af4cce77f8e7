// Why credentials are refused. How a service words it is in services/refusals.ts.

export type FailureKind =
  | 'missing'
  | 'incomplete'
  | 'unknown-key'
  | 'wrong-token'
  | 'expired-token'
  | 'mismatch'
  | 'unsigned-host'
  | 'wrong-scope'
  | 'expired'
  | 'not-yet-valid';

/** Thrown inside identity/ only; the service's refusals make it an answer. */
export class CredentialsRefused extends Error {
  readonly kind: FailureKind;

  /** @param detail what a service may tell the caller beyond the kind. */
  constructor(kind: FailureKind, detail = '') {
    super(detail);
    this.name = 'CredentialsRefused';
    this.kind = kind;
  }
}
