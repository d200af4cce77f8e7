/** One change of AWS. The intent is stored before the call, the outcome after it. */
export interface Effect {
  id: string;
  /** The kind of the target whose run made it. */
  target_kind: string;
  target_key: string;
  endpoint_service_id: string | null;
  /** Such as `change_principals`, `accept_connections` or `mark_service`. */
  action: string;
  request: EffectRequest;
  /** @format date-time */
  intended_at: string;
  /**
   * `open` while the call is under way, `done`, `partial` (some items were refused), `refused`
   * (nothing was changed) or `unknown` (it may have taken effect).
   */
  outcome: string;
  /** What AWS said, where it did not simply do it. */
  detail: string | null;
  /** By which AWS knows the call. */
  aws_request_id: string | null;
  /** @format date-time */
  finished_at: string | null;
}

/** What AWS was asked for. Its members depend on the action. */
export interface EffectRequest {
  [member: string]: unknown;
}
