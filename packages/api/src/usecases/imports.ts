// The existing world, taken over in bulk: row by row, each by its natural key, each by itself.

import { refuse, Refusal, type ErrorCode } from '../domain/errors.ts';
import { kindOfId } from '../domain/ids.ts';
import * as customerRows from '../storage/customers.ts';
import { nudgeServices } from '../storage/fan-out.ts';
import * as grantRows from '../storage/grants.ts';
import * as storage from '../storage/imports.ts';
import * as principals from '../storage/principals.ts';
import { attempt } from '../storage/savepoints.ts';
import type { Context } from './context.ts';
import * as customers from './customers.ts';
import * as endpointServices from './endpoint-services.ts';
import { difference } from './existing.ts';
import * as grants from './grants.ts';
import {
  importAccount,
  importConnection,
  type Imported,
  type ImportedAccount,
  type ImportedConnection,
  type Outcome,
} from './imported-accounts.ts';
import { lostRace } from './requests.ts';

export interface NewImport {
  /** How the operator knows that accounts and connections are these customers'. */
  reason: string;
  /** Nothing is kept unless every row is fine. */
  allOrNothing?: boolean;
  customers?: customers.NewCustomer[];
  accounts?: ImportedAccount[];
  grants?: grants.NewGrant[];
  connections?: ImportedConnection[];
}

export type Section = 'customers' | 'accounts' | 'grants' | 'connections';

export interface ImportedRow {
  section: Section;
  /** Its place in its section, from 0. */
  index: number;
  outcome: Outcome | 'refused';
  /** Of what the row is about; null when it was refused. */
  id: string | null;
  error: { code: ErrorCode; detail: string; command: string | null } | null;
}

export type Import = Record<ImportedRow['outcome'], number> & { rows: ImportedRow[] };

export const rowsMax = 1_000;

/**
 * Sections come one after the other, so that a row may name what a row of an earlier one makes. A
 * row that is refused leaves the others as they are.
 * @throws Refusal `invalid_request`, `import_refused`
 */
export async function create(context: Context, input: NewImport): Promise<Import> {
  const work = workOf(context, input);
  if (work.length === 0 || work.length > rowsMax) {
    throw refuse(
      'invalid_request',
      `An import has 1 to ${rowsMax} rows; these are ${work.length}.`,
    );
  }
  await storage.lockImports(context.db);
  // Targets before rows, as workers lock them, so that neither waits for the other.
  const concerned = await storage.servicesConcerned(context.db, namedIn(input));
  await nudgeServices(context, concerned);
  const rows: ImportedRow[] = [];
  for (const row of work) rows.push(await outcomeOf(context, row));
  if (input.allOrNothing) refuseRefused(rows);
  await principals.addWanted(context.db, concerned, () => context.makeId('principal'), context.now);
  return { ...counts(rows), rows };
}

interface Row {
  section: Section;
  index: number;
  make: () => Promise<Imported>;
}

function workOf(context: Context, input: NewImport): Row[] {
  const section = <Given>(
    name: Section,
    given: Given[] | undefined,
    work: (row: Given) => Promise<Imported>,
  ): Row[] => (given ?? []).map((row, index) => ({ section: name, index, make: () => work(row) }));
  const { reason } = input;
  return [
    ...section('customers', input.customers, (row) => importCustomer(context, row)),
    ...section('accounts', input.accounts, (row) => importAccount(context, row, reason)),
    ...section('grants', input.grants, (row) => importGrant(context, row)),
    ...section('connections', input.connections, (row) => importConnection(context, row, reason)),
  ];
}

async function outcomeOf(context: Context, { section, index, make }: Row): Promise<ImportedRow> {
  try {
    const { id, outcome } = await attempt(context.db, make);
    return { section, index, outcome, id, error: null };
  } catch (error) {
    const refusal = error instanceof Refusal ? error : lostRace(error);
    if (!refusal) throw error;
    const { code, message: detail, command } = refusal;
    return { section, index, outcome: 'refused', id: null, error: { code, detail, command } };
  }
}

/** Members that a row leaves out stay as they are. */
async function importCustomer(context: Context, row: customers.NewCustomer): Promise<Imported> {
  const { externalId, ...members } = row;
  const same = kindOfId(externalId) ? null : await customerRows.find(context.db, externalId, null);
  if (!same) return { id: (await customers.create(context, row)).id, outcome: 'created' };
  await customers.getActive(context, same.id);
  if (!difference(same, members)) return { id: same.id, outcome: 'unchanged' };
  await customers.update(context, same.id, members);
  return { id: same.id, outcome: 'updated' };
}

async function importGrant(context: Context, row: grants.NewGrant): Promise<Imported> {
  const { customerId, endpointServiceId, ...terms } = row;
  const names = {
    customerId: (await customers.getActive(context, customerId)).id,
    endpointServiceId: (await endpointServices.get(context, endpointServiceId)).id,
  };
  const [same] = await grantRows.list(context.db, names, { limit: 1, after: null });
  if (!same) return { id: (await grants.create(context, row)).id, outcome: 'created' };
  if (!difference(same, grants.termsOf(context, same, terms))) {
    return { id: same.id, outcome: 'unchanged' };
  }
  await grants.update(context, same.id, terms);
  return { id: same.id, outcome: 'updated' };
}

function namedIn({ accounts = [], grants: granted = [], connections = [] }: NewImport) {
  return {
    endpointServices: granted.map(({ endpointServiceId }) => endpointServiceId),
    customers: [...accounts, ...connections].map(({ customerId }) => customerId),
    connections: connections.map(({ vpcEndpointId }) => vpcEndpointId),
  };
}

function refuseRefused(rows: ImportedRow[]): void {
  const fields = rows.flatMap(({ section, index, error }) =>
    error ? [{ pointer: `/${section}/${index}`, detail: `${error.code}: ${error.detail}` }] : [],
  );
  if (fields.length === 0) return;
  const detail = `${fields.length} of ${rows.length} rows would be refused: nothing was imported.`;
  throw refuse('import_refused', detail, { fields });
}

function counts(rows: ImportedRow[]): Omit<Import, 'rows'> {
  const count = (wanted: ImportedRow['outcome']) =>
    rows.filter(({ outcome }) => outcome === wanted).length;
  return {
    created: count('created'),
    updated: count('updated'),
    unchanged: count('unchanged'),
    refused: count('refused'),
  };
}
