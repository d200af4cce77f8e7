import type { EffectState } from '../../domain/effect.ts';
import type { TargetKind } from '../../domain/target.ts';
import type { AwsRequestId } from './aws-names.ts';
import type { EffectId, EndpointServiceId } from './ids.ts';
import type { Code, Prose, Timestamp } from './text.ts';

/** One change of AWS. The intent is stored before the call, the outcome after it. */
export interface Effect {
  /** The id of the change: `eff_` and 26 characters. */
  id: EffectId;
  /** The kind of the target whose run made it. */
  target_kind: TargetKind;
  /**
   * The key of that target: the id of what it looks after, or `<provider account>/<region>`.
   * @minLength 1
   */
  target_key: string;
  /** The endpoint service that was changed; null for what is not of one service. */
  endpoint_service_id: EndpointServiceId | null;
  /** Such as `change_principals`, `accept_connections` or `mark_service`. */
  action: Code;
  request: EffectRequest;
  /** The requests that it follows, by their `X-Request-Id`. */
  request_ids: string[];
  /** The traces that these requests were part of, as their `traceparent` named them. */
  trace_ids: string[];
  /** When it was about to be made. */
  intended_at: Timestamp;
  outcome: EffectState;
  /** What AWS said, where it did not simply do it; null where it did. */
  detail: Prose | null;
  /** By which AWS knows the call; null when there was no answer. */
  aws_request_id: AwsRequestId | null;
  /** When the outcome was known; null while the call is under way. */
  finished_at: Timestamp | null;
}

/** What AWS was asked for. Its members depend on the action. */
export interface EffectRequest {
  [member: string]: unknown;
}
