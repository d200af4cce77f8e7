// The process of the bounds: Fastify without anything, `pg` without anything, and the two together.

import { hash } from 'node:crypto';
import Fastify from 'fastify';
import { Client, Pool } from 'pg';
import type { RawGet, RawQuery, Task, Told } from './bound.ts';

const runId = Date.now().toString(36);
let executed = 0;

process.on('message', (task: Task) => {
  void perform(task).then((told) => process.send!(told));
});
process.once('disconnect', () => process.exit());

function perform(task: Task): Promise<Told> {
  if ('answer' in task) return answer(task.answer);
  return 'get' in task ? get(task.get) : query(task.query);
}

async function answer(body: string): Promise<Told> {
  const app = Fastify();
  const document = JSON.parse(body) as object;
  app.get('/*', async () => document);
  return { url: await app.listen({ port: 0, host: '127.0.0.1' }) };
}

interface BothRows {
  key_id: string;
  key_role: string;
  key_scopes: string[];
  key_customer_id: string | null;
  key_expires_at: Date | null;
}

async function get({ connectionString, text, connections }: RawGet): Promise<Told> {
  const pool = new Pool({ connectionString, max: connections });
  const app = Fastify();
  app.get<{ Params: { id: string } }>('/v1/customers/:id', async (request, reply) => {
    const secret = request.headers.authorization?.replace('Bearer ', '') ?? '';
    const values = [hash('sha256', secret), request.params.id];
    const { rows } = await pool.query<BothRows>({ name: 'bound', text, values });
    if (rows.length === 0) return reply.code(401).send({});
    const {
      key_id: _id,
      key_role: _role,
      key_scopes: _scopes,
      key_customer_id: _customer,
      key_expires_at: _expires,
      ...customer
    } = rows[0]!;
    return customer;
  });
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
