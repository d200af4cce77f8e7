// What a customer notices of another one that asks for ten times its limit, and what it costs that
// the database itself keeps customers apart. Loopback only; it ends by itself.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { freePort, startService } from '../../examples/demo/processes.ts';
import { startGuard } from '../guard.ts';
import { median, type Figure } from './figure.ts';

/** Requests in ten seconds that one customer may send, as it is by itself. */
const limit = 200;
const settings = {
  SALLYPORT_RATE_LIMIT_KEY: `${limit}/10`,
  SALLYPORT_RATE_LIMIT_STAFF: 'off',
};
/** One in peace, one beside the neighbour, and so on. */
const turns = 6;
const turnMs = 10_000;
const victimPerSecond = 15;
const reads = 200;

export async function neighbourFigures(): Promise<Figure[]> {
  const directory = await mkdtemp(join(tmpdir(), 'sallyport-neighbours-'));
  const guard = await startGuard();
  guard.removes(directory);
  const service = await startService(directory, 'http://127.0.0.1:9', await freePort(), settings);
  guard.ends(service.pid);
  try {
    const operator = (await readFile(join(directory, 'data/operator.key'), 'utf8')).trim();
    const [quiet, loud] = [
      await makeCustomer(service.url, operator, 'quiet'),
      await makeCustomer(service.url, operator, 'loud'),
    ];
    return [
      await isolationFigure(service.url, operator, quiet),
      await neighbourFigure(service.url, quiet, loud),
    ];
  } finally {
    await service.stop('SIGTERM');
    await rm(directory, { recursive: true, force: true });
    await guard.release();
  }
}

async function makeCustomer(url: string, operator: string, name: string): Promise<string> {
  const post = async (path: string, body: object) => {
    const headers = { authorization: `Bearer ${operator}`, 'content-type': 'application/json' };
    const response = await fetch(url + path, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    return (await response.json()) as { secret: string };
  };
  await post('/v1/customers', { external_id: name, name });
  const key = await post('/v1/api-keys', { name, role: 'customer', customer_id: name });
  return key.secret;
}

/** The same get by staff, which the policies do not concern, and by the customer; by turns. */
async function isolationFigure(url: string, operator: string, customer: string): Promise<Figure> {
  const times = { operator: [] as number[], customer: [] as number[] };
  for (let n = 0; n < reads; n++) {
    times.operator.push((await timed(`${url}/v1/customers/quiet`, operator)).ms);
    times.customer.push((await timed(`${url}/v1/customers/quiet`, customer)).ms);
    // Beneath the limit, so that nothing is refused.
    await pause(60);
  }
  const [without, having] = [median(times.operator), median(times.customer)];
  return {
    name: 'An authenticated get of a customer',
    value: `${having.toFixed(2)} ms`,
    beside: `${without.toFixed(2)} ms by staff, without row-level security (medians)`,
  };
}

async function neighbourFigure(url: string, quiet: string, loud: string): Promise<Figure> {
  const calm: number[] = [];
  const beside: number[] = [];
  const told = { served: 0, refused: 0 };
  for (let turn = 0; turn < turns; turn++) {
    const noisy = turn % 2 === 1;
    const neighbour = noisy ? startNeighbour(url, loud) : null;
    // All of a limit may come at once; what counts is what comes after.
    await (noisy ? pause(4_000) : undefined);
    (noisy ? beside : calm).push(...(await askFor(url, quiet, turnMs)));
    const { served = 0, refused = 0 } = (await neighbour?.()) ?? {};
    told.served += served;
    told.refused += refused;
  }
  const [without, having] = [percentile(calm, 0.99), percentile(beside, 0.99)];
  const rise = Math.round((having / without - 1) * 100);
  return {
    name: 'p99 beside a neighbour at ten times its limit',
    value: `${having.toFixed(1)} ms`,
    beside:
      `${without.toFixed(1)} ms without it: ${rise < 0 ? '' : '+'}${rise} %, bound +10 %; it got ` +
      `${told.served} answers and ${told.refused} times 429`,
  };
}

/** Asks at an even pace and tells how long each answer took. */
async function askFor(url: string, key: string, ms: number): Promise<number[]> {
  const waiting: Promise<{ ms: number; status: number }>[] = [];
  const startedAt = performance.now();
  for (let n = 0; performance.now() - startedAt < ms; n++) {
    waiting.push(timed(`${url}/v1/accounts`, key));
    await pause(Math.max(0, startedAt + ((n + 1) * 1000) / victimPerSecond - performance.now()));
  }
  const answers = await Promise.all(waiting);
  const odd = answers.find(({ status }) => status !== 200);
  if (odd) throw new Error(`The quiet customer was answered ${odd.status}.`);
  return answers.map((answer) => answer.ms);
}

async function timed(address: string, key: string): Promise<{ ms: number; status: number }> {
  const startedAt = performance.now();
  const response = await fetch(address, { headers: { authorization: `Bearer ${key}` } });
  await response.arrayBuffer();
  return { ms: performance.now() - startedAt, status: response.status };
}

/** In a thread of its own, so that what it does itself does not delay whom it is compared with. */
function startNeighbour(url: string, key: string) {
  const perSecond = limit;
  const worker = new Worker(neighbourScript, { eval: true, workerData: { url, key, perSecond } });
  return () =>
    new Promise<{ served: number; refused: number }>((resolve, reject) => {
      worker.once('error', reject);
      worker.once('message', (told: { served: number; refused: number }) => {
        resolve(told);
        void worker.terminate();
      });
      worker.postMessage('stop', []);
    });
}

const neighbourScript = `
  const { parentPort, workerData: { url, key, perSecond } } = require('node:worker_threads');
  const http = require('node:http');
  const agent = new http.Agent({ keepAlive: true, maxSockets: 50 });
  const told = { served: 0, refused: 0 };
  const headers = { authorization: 'Bearer ' + key };
  const ask = () =>
    http.get(url + '/v1/accounts', { agent, headers }, (response) => {
      response.resume();
      told[response.statusCode === 429 ? 'refused' : 'served'] += 1;
    }).on('error', () => {});
  const startedAt = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    const due = ((performance.now() - startedAt) / 1000) * perSecond;
    while (sent < due) { ask(); sent += 1; }
  }, 5);
  parentPort.once('message', () => { clearInterval(timer); parentPort.postMessage(told); });
`;

function percentile(samples: readonly number[], part: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}
