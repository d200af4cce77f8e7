// Who asks over connections that many share gets their own answer, as who they are, whatever fails
// beside it: texts, values, whole connections.
//
// 300 askings for each way of preparing; with SALLYPORT_TEST_LONG=1 there are 30 000. The seed is
// told: SALLYPORT_TEST_SEED asks the same again, as far as real time allows.

import { randomInt } from 'node:crypto';
import { DatabaseError } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createChoice } from '../../../../../tools/simulate/choice.ts';
import type { Prepares } from '../../../src/storage/postgres/asking.ts';
import {
  openDatabase,
  type Queryable,
  type QueryOptions,
} from '../../../src/storage/postgres/database.ts';
import {
  DatabaseUnavailableError,
  UnsendableValueError,
} from '../../../src/storage/postgres/errors.ts';
import { customerRole, viewOf, withView } from '../../../src/storage/postgres/tenancy.ts';
import { temporaryDatabase, type TemporaryDatabase } from './temporary-database.ts';

const isLong = process.env['SALLYPORT_TEST_LONG'] === '1';
const askings = isLong ? 30_000 : 300;
const askers = 30;
const seed = Number(process.env['SALLYPORT_TEST_SEED'] ?? randomInt(1_000_000));
const choice = createChoice(seed);

let db: TemporaryDatabase;
beforeAll(async () => {
  const some = isLong ? '' : '; 300 of 30 000 askings';
  process.stderr.write(`Mixed answers: SALLYPORT_TEST_SEED=${seed}${some}\n`);
  db = await temporaryDatabase();
});
afterAll(() => db.close());

/** Null is the service. */
type Asker = string | null;
const tenancyOf = (customerId: string) => ({ customerId, serviceIds: [] });

const texts = [1, 2, 3, 4].map(
  (text) => `select ${text} as text, $1::int as value, current_user as role,
    nullif(current_setting('sallyport.customer', true), '') as customer`,
);

/** Each fails, at Parse, at Bind, at Execute, or here, before it is sent or when it is read. */
const failures: [text: string, value: unknown][] = [
  ['selec $1', 1],
  ['select * from nowhere where id = $1', 1],
  ['select $1::int', 'x'],
  ['select 1 / $1::int', 0],
  ['select $1::text', 1n],
  ['select $1::int8', '9007199254740993'],
];

async function askAs(asker: Asker, db: Queryable, options: QueryOptions): Promise<void> {
  const [text, value] = [choice.below(texts.length), choice.below(1_000_000)];
  const rows = await db.query<{ role: string }>(texts[text]!, [value], options);
  const role = asker === null ? expect.not.stringMatching(customerRole) : customerRole;
  // What the service does within a change knows whose it is.
  const whose = asker === null ? {} : { customer: asker };
  expect(rows).toMatchObject([{ text: text + 1, value, role, ...whose }]);
}

const fail = (db: Queryable, options: QueryOptions) => {
  const [text, value] = choice.of(failures);
  return db.query(text, [value], options);
};

/** One statement by itself, most often a look-up. */
async function ask(one: ReturnType<typeof openDatabase>): Promise<void> {
  const asker = choice.of<Asker>([null, 'cus_a', 'cus_b']);
  const from = asker === null ? one : viewOf(one, tenancyOf(asker));
  const options = choice.of<QueryOptions>([{ lookUp: true }, { lookUp: true }, {}]);
  await (choice.chance(0.2) ? fail(from, options) : askAs(asker, from, options));
}

/** Some statements in a customer's transaction, of which the service makes a few. */
async function change(one: ReturnType<typeof openDatabase>): Promise<void> {
  const customer = choice.of(['cus_a', 'cus_b']);
  await one.transaction((tx) =>
    withView(tx, tenancyOf(customer), async (view) => {
      for (let asked = 0; asked < 4; asked++) {
        const options = choice.of<QueryOptions>([{ lookUp: true }, {}]);
        if (choice.chance(0.05)) await fail(view, { ...options, unheard: choice.chance(0.5) });
        if (choice.chance(0.3)) await view.asService((all) => askAs(null, all, options));
        else await askAs(customer, view, options);
      }
    }),
  );
}

/** What failed for a reason that was made; an answer that is another's is thrown on. */
function isMade(error: unknown): boolean {
  if (error instanceof DatabaseError) return error.code !== '25P02';
  return error instanceof DatabaseUnavailableError || error instanceof UnsendableValueError;
}

it.each<Prepares>(['marked', 'all', 'none'])(
  'when statements, values and connections fail, all others get their own answers (%s)',
  { timeout: 120_000 },
  async (prepares) => {
    const applicationName = `mixed ${prepares}`;
    const { connectionString } = db;
    const one = openDatabase({ connectionString, poolSize: 4, prepares, applicationName });
    let left = askings;
    let answered = 0;
    const asking = Array.from({ length: askers }, async () => {
      while (left-- > 0) {
        const asked = choice.chance(0.2) ? change(one) : ask(one);
        await asked.then(
          () => (answered += 1),
          (error: unknown) => {
            if (!isMade(error)) throw error;
          },
        );
        if (choice.chance(0.02)) await disturb(applicationName);
      }
    });
    await Promise.all(asking);
    const { open, idle } = one.usage();
    expect(idle).toBe(open);
    expect(answered).toBeGreaterThan(askings / 2);
    await one.close();
  },
);

/** Cancels what some connections are at, or ends one. */
async function disturb(applicationName: string): Promise<void> {
  const does = choice.chance(0.8) ? 'pg_cancel_backend' : 'pg_terminate_backend';
  await db.query(`select ${does}(pid) from pg_stat_activity where application_name = $1 limit $2`, [
    applicationName,
    does === 'pg_cancel_backend' ? 4 : 1,
  ]);
}
