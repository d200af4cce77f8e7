import type { Hindrance } from './hindrance.ts';

/** A long-running change. Poll it until `done`. */
export interface Operation {
  id: string;
  /**
   * `prove_account`, `suspend_customer`, `offboard_customer`, `reconcile_service` or
   * `retire_service`.
   */
  kind: string;
  /** The resource that it changes. */
  subject_id: string;
  customer_id: string | null;
  /** `running`, `succeeded` or `failed`. */
  state: string;
  done: boolean;
  /** What it is doing, or waiting for. */
  message: string;
  /**
   * What the vendor has to do before it can end or, once it has, about what it has left open.
   * Always empty for a customer.
   */
  held_up_by: Hindrance[];
  /** A code of docs/errors.md when it failed. */
  error_code: string | null;
  /** @format date-time */
  created_at: string;
  /** @format date-time */
  updated_at: string;
  /** @format date-time */
  finished_at: string | null;
}
