import type { ErrorCode } from '../../domain/errors.ts';
import type { OperationKind, OperationState } from '../../domain/operation.ts';
import type { Hindrance } from './hindrance.ts';
import type { CustomerId, OperationId } from './ids.ts';
import type { CreatedAt, Prose, Timestamp, UpdatedAt } from './text.ts';

/** A long-running change. Poll it until `done`. */
export interface Operation {
  /** The id of the operation: `op_` and 26 characters. */
  id: OperationId;
  kind: OperationKind;
  /**
   * The id of the resource that it changes.
   * @minLength 1
   */
  subject_id: string;
  /** The customer whose resource it changes; null for one of the vendor's. */
  customer_id: CustomerId | null;
  state: OperationState;
  /** It has ended, well or not: `state` is no longer `running`. */
  done: boolean;
  /** What it is doing, or waiting for. */
  message: Prose;
  /**
   * What the vendor has to do before it can end or, once it has, about what it has left open.
   * Always empty for a customer.
   */
  held_up_by: Hindrance[];
  /** What went wrong, as docs/errors.md explains it; null unless it failed. */
  error_code: ErrorCode | null;
  /** When it ended; null while it is running. */
  finished_at: Timestamp | null;
  created_at: CreatedAt;
  updated_at: UpdatedAt;
}
