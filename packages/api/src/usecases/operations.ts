// Long-running changes, as callers follow them.

import {
  withDone,
  type Operation,
  type OperationKind,
  type OperationState,
} from '../domain/operation.ts';
import { toPage, type Page, type PageRequest } from '../domain/page.ts';
import * as storage from '../storage/operations.ts';
import { tenant, type Context } from './context.ts';
import { existing } from './existing.ts';
import { customerScope, sinceOf } from './filters.ts';

export interface NewOperation {
  kind: OperationKind;
  subjectId: string;
  customerId: string | null;
  message: string;
}

/** Starts an operation, or gives the one of this kind that runs on the subject already. */
export async function start(context: Context, input: NewOperation): Promise<Operation> {
  const running = await storage.findRunning(context.db, input.kind, input.subjectId);
  return running ? withDone(running) : begin(context, input);
}

/** Starts an operation beside whatever runs on the subject. */
export async function begin(context: Context, input: NewOperation): Promise<Operation> {
  const operation: storage.OperationRow = {
    id: context.makeId('operation'),
    ...input,
    state: 'running',
    heldUpBy: [],
    errorCode: null,
    createdAt: context.now,
    updatedAt: context.now,
    finishedAt: null,
  };
  await storage.insert(context.db, operation);
  return withDone(operation);
}

export interface OperationFilter {
  state?: OperationState | undefined;
  customerId?: string | undefined;
  updatedSince?: string | undefined;
}

export async function list(
  context: Context,
  filter: OperationFilter,
  page: PageRequest,
): Promise<Page<Operation>> {
  const { state } = filter;
  const customerId = await customerScope(context, filter.customerId);
  const updatedSince = sinceOf(filter.updatedSince, 'updated_since');
  const scope = { state, customerId, updatedSince };
  const found = await storage.list(context.db, scope, page);
  return toPage(
    found.map((row) => seen(context, row)),
    page.limit,
  );
}

export async function get(context: Context, id: string): Promise<Operation> {
  return seen(
    context,
    existing(await storage.find(context.db, id, tenant(context)), 'operation', id),
  );
}

/** What the vendor has to do about its services is not for customers to read. */
function seen(context: Context, row: storage.OperationRow): Operation {
  return withDone(tenant(context) === null ? row : { ...row, heldUpBy: [] });
}
