// The process of the bounds: Fastify without anything, and `pg` without anything.

import Fastify from 'fastify';
import { Client } from 'pg';
import type { RawQuery, Task, Told } from './bound.ts';

const runId = Date.now().toString(36);
let executed = 0;

process.on('message', (task: Task) => {
  const done: Promise<Told> = 'serve' in task ? serve(task.serve) : query(task.query);
  void done.then((told) => process.send!(told));
});
process.once('disconnect', () => process.exit());

async function serve(body: string): Promise<Told> {
  const app = Fastify();
  const answer = JSON.parse(body) as object;
  app.get('/*', async () => answer);
  return { url: await app.listen({ port: 0, host: '127.0.0.1' }) };
}

async function query(raw: RawQuery): Promise<Told> {
  const times: number[] = [];
  const startedAt = performance.now();
  const until = startedAt + raw.ms;
  const loops = Array.from({ length: raw.connections }, () => repeat(raw, until, times));
  await Promise.all(loops);
  const seconds = (performance.now() - startedAt) / 1_000;
  times.sort((a, b) => a - b);
  const p99 = times[Math.floor((times.length - 1) * 0.99)] ?? Number.NaN;
  return { requests: times.length, perSecond: times.length / seconds, p99 };
}

async function repeat(raw: RawQuery, until: number, times: number[]): Promise<void> {
  const { connectionString, text, values } = raw;
  const client = new Client({ connectionString });
  await client.connect();
  for (let before = performance.now(); before < until; ) {
    executed += 1;
    const own = values.map((value) => value.replaceAll('#', `${runId}${executed}`));
    const { rowCount } = await client.query({
      name: 'bound',
      text,
      values: own,
      rowMode: 'array',
    });
    if (rowCount !== 1) throw new Error(`The bound's statement has had ${rowCount} rows.`);
    const now = performance.now();
    times.push(now - before);
    before = now;
  }
  await client.end();
}
