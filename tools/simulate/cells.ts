// In which states of what a run is about which faults have struck: the cells that a simulation must
// visit, so that an invariant which holds has held where it matters.

import { connectionSteps } from '../../packages/api/src/domain/connection.ts';
import { principalState } from '../../packages/api/src/domain/principal.ts';
import { privateDnsStatus } from '../../packages/api/src/domain/private-dns-status.ts';
import * as connections from '../../packages/api/src/storage/connections.ts';
import * as customers from '../../packages/api/src/storage/customers.ts';
import * as endpointServices from '../../packages/api/src/storage/endpoint-services.ts';
import type { Database } from '../../packages/api/src/storage/postgres/database.ts';
import * as principals from '../../packages/api/src/storage/principals.ts';
import * as privateDns from '../../packages/api/src/storage/private-dns.ts';
import type { Lease } from '../../packages/api/src/storage/targets.ts';
import { callFaults, type CallFault, type PortCall } from './trouble.ts';

export const faults = [...callFaults, 'stalled', 'died'] as const;
export type Fault = (typeof faults)[number];

/** How often each fault has struck in each state. */
export type Cells = Map<string, Map<Fault, number>>;

const reading: readonly Fault[] = ['throttled', 'unreachable', 'stale', 'stalled', 'died'];
const changing: readonly Fault[] = [...reading, 'lost'];
/** No call to AWS is made for these. */
const waiting: readonly Fault[] = ['stalled', 'died'];

/** Every state that is told apart, with the faults that can strike in it. */
const expected: Record<string, readonly Fault[]> = {
  'connection waiting': reading,
  'connection to accept': [...changing, 'partial'],
  'connection pending': reading,
  'connection available': reading,
  'connection to reject': [...changing, 'partial'],
  'connection rejected': reading,
  'connection deleting': reading,
  'principal pending': changing,
  'principal allowed': reading,
  'principal removing': changing,
  'principal unmanaged': reading,
  'principal contested': reading,
  'private DNS absent': waiting,
  'private DNS configuring': changing,
  'private DNS publishing': changing,
  'private DNS verifying': changing,
  'private DNS verified': reading,
  'private DNS blocked': reading,
  'service managed': reading,
  'service observed': reading,
  'service frozen': reading,
  'service quarantined': reading,
  'service retiring': changing,
  'customer suspended': waiting,
  'customer offboarding': waiting,
};

export function noCells(): Cells {
  return new Map();
}

export function visit(cells: Cells, states: Iterable<string>, fault: Fault): void {
  for (const state of states) {
    const row = cells.get(state) ?? new Map<Fault, number>();
    row.set(fault, (row.get(fault) ?? 0) + 1);
    cells.set(state, row);
  }
}

export function addCells(sum: Cells, more: Cells): void {
  for (const [state, row] of more) {
    for (const [fault, count] of row) {
      const own = sum.get(state) ?? new Map<Fault, number>();
      sum.set(state, own.set(fault, (own.get(fault) ?? 0) + count));
    }
  }
}

/** The expected cells that were never visited, as `state × fault`. */
export function emptyCells(cells: Cells): string[] {
  return Object.entries(expected).flatMap(([state, possible]) =>
    possible.filter((fault) => !cells.get(state)?.has(fault)).map((fault) => `${state} × ${fault}`),
  );
}

/** A table for people: a dot where a fault cannot strike. */
export function cellsText(cells: Cells): string {
  const head = ['', ...faults];
  const rows = Object.entries(expected).map(([state, possible]) => [
    state,
    ...faults.map((fault) => {
      const count = cells.get(state)?.get(fault) ?? 0;
      return possible.includes(fault) || count > 0 ? String(count) : '·';
    }),
  ]);
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => row[column]!.length)),
  );
  const line = (row: string[]) =>
    row.map((cell, column) => cell[column ? 'padStart' : 'padEnd'](widths[column]!)).join('  ');
  return [head, ...rows].map(line).join('\n');
}

