// A durable write, with its audit entry, its event and its answer under an idempotency key, beside
// one statement of `pg` that inserts the same rows in one transaction of its own.

import { median, type Figure } from '../figure.ts';
import type { RequestScene } from './scene.ts';

const connections = 64;
const turnMs = 1_500;
const turns = 5;
const databaseConnections = 10;

const customer = JSON.stringify({ name: 'Bench', metadata: { plan: 'gold' } });
/** About what the service stores of a customer that is new, and of its answer. */
const [entry, sealed] = ['x'.repeat(430), 'x'.repeat(460)];
const sameRows = `
  WITH customer AS (
    INSERT INTO customers (id, external_id, name, state, metadata, created_at, updated_at)
    VALUES ('cus_' || $1, $1, 'Bench', 'active', $2, now(), now())),
  entry AS (
    INSERT INTO audit_entries (id, at, actor, action, subject_id, customer_id, after, request_id)
    VALUES ('aud_' || $1, now(), 'key_bench', 'createCustomer', 'cus_' || $1, 'cus_' || $1,
      jsonb_build_object('x', $3::text), 'req_' || $1)),
  told AS (
    INSERT INTO event_outbox (at, type, subject_id, customer_id, after)
    VALUES (now(), 'customer.created', 'cus_' || $1, 'cus_' || $1, 'active'))
  INSERT INTO idempotency_keys (key, fingerprint, status, sealed, created_at)
  VALUES ($1, $1, 201, convert_to($4, 'utf8'), now())`;

export async function writeFigures(scene: RequestScene): Promise<Figure[]> {
  const { operatorKey, connectionString, bound } = scene;
  const body = '{"external_id":"bench-#","name":"Bench","metadata":{"plan":"gold"}}';
  const load = { path: '/v1/customers', key: operatorKey, body, connections, ms: turnMs };
  const values = ['raw-#', customer, entry, sealed];
  const text = sameRows;
  const raw = { connectionString, text, values, connections: databaseConnections, ms: turnMs };
  const [writes, bounds] = [[] as number[], [] as number[]];
  const [p99, boundP99] = [[] as number[], [] as number[]];
  for (let turn = 0; turn < turns; turn++) {
    await scene.rest();
    const written = await scene.load(load);
    writes.push(written.perSecond);
    p99.push(written.p99);
    await scene.rest();
    const least = await scene.without(() => bound.query(raw));
    bounds.push(least.perSecond);
    boundP99.push(least.p99);
  }
  await scene.rest();
  const [rate, least] = [median(writes), median(bounds)].map(Math.round) as [number, number];
  const share = median(writes.map((written, turn) => written / bounds[turn]!));
  return [
    {
      name: 'Durable write, p99',
      value: `${median(p99).toFixed(1)} ms`,
      beside:
        `${connections} at once: state, audit entry, event and idempotency key, fsync on; ` +
        `raw pg ${median(boundP99).toFixed(1)} ms, ${databaseConnections} at once`,
    },
    {
      name: 'Durable writes on one core',
      value: `${Math.round(share * 100)} %`,
      beside: `of the same rows by raw pg in one statement: ${rate}/s of ${least}/s`,
    },
  ];
}
