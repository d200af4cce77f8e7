// What can be waited for: by `sallyport wait`, and by `--wait` of changes that lead there. Apart
// from wait.ts, as `--help` need not load the SDK.

import { commands, type OperationId, type WaitedSchema } from '../generated/commands.ts';
import { plainText, valueAt } from '../output/value.ts';

export const waitables = {
  connection: {
    argument: 'connection',
    list: 'connections list',
    help: 'Wait until a connection is available. It may be one that was not seen yet.',
    example: 'sallyport wait connection vpce-0a1b2c3d4e5f60718 --timeout 10m',
  },
  account: {
    argument: 'account',
    list: 'accounts list',
    help: 'Wait until an account is proven, attested or imported.',
    example: 'sallyport wait account 222222222222 --timeout 5m',
  },
  'private-dns': {
    argument: 'endpoint-service',
    list: 'services list',
    help: 'Wait until the private DNS name of a service is verified.',
    example: 'sallyport wait private-dns vpce-svc-0a1b2c3d4e5f60718 --timeout 30m',
  },
  operation: {
    argument: 'operation',
    list: 'operations list',
    help: 'Wait until an operation has succeeded.',
    example: 'sallyport wait operation op_01kaqy0v5ne4rvk3z4m5t6w7x8',
  },
} as const;

export type Waitable = keyof typeof waitables;

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
