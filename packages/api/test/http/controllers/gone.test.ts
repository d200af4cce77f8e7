// A change that finds what it refers to, while another transaction deletes just that: it waits, and
// is then answered as if it had come later.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi, type Api } from '../../harness.ts';
import { untilSomebodyWaits } from '../../storage/lock-wait.ts';
import { changeSamples, send, type Sending } from './requests.ts';
import { createWorld, hold, type Holdings, type World } from './world.ts';

let api: Api;
let world: World;
beforeAll(async () => {
  api = await startApi();
  world = await createWorld(api);
});
afterAll(() => api.close());

const tables = {
  acct: 'accounts',
  con: 'connections',
  dlv: 'deliveries',
  svc: 'endpoint_services',
} as const;

interface Made {
  sending: Sending;
  /** What the other transaction deletes. */
  deleted: string;
}

/** A sample about a service and a customer of its own. */
async function made(id: string, of: (own: World, holdings: Holdings) => string): Promise<Made> {
  const { scene } = world;
  const service = await scene.service();
  const acme = await hold(api, scene, service, await scene.customer());
  const own = { ...world, service, acme };
  return { sending: await changeSamples[id]!.make(own), deleted: of(own, acme) };
}

const ofService = (id: string) => made(id, ({ service }) => service.id);
const ofConnection = (id: string) => made(id, (_, { connection }) => connection.id);
const ofPath = async (id: string) => {
  const { sending } = await made(id, () => '');
  return { sending, deleted: sending.path.match(/(acct|con|dlv|svc)_\w{26}/g)!.at(-1)! };
};

const refused: [string, (id: string) => Promise<Made>][] = [
  ['createGrant', ofService],
  ['putGrant', ofService],
  ['createNote', ofConnection],
  ['createObservation', ofConnection],
  ['createObservationToken', ofPath],
  ['createChallenge', ofPath],
  ['deletePrivateDns', ofPath],
  ['redeliverEvent', ofPath],
];

it.each(refused)('when %s refers to what is deleted, that is not found', async (id, make) => {
  const { status, body } = await beside(await make(id));
  expect([status, body.code, body.detail]).toEqual([404, 'not_found', expect.any(String)]);
});

it.each(['attestAccount', 'attestAccounts', 'createImport'])(
  'when %s concerns a service that is deleted beside it, it is done all the same',
  async (id) => {
    const { status, body } = await beside(await ofService(id));
    expect([status, body.refused ?? 0]).toEqual([200, 0]);
  },
);

/** Sends it while the row is being deleted, and lets the deletion end once the request waits. */
async function beside({ sending, deleted }: Made): ReturnType<typeof send> {
  let answer: ReturnType<typeof send> | undefined;
  await api.db.transaction(async (tx) => {
    await tx.query('DELETE FROM grants WHERE endpoint_service_id = $1', [deleted]);
    const table = tables[deleted.split('_')[0] as keyof typeof tables];
    await tx.query(`DELETE FROM ${table} WHERE id = $1`, [deleted]);
    answer = send(api, 'operator', sending);
    await untilSomebodyWaits(api.db);
  });
  return answer!;
}
