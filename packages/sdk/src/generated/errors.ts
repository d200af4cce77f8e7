// The codes of errors.
// Generated from openapi.json by `pnpm generate`; never edited.

/** Every code that a failed request can carry when this was made. */
export type ErrorCode =
  | 'account_disputed'
  | 'account_without_standing'
  | 'already_exists'
  | 'aspect_not_managed'
  | 'aws_call_failed'
  | 'challenge_not_usable'
  | 'customer_not_active'
  | 'forbidden'
  | 'idempotency_in_progress'
  | 'idempotency_mismatch'
  | 'in_use'
  | 'internal_error'
  | 'invalid_cursor'
  | 'invalid_idempotency_key'
  | 'invalid_json'
  | 'invalid_principal'
  | 'invalid_request'
  | 'invalid_state_transition'
  | 'invite_not_usable'
  | 'method_not_allowed'
  | 'not_found'
  | 'payload_too_large'
  | 'proof_refused'
  | 'route_not_found'
  | 'service_stands_still'
  | 'unauthenticated'
  | 'unavailable'
  | 'unsupported_media_type'
  | 'wrong_id_kind';
