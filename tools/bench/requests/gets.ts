// An authenticated GET, beside the least that does the same: a program of Fastify and `pg` that has
// one route, and reads the key and the customer by one prepared statement. Compared is the CPU time
// of the one process, which is what limits a core that has nothing else to do.

import assert from 'node:assert/strict';
import { median, type Figure } from '../figure.ts';
import { cpuSeconds } from './cpu.ts';
import type { RequestScene } from './scene.ts';

const connections = 64;
const turnMs = 600;
const turns = 15;
/** As many as the service has open. */
const databaseConnections = 10;
const path = '/v1/customers/quiet';

const bothRows = `
  SELECT k.id AS key_id, k.role AS key_role, k.customer_id AS key_customer_id,
    k.scopes AS key_scopes, k.expires_at AS key_expires_at, t.*
  FROM api_keys k, customers t WHERE k.hash = $1 AND t.external_id = $2`;

/** What came of one turn. */
interface Turn {
  /** Of each request. */
  cpuMicroseconds: number;
  perSecond: number;
  p99: number;
}

export async function getFigures(scene: RequestScene): Promise<Figure[]> {
  const bare = await bareAddresses(scene);
  const [staff, customer] = [[] as Turn[], [] as Turn[]];
  const [together, apart] = [[] as number[], [] as number[]];
  const measure = async () => {
    staff.push(await get(scene, scene.operatorKey));
    customer.push(await get(scene, scene.customerKey));
    await scene.without(async () => {
      const { cpuMicroseconds } = await get(scene, scene.operatorKey, bare.together);
      together.push(cpuMicroseconds);
      apart.push(await sumOfParts(scene, bare.answering));
    });
  };
  // What is compiled while it runs the first time counts for nobody.
  await measure();
  for (const turnsOf of [staff, customer, together, apart]) turnsOf.length = 0;
  for (let turn = 0; turn < turns; turn++) await measure();
  return [
    getFigure('Authenticated GET by staff', staff, { together, apart }, ', goal ≥ 70 %'),
    getFigure('… by a customer, with row-level security', customer, { together, apart }, ''),
  ];
}

/**
 * Compared by their lower quartiles: other work on the machine, which empties caches and shares
 * cores, adds to what a turn has used, and takes nothing from it.
 */
function getFigure(
  name: string,
  measured: Turn[],
  { together, apart }: { together: number[]; apart: number[] },
  goal: string,
): Figure {
  const costs = measured.map(({ cpuMicroseconds }) => cpuMicroseconds);
  const [took, least, sum] = [lowerQuartile(costs), lowerQuartile(together), lowerQuartile(apart)];
  const share = (bound: number) => Math.round((bound / took) * 100);
  const [used, bound, parts] = [took, least, sum].map(Math.round);
  const perSecond = Math.round(median(measured.map((turn) => turn.perSecond)));
  const p99 = median(measured.map((turn) => turn.p99));
  return {
    name,
    value: `${share(least)} %`,
    beside:
      `of the bound, bare Fastify with raw pg on the same rows${goal}: ${used} µs of CPU for ` +
      `${bound} µs (${share(sum)} % of the two each by itself, ${parts} µs); ${perSecond}/s ` +
      `here, p99 ${p99.toFixed(1)} ms`,
  };
}

async function get(scene: RequestScene, key: string, url = scene.url): Promise<Turn> {
  const pid = url === scene.url ? scene.pid : scene.bound.pid;
  return during(pid, () => scene.load({ url, path, key, connections, ms: turnMs }));
}

/**
 * Fastify that answers what it has in memory, and `pg` that has nothing but statements to send:
 * both as busy as can be, so that each look at a socket finds much. No program that does both is.
 */
async function sumOfParts(scene: RequestScene, answering: string): Promise<number> {
  const { bound, connectionString } = scene;
  const served = await get(scene, scene.operatorKey, answering);
  const { rows } = await scene.tables.query<{ hash: string }>(
    `SELECT hash FROM api_keys WHERE name = 'quiet'`,
  );
  const read = await during(bound.pid, () =>
    bound.query({
      connectionString,
      text: bothRows,
      values: [rows[0]!.hash, 'quiet'],
      connections: databaseConnections,
      ms: turnMs,
    }),
  );
  return served.cpuMicroseconds + read.cpuMicroseconds;
}

async function during(
  pid: number,
  work: () => Promise<{ requests: number; perSecond: number; p99: number }>,
): Promise<Turn> {
  const before = cpuSeconds(pid);
  const { requests, perSecond, p99 } = await work();
  const after = cpuSeconds(pid);
  // Where the system does not tell, a core that is all of this process's makes it the same.
  const cpu = before === null || after === null ? 1 / perSecond : (after - before) / requests;
  return { cpuMicroseconds: cpu * 1e6, perSecond, p99 };
}

/** Where the bounds answer what the service does. @throws AssertionError when they do not */
async function bareAddresses({ url, operatorKey, bound, connectionString }: RequestScene) {
  const headers = { authorization: `Bearer ${operatorKey}` };
  const answerOf = async (address: string) => {
    return (await fetch(address + path, { headers })).json() as Promise<object>;
  };
  const body = await answerOf(url);
  const raw = { connectionString, text: bothRows, connections: databaseConnections };
  const together = await bound.get(raw);
  assert.deepEqual(await answerOf(together), body, 'The bound answers something else.');
  return { together, answering: await bound.answer(JSON.stringify(body)) };
}

function lowerQuartile(samples: readonly number[]): number {
  return samples.toSorted((a, b) => a - b)[Math.floor(samples.length / 4)] ?? Number.NaN;
}