/**
 * The states of what is struck: of a call that changes something, what it changes; of anything
 * else, what the run looks after.
 */
export async function statesStruck(
  db: Database,
  now: Date,
  lease: Lease | null,
  call?: PortCall,
): Promise<Set<string>> {
  if (!lease) return new Set();
  const all = await statesOf(db, now, lease);
  const named = call?.mutating ? namedBy(call) : null;
  const struck = named ? all.filter(({ name }) => named.includes(name)) : all;
  return new Set(struck.map(({ state }) => state));
}

interface NamedState {
  name: string;
  state: string;
}

/** What a call names of its subjects, or null when it is about all that the run looks after. */
function namedBy({ name, args }: PortCall): string[] | null {
  if (name === 'accept' || name === 'reject') return args[1] as string[];
  if (name !== 'changePrincipals') return null;
  const { add, remove } = args[1] as { add: string[]; remove: string[] };
  return [...add, ...remove];
}

async function statesOf(db: Database, now: Date, lease: Lease): Promise<NamedState[]> {
  const { kind, key } = lease;
  if (kind === 'connections') return connectionStates(db, key);
  if (kind === 'principals') return principalStates(db, key);
  if (kind === 'private_dns') return privateDnsState(db, key, now);
  if (kind === 'customer') {
    const customer = await customers.find(db, key, null);
    return customer ? [{ name: key, state: `customer ${customer.state}` }] : [];
  }
  return serviceStates(db, kind === 'retirement' ? key : null);
}

async function connectionStates(db: Database, place: string): Promise<NamedState[]> {
  const rows = await db.query<{ id: string }>(
    `SELECT id FROM endpoint_services WHERE provider_account_id || '/' || region = $1`,
    [place],
  );
  const ids = rows.map(({ id }) => id);
  const gone = await db.query<{ vpcEndpointId: string }>(
    `SELECT vpc_endpoint_id FROM connections
     WHERE endpoint_service_id = ANY ($1) AND state = 'rejected'`,
    [ids],
  );
  return [
    ...(await connections.listPresent(db, ids)).map(({ vpcEndpointId, state, decision }) => {
      const step = connectionSteps[decision][state];
      const due = step === 'accept' || step === 'reject' ? `to ${step}` : null;
      const shown = state === 'pendingAcceptance' ? 'waiting' : state;
      return { name: vpcEndpointId, state: `connection ${due ?? shown}` };
    }),
    ...gone.map(({ vpcEndpointId }) => ({ name: vpcEndpointId, state: 'connection rejected' })),
  ];
}

async function principalStates(db: Database, serviceId: string): Promise<NamedState[]> {
  const facts = await principals.facts(db, serviceId);
  return facts.map((fact) => ({ name: fact.arn, state: `principal ${principalState(fact)}` }));
}

async function privateDnsState(db: Database, serviceId: string, now: Date): Promise<NamedState[]> {
  const service = await endpointServices.find(db, serviceId);
  if (!service) return [];
  const { state } = privateDnsStatus(service, await privateDns.find(db, serviceId), now);
  return [{ name: serviceId, state: `private DNS ${state}` }];
}

async function serviceStates(db: Database, id: string | null): Promise<NamedState[]> {
  const rows = await db.query<{ id: string; state: string }>(
    `SELECT id, CASE
       WHEN retiring_since IS NOT NULL THEN 'retiring'
       WHEN frozen_since IS NOT NULL THEN 'frozen'
       WHEN quarantine IS NOT NULL THEN 'quarantined'
       WHEN modes @> '{"principals": "manage"}' THEN 'managed' ELSE 'observed' END AS state
     FROM endpoint_services WHERE id = $1 OR $1::text IS NULL`,
    [id],
  );
  return rows.map(({ id: name, state }) => ({ name, state: `service ${state}` }));
}

export type { CallFault };
