// Which changes lead to something that one can wait for: those that have `--wait`.

import { commands, type OperationId, type WaitedSchema } from '../generated/commands.ts';
import { plainText, valueAt } from '../output/value.ts';
import type { Waitable } from './waitables.ts';

interface Kind {
  kind: Waitable;
  /** The member that names it to `sallyport wait`. */
  id: string;
}

/** A schema that the contract gives a waiter does not compile before it has a kind here. */
const kinds: Record<WaitedSchema, Kind> = {
  Account: { kind: 'account', id: 'id' },
  Connection: { kind: 'connection', id: 'vpc_endpoint_id' },
  Operation: { kind: 'operation', id: 'id' },
  PrivateDns: { kind: 'private-dns', id: 'endpoint_service_id' },
};

/** Changes that answer with something whose waiter waits for what they do not lead to. */
const leadElsewhere: ReadonlySet<OperationId> = new Set([
  'attestAccount',
  'deletePrivateDns',
  'forgetTokenIssuer',
  'rejectConnection',
] as const);

/** What the change leads to, if one can wait for that. */
export function waitableKind(operationId: OperationId): Waitable | undefined {
  return kindFor(operationId)?.kind;
}

/** What to wait for after the change, by its answer. */
export function waitableOf(
  operationId: OperationId,
  answer: unknown,
): { kind: Waitable; id: string } | undefined {
  const found = kindFor(operationId);
  return found && { kind: found.kind, id: plainText(valueAt(answer, found.id)) };
}

function kindFor(operationId: OperationId): Kind | undefined {
  const { method, result, paginated } = commands[operationId];
  if (method === 'GET' || paginated || leadElsewhere.has(operationId)) return undefined;
  return Object.hasOwn(kinds, result ?? '') ? kinds[result as WaitedSchema] : undefined;
}
