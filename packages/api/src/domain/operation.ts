// A long-running change that a caller can follow.

import type { ErrorCode } from './errors.ts';
import type { Hindrance } from './hindrance.ts';

/** What the long-running change is. */
export type OperationKind =
  | 'prove_account'
  | 'suspend_customer'
  | 'offboard_customer'
  | 'reconcile_service'
  | 'retire_service';
export const operationStates = ['running', 'succeeded', 'failed'] as const;
/** `running`, until it has `succeeded` or `failed`. */
export type OperationState = (typeof operationStates)[number];

export interface Operation {
  id: string;
  kind: OperationKind;
  subjectId: string;
  customerId: string | null;
  state: OperationState;
  done: boolean;
  /** What it is doing or waiting for, in a sentence for people. */
  message: string;
  /** What somebody has to do before it can end or, once it has, about what it has left open. */
  heldUpBy: Hindrance[];
  errorCode: ErrorCode | null;
  createdAt: Date;
  updatedAt: Date;
  finishedAt: Date | null;
}

/** `done` follows from the state and is not stored. */
export function withDone(operation: Omit<Operation, 'done'>): Operation {
  return { ...operation, done: operation.state !== 'running' };
}
