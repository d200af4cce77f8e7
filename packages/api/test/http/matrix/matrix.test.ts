// Who may do what: every operation, by everybody, about what is one's own, another customer's and
// nobody's, as ledger.txt says. Each cell is a request over HTTP or several; what is wrong is told
// by the names of the cells.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bindings } from '../../../src/http/generated/bindings.ts';
import { forCustomers } from '../../../src/http/public-contract.ts';
import { spec, startApi, type Api } from '../../harness.ts';
import type { Sending } from '../controllers/requests.ts';
import { createWorld, tracesOf } from '../controllers/world.ts';
import { ask, telling, tried, wordFor, type Answer } from './answers.ts';
import { createCallers, type Callers } from './callers.ts';
import { callerNames, ledger, type CallerName, type Line, type Side } from './ledger.ts';
import { byFiltersAlone, byPoliciesAlone, startListener, type Listener } from './listeners.ts';
import {
  about,
  absentKey,
  byNaturalKeys,
  keysIn,
  ofAnotherKind,
  ofNothing,
  viewsOf,
  within,
  type View,
} from './requests.ts';

let api: Api;
let views: { acme: View; globex: View };
let callers: Callers;
/** Ids of the vendor's keys. */
let staff: string[];
let listeners: Record<'customers' | 'filters' | 'policies', Listener>;
beforeAll(async () => {
  api = await startApi();
  views = await viewsOf(await createWorld(api));
  callers = await createCallers(api);
  const ofStaff = `SELECT id FROM api_keys WHERE role <> 'customer'`;
  staff = (await api.db.query<{ id: string }>(ofStaff)).map(({ id }) => id);
  listeners = {
    customers: await startListener(api, api.requests, forCustomers({ spec, bindings })),
    filters: await startListener(api, byFiltersAlone(api.requests)),
    policies: await startListener(api, byPoliciesAlone(api.requests, api.globex.id)),
  };
});
afterAll(async () => {
  for (const listener of Object.values(listeners)) await listener.close();
  await api.close();
});

const lines = ledger.map((line, at) => [line.operationId, line, at] as const);
/** Those that are closed to customers for what is another's, and for nothing else. */
const theirs = lines.filter(([, { outcomes }]) => {
  const { own, foreign } = outcomes.customer;
  return foreign !== undefined && own !== foreign;
});
const lists = theirs.filter(([, { outcomes }]) => outcomes.customer.foreign === '[]');
const scoped = lines.filter(([, { scope }]) => scope !== null);
const isDone = (word: string) => word.startsWith('2') || word === '[]';

it('when the contract has an operation, the ledger has it, and no other one', () => {
  const operations = Object.values(spec.paths).flatMap((item) => Object.values(item));
  const ids = operations.map(({ operationId }) => operationId);
  expect(ledger.map(({ operationId }) => operationId)).toEqual(ids.sort());
});

describe('the ledger', () => {
  it.each(lines)('when %s is sent, each cell is as it says', async (_, line, turn) => {
    const cells = callerNames.flatMap((caller) =>
      line.sides.map((side) => ({ line, turn, caller, side, word: line.outcomes[caller][side]! })),
    );
    const made = await sendingsOf(line);
    const wrong: string[] = [];
    const before = await fingerprint();
    for (const cell of cells.filter(({ word }) => !isDone(word))) {
      const sendings = made(cell);
      const trials = isTried(cell) ? sendings.filter(isChange).map(tried) : [];
      wrong.push(...(await play(cell, [...sendings, ...trials])));
    }
    expect(wrong).toEqual([]);
    if (made(cells[0]!).some(isChange)) expect(await fingerprint()).toBe(before);
    for (const cell of cells.filter(({ word }) => isDone(word))) {
      const again = made(cell).some(isChange) ? await sendingsFor(line, cell) : made(cell);
      wrong.push(...(await play(cell, again)));
    }
    expect(wrong).toEqual([]);
  });

  it.each(scoped)('when %s is sent with a key of some scopes, its own counts', async (...given) => {
    const [id, { scope, outcomes }] = given;
    const [own] = (await about(views.acme, id)).map(tried);
    const others = scopes.filter((other) => !holds(other, scope!));
    const without = wordFor(await ask(api.origin, await callers.withScopes(others), own!));
    expect(`${id}, all scopes but its own: ${without}`).toBe(
      `${id}, all scopes but its own: insufficient_scope`,
    );
    const alone = wordFor(await ask(api.origin, await callers.withScopes([scope!]), own!));
    expect(`${id}, its own scope: ${alone}`).toBe(`${id}, its own scope: ${outcomes.operator.own}`);
  });

  it.each(lines)(
    'when %s is sent where customers are alone, it is as it says',
    async (id, line) => {
      const [own] = (await about(views.acme, id)).map(tried);
      const { origin } = listeners.customers;
      for (const caller of ['operator', 'customer'] as const) {
        const word = wordFor(await ask(origin, callers.authorizationOf(caller, 0), own!));
        const name = `${id}, listener, ${caller}`;
        expect(`${name}: ${word}`).toBe(`${name}: ${line.listener[caller]}`);
      }
    },
  );
});

