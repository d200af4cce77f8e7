// An authenticated GET, beside the least that it could cost: Fastify that does nothing else, and
// one statement of `pg` that reads the same two rows, those of the key and of the resource.
// Compared is the CPU time of the one process, which is what limits a core that has nothing else
// to do.

import { median, type Figure } from '../figure.ts';
import { cpuSeconds } from './cpu.ts';
import type { RequestScene } from './scene.ts';

const connections = 64;
const turnMs = 1_000;
const turns = 9;
/** As many as the service has open. */
const databaseConnections = 10;
const path = '/v1/customers/quiet';

const bothRows = `
  SELECT k.id, k.name, k.role, k.customer_id, k.scopes, k.endpoint_service_ids, k.expires_at,
    k.last_used_at, t.*
  FROM api_keys k, customers t WHERE k.hash = $1 AND t.external_id = $2`;

/** What came of one turn. */
interface Turn {
  /** Of each request. */
  cpuMicroseconds: number;
  perSecond: number;
  p99: number;
}

export async function getFigures(scene: RequestScene): Promise<Figure[]> {
  const bare = await bareAddress(scene);
  const [staff, customer] = [[] as Turn[], [] as Turn[]];
  const bounds: number[] = [];
  await get(scene, scene.operatorKey);
  for (let turn = 0; turn < turns; turn++) {
    staff.push(await get(scene, scene.operatorKey));
    customer.push(await get(scene, scene.customerKey));
    bounds.push(await scene.without(() => least(scene, bare)));
  }
  return [
    getFigure('Authenticated GET by staff', staff, bounds, ', goal ≥ 70 %'),
    getFigure('… by a customer, with row-level security', customer, bounds, ''),
  ];
}

/** Compared turn by turn, as the machine may be another one in the next. */
function getFigure(name: string, measured: Turn[], bounds: number[], goal: string): Figure {
  const shares = measured.map(({ cpuMicroseconds }, turn) => bounds[turn]! / cpuMicroseconds);
  const bound = median(bounds);
  const took = median(measured.map(({ cpuMicroseconds }) => cpuMicroseconds));
  const perSecond = Math.round(median(measured.map((turn) => turn.perSecond)));
  const p99 = median(measured.map((turn) => turn.p99));
  return {
    name,
    value: `${Math.round(median(shares) * 100)} %`,
    beside:
      `of the bound, bare Fastify and raw pg on the same rows${goal}: ${Math.round(took)} µs of ` +
      `CPU for ${Math.round(bound)} µs; ${perSecond}/s here, p99 ${p99.toFixed(1)} ms`,
  };
}

async function get(scene: RequestScene, key: string, url = scene.url): Promise<Turn> {
  const pid = url === scene.url ? scene.pid : scene.bound.pid;
  return during(pid, () => scene.load({ url, path, key, connections, ms: turnMs }));
}

/** In microseconds. */
async function least(scene: RequestScene, bare: string): Promise<number> {
  const { bound, connectionString } = scene;
  const served = await get(scene, scene.operatorKey, bare);
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

async function bareAddress({ url, operatorKey, bound }: RequestScene): Promise<string> {
  const headers = { authorization: `Bearer ${operatorKey}` };
  return bound.serve(await (await fetch(url + path, { headers })).text());
}
