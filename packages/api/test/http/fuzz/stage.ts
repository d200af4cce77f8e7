// A service whose database can be begun anew: for each history the same customers, each with one of
// everything, on a clock of its own.

import * as deployments from '../../../src/storage/deployments.ts';
import * as events from '../../../src/storage/events.ts';
import * as principals from '../../../src/storage/principals.ts';
import * as privateDns from '../../../src/storage/private-dns.ts';
import { createRequests, type Requests } from '../../../src/usecases/requests.ts';
import { createWaits } from '../../../src/usecases/waits.ts';
import { createAmbience, type Ambience } from '../../ambience.ts';
import { addCustomer, addKey, audience } from '../../harness.ts';
import { testSeals } from '../../secret-seals.ts';
import { temporaryDatabase } from '../../storage/postgres/temporary-database.ts';
import { createScene, type Scene } from '../../storage/scene.ts';
import { addObservationToken } from '../controllers/observation-requests.ts';
import { addDelivery, addInvite, hold } from '../controllers/world.ts';
import { startListener } from '../matrix/listeners.ts';
import type { Draw } from './draw.ts';
import { createStock, type Stock } from './stock.ts';
import type { Values } from './values.ts';

export interface Stage {
  origin: string;
  /** Throws everything away, and gives what there is at the beginning of each history. */
  begin: () => Promise<Begun>;
  close: () => Promise<void>;
}

export interface Begun extends Omit<Values, 'draw'> {
  /** What happens beside requests: AWS shows something, time goes by. */
  happen: (draw: Draw) => Promise<void>;
}

export async function startStage(): Promise<Stage> {
  const db = await temporaryDatabase();
  const tables = await emptyTables(db);
  // The audit log is begun anew as well, which the product refuses.
  for (const table of ['audit_entries', 'audit_unsealed', 'audit_sealed', 'audit_seals']) {
    await db.query(`DROP TRIGGER ${table}_not_truncated ON ${table}`);
  }
  let ambience = createAmbience();
  const requests: Requests = createRequests({
    database: db,
    now: () => ambience.clock.now(),
    makeId: (kind) => ambience.makeId(kind),
    random: (bytes) => ambience.random(bytes),
    audience: () => audience,
    secretSeals: testSeals,
  });
  // No time goes by while a request waits.
  const waits = createWaits({ db, pause: () => new Promise(setImmediate) });
  const makeId: Ambience['makeId'] = (kind) => ambience.makeId(kind);
  const listener = await startListener({ makeId }, requests, { waits });
  return {
    origin: listener.origin,
    begin: async () => {
      await db.query(`TRUNCATE ${tables.join()} RESTART IDENTITY CASCADE`);
      await db.query('UPDATE delivered_events SET position = 0');
      ambience = createAmbience();
      return populate({ ...ambience, db });
    },
    close: async () => {
      await listener.close();
      await db.close();
    },
  };
}

type Database = Awaited<ReturnType<typeof temporaryDatabase>>;
type Ground = Ambience & { db: Database };

/** Tables of which a migration has made no row. */
async function emptyTables(db: Database): Promise<string[]> {
  const tables = await db.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
  );
  const empty: string[] = [];
  for (const { name } of tables) {
    if ((await db.query(`SELECT 1 FROM ${name} LIMIT 1`)).length === 0) empty.push(name);
  }
  return empty;
}

async function populate(ground: Ground): Promise<Begun> {
  const { db, clock, makeId } = ground;
  const stock = createStock();
  const scene = createScene(db, ground);
  const service = await scene.service();
  await scene.showService(service);
  await privateDns.want(db, service.id, 'api.vendor.example', clock.now());
  await deployments.settle(db, makeId('deployment'));
  stock.secrets.push(await addKey(db, ground, 'operator', null));
  for (const name of ['acme', 'globex']) {
    const customer = await addCustomer(db, ground, name);
    const things = await hold(ground, scene, service, customer);
    const invite = await addInvite(ground, customer.id, `sallyport_invite_of_${name}`);
    stock.learn({
      ...things,
      external_id: name,
      secret: await addKey(db, ground, 'customer', customer.id),
    });
    stock.learn({ id: invite, customer_id: customer.id, token: `sallyport_invite_of_${name}` });
    stock.addPart(things.webhookId, things.deliveryId);
    const token = `sallyport_observation_of_${name}`;
    await addObservationToken(ground, things.connection, token);
    stock.learn({ token });
  }
  stock.secrets.push(await addKey(db, ground, 'support', null));
  stock.learn(service);
  const stage = { ground, scene, stock, service };
  await contest(stage);
  return {
    stock,
    now: clock.now,
    accountNumber: scene.accountNumber,
    happen: (draw) => draw.pick(happenings)(stage, draw),
  };
}

interface Setting {
  ground: Ground;
  scene: Scene;
  stock: Stock;
  service: Awaited<ReturnType<Scene['service']>>;
}

const happenings: ((setting: Setting, draw: Draw) => Promise<void>)[] = [
  async ({ ground }, draw) => ground.clock.advance(draw.pick([1_000, 60_000, 3_600_000])),
  async ({ ground }) => {
    while ((await events.publish(ground.db, () => ground.makeId('event'))) > 0);
  },
  connect,
  showByHand,
  contest,
  async ({ ground, stock }, draw) => {
    const webhook = stock.any(draw, 'webhook');
    const found = await ground.db.query('SELECT 1 FROM webhooks WHERE id = $1', [webhook]);
    if (found.length > 0)
      stock.addPart(webhook, await learned(stock, addDelivery(ground, webhook)));
  },
];

/** A customer's endpoint waits for a decision, on a service that is there whatever was deleted. */
async function connect({ scene, stock }: Setting): Promise<void> {
  const service = await scene.service();
  const customer = await scene.customer();
  const account = await scene.account(customer, 'proven');
  stock.learn([customer.id, account.id, account.accountId]);
  await scene.grant(customer, service);
  stock.learn(service);
  stock.learn(await scene.showConnection(service, { ownerAccountId: account.accountId }));
}

/** Other hands let somebody in. */
async function showByHand({ scene, stock }: Setting): Promise<void> {
  const own = await scene.service();
  const arn = `arn:aws:iam::${scene.accountNumber()}:root`;
  await scene.showPrincipals(own, [arn]);
  stock.learn([own.id, own.serviceId]);
  stock.add(arn, 'arn');
  stock.addPart(own.id, arn);
}

/** Other hands take away what is ours. */
async function contest({ ground, scene, stock }: Setting): Promise<void> {
  const own = await scene.service();
  const customer = await scene.customer();
  const { accountId } = await scene.account(customer, 'proven');
  await scene.grant(customer, own);
  const arn = `arn:aws:iam::${accountId}:root`;
  await principals.recordOwned(ground.db, own.id, [arn]);
  for (const shown of [[arn], [], []]) await scene.showPrincipals(own, shown);
  stock.learn((await principals.listAll(ground.db, own.id)).map(({ id }) => id));
}

async function learned(stock: Stock, made: Promise<string>): Promise<string> {
  const id = await made;
  stock.add(id);
  return id;
}