describe('what is another customer’s', () => {
  it.each(theirs)('when %s names it, it is told as what is not there', async (_, line, turn) => {
    const caller = 'customer';
    const authorization = callers.authorizationOf(caller, turn);
    const sendings = await sendingsFor(line, { caller, side: 'foreign' });
    const [own] = await sendingsFor(line, { caller, side: 'own' });
    const changes = sendings.filter(isChange);
    const named = [
      ...sendings,
      ...changes.map(tried),
      ...changes.map(conditional),
      ...(await byNaturalKeys(api, sendings)),
    ];
    const pairs = [...named, ...sendings.map(ofAnotherKind)].flatMap((sending) => {
      const nothing = ofNothing(sending);
      const crossed = [within(own!, sending), within(own!, nothing)];
      return [[sending, nothing], ...(crossed[0] ? [crossed] : [])] as [Sending, Sending][];
    });
    for (const [sending, nothing] of pairs) {
      expect(nothing).not.toEqual(sending);
      const foreign = await ask(api.origin, authorization, sending);
      const absent = await ask(api.origin, authorization, nothing);
      const asked = keysIn(sending);
      const unknown = [...asked, ...asked.map(absentKey)];
      expect(telling(foreign, asked)).toEqual(telling(absent, unknown));
    }
  });

  it.each(lists)('when %s is not narrowed, it is not there', async (_, { operationId }) => {
    const [sending] = await about(views.acme, operationId);
    const path = sending!.path.replace(/\?.*/, '');
    for (const caller of ['customer', 'other'] as const) {
      const authorization = callers.authorizationOf(caller, 0);
      const answer = await ask(api.origin, authorization, { method: 'get', path });
      expect([wordFor(answer), leaksIn(caller, 'own', answer)]).toEqual(['200', []]);
    }
  });

  it.each(theirs)('when %s names its own by another name, it is there', async (_, line) => {
    const sendings = await sendingsFor(line, { caller: 'customer', side: 'own' });
    for (const sending of await byNaturalKeys(api, sendings)) {
      const answer = await ask(api.origin, callers.authorizationOf('customer', 0), sending);
      expect([sending, wordFor(answer)]).toEqual([sending, line.outcomes.customer.own]);
    }
  });

  it.each(theirs)(
    'when %s is sent with a key of other services, it is as another’s',
    async (id, line) => {
      const { own, foreign } = line.outcomes.customer;
      const word = ofTheWhole[id] ?? foreign!;
      for (const sending of await about(views.acme, id)) {
        const answer = await ask(api.origin, await callers.withoutServices(), tried(sending));
        expect([sending, wordFor(answer)]).toEqual([sending, word === 'own' ? own : word]);
      }
    },
  );

  it.each(theirs)('when %s names it, queries and policies each hide it alone', async (id, line) => {
    const sendings = await sendingsFor(line, { caller: 'customer', side: 'foreign' });
    const named = [...sendings, ...(await byNaturalKeys(api, sendings))];
    const { foreign } = line.outcomes.customer;
    const wrong: string[] = [];
    for (const guard of ['filters', 'policies'] as const) {
      for (const sending of named) {
        const { origin } = listeners[guard];
        const answer = await ask(origin, callers.authorizationOf('customer', 0), sending);
        const word = wordFor(answer);
        if (word !== foreign) wrong.push(`${id}, ${guard} alone: ${foreign} became ${word}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

/** What a customer's key still may when it shows none of the services that it is asked about. */
const ofTheWhole: Record<string, string> = {
  createAccount: 'own',
  createApiKey: 'own',
  createChallenge: 'own',
  createWebhook: 'insufficient_scope',
  deleteAccount: 'own',
  getAccount: 'own',
  getApiKey: 'own',
  getCustomer: 'own',
  getOperation: 'own',
  getProofRole: 'own',
  listAccounts: 'own',
  listApiKeys: 'own',
  listOperations: 'own',
  putAccount: 'own',
  revokeApiKey: 'own',
  rotateApiKey: 'insufficient_scope',
  submitProof: 'own',
};

interface Cell {
  line: Line;
  turn: number;
  caller: CallerName;
  side: Side;
  word: string;
}

/** @returns what is wrong, by the name of the cell */
async function play({ line, turn, caller, side, word }: Cell, sendings: Sending[]) {
  const authorization = callers.authorizationOf(caller, turn);
  const wrong: string[] = [];
  for (const sending of sendings) {
    const answer = await ask(api.origin, authorization, sending);
    const given = wordFor(answer);
    const name = `${line.operationId}, ${caller}, ${side}`;
    const { method, path } = sending;
    if (given !== word) wrong.push(`${name}: ${word} became ${given} (${method} ${path})`);
    if (caller === 'malformed' && word === '401' && !answer.text.includes('mistyped')) {
      wrong.push(`${name}: not told as mistyped`);
    }
    for (const leak of leaksIn(caller, side, answer)) wrong.push(`${name}: tells ${leak}`);
  }
  return wrong;
}

type Place = Pick<Cell, 'caller' | 'side'>;

/** What is sent for each cell of a line: made once for all that is refused. */
async function sendingsOf({ operationId }: Line): Promise<(place: Place) => Sending[]> {
  const made = {
    acme: await about(views.acme, operationId),
    globex: await about(views.globex, operationId),
  };
  return (place) => seenFrom(place, made[whose(place)]);
}

/** The same, made for a single cell. */
async function sendingsFor({ operationId }: Line, place: Place): Promise<Sending[]> {
  return seenFrom(place, await about(views[whose(place)], operationId));
}

function seenFrom({ side }: Place, sendings: Sending[]): Sending[] {
  return side === 'absent' ? sendings.map(ofNothing) : sendings;
}

function whose({ caller, side }: Place): 'acme' | 'globex' {
  return (caller === 'other') === (side === 'foreign') ? 'acme' : 'globex';
}

/** Who names a state learns nothing, either. */
function conditional(sending: Sending): Sending {
  return { ...sending, headers: { ...sending.headers, 'if-match': '"0123456789abcdef"' } };
}

/** Roles are asked for once, whatever a request names. */
function isTried({ word, side }: Cell): boolean {
  return word !== '401' && (word !== '403' || side === 'own');
}

const isChange = ({ method, asks }: Sending) => method !== 'get' && !asks;

/** What an answer about its own tells a customer of the other one, or of the vendor's people. */
function leaksIn(caller: CallerName, side: Side, { text, headers }: Answer): string[] {
  if (side !== 'own' || (caller !== 'customer' && caller !== 'other')) return [];
  const { acme, globex } = views.acme;
  const told = text + JSON.stringify(headers);
  const traces = [...tracesOf(caller === 'customer' ? globex : acme), ...staff];
  return traces.filter((trace) => told.includes(trace));
}

const scopes = [...new Set(ledger.flatMap(({ scope }) => scope ?? []))];

/** Who may change an area may also read it. */
function holds(scope: string, needed: string): boolean {
  return scope === needed || scope === needed.replace(/:read$/, ':write');
}

/** Of all rows of all tables. */
async function fingerprint(): Promise<string> {
  const tables = await api.db.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
  );
  const sums = tables.map(
    ({ name }) => `(SELECT coalesce(sum(hashtextextended(t::text, 0)), 0) FROM ${name} t)`,
  );
  const [row] = await api.db.query<{ sum: string }>(`SELECT concat_ws(',', ${sums.join()}) AS sum`);
  return row!.sum;
}
