// What has to hold after a kill: what was acknowledged is there, everything has one audit entry,
// what was begun ends, and AWS has each effect once. All of it is seen from outside.

import { loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import type { AuditEntry, Effect, Operation, Principal, Run } from '@sallyport/sdk';
import type { Load, Tenant } from './crash-load.ts';
import type { Change, PersistentClient } from './persistent-client.ts';
import type { WitnessedAws } from './witnessed-aws.ts';

export interface Scene {
  client: PersistentClient;
  load: Load;
  aws: WitnessedAws;
  vendor: string;
}

/** Reads back what each of these changes made. */
export async function checkAcknowledged(
  client: PersistentClient,
  changes: Change[],
  how: string,
): Promise<void> {
  for (const change of changes) {
    const { path, expected } = whatIsLeftOf(change);
    expect(await client.read(path), `${change.requestId} after ${how}`).toMatchObject(expected);
  }
}

/** Each change has one audit entry, however often it was sent. */
export async function checkAudit(client: PersistentClient, changes: Change[]): Promise<void> {
  const wanted = new Set(changes.map(({ requestId }) => requestId));
  const since = await client.list<AuditEntry>('/v1/audit-entries');
  const found = since.flatMap(({ request_id: id }) => (id && wanted.has(id) ? [id] : []));
  expect(found.toSorted()).toEqual([...wanted].toSorted());
}

const settledWithinMs = 30_000;
const lookAgainMs = 250;

/** Waits until every operation and every effect has ended, and AWS is as wanted. */
export async function settle(scene: Scene): Promise<void> {
  const deadline = performance.now() + settledWithinMs;
  for (;;) {
    const open = await unsettled(scene);
    if (open.length === 0) break;
    if (performance.now() > deadline) {
      expect(open, `after ${settledWithinMs} ms; ${await evidence(scene)}`).toEqual([]);
    }
    await pause(lookAgainMs);
  }
  const { load, client } = scene;
  for (const tenant of load.tenants) tenant.isIn = !tenant.leaves;
  const failed = await client.list<Operation>('/v1/operations?state=failed');
  expect(failed).toEqual([]);
}

/** What a person needs to see why it does not settle. */
async function evidence({ client }: Scene): Promise<string> {
  const targets = await client.list('/v1/reconcile-targets');
  const principals = await client.list<Principal>('/v1/principals');
  const effects = await client.list<Effect>('/v1/effects');
  const moving = principals.filter(({ state }) => state !== 'allowed');
  // Those that failed are told here too, with the reason, long after a later one went well.
  const runs = await client.list<Run>('/v1/runs');
  const last = { effects: effects.slice(0, 20), runs: runs.slice(0, 40) };
  return JSON.stringify({ load: loadavg(), targets, moving, ...last }, null, 1);
}

/** Nothing was done to the same thing twice. */
export function checkDeeds({ aws, vendor, load }: Scene): void {
  const deeds = aws.deeds(vendor);
  const twice = [...deeds].filter(([, times]) => times > 1);
  expect(twice).toEqual([]);
  const services = [...aws.simulator.world.endpointServices.values()];
  expect(services.filter(({ account }) => account === vendor)).toHaveLength(load.services.length);
}

/** Where a change can be seen afterwards, and as what. */
function whatIsLeftOf({ method, path, body, answer }: Change): { path: string; expected: object } {
  const { id } = answer!.body;
  if (method === 'PATCH') return { path, expected: body! };
  if (/\/(reconcile|offboard)$/.test(path)) {
    return { path: `/v1/operations/${id}`, expected: { id, kind: answer!.body['kind'] } };
  }
  if (path.endsWith('/attest')) {
    return { path: `/v1/accounts/${id}`, expected: { standing: 'attested' } };
  }
  const { name: _, ...lasting } = body as Record<string, unknown>;
  // What a service was made of is told as AWS shows it.
  const expected = path === '/v1/endpoint-services' ? { id } : { id, ...lasting };
  return { path: `${path}/${id}`, expected };
}

/** What is not yet as it should be, in words. */
async function unsettled({ client, load, aws, vendor }: Scene): Promise<string[]> {
  const operations = await client.list<Operation>('/v1/operations?state=running');
  if (operations.length > 0) return operations.map(({ id, kind }) => `${kind} ${id} is running`);
  const effects = await client.list<Effect>('/v1/effects?outcome=open');
  if (effects.length > 0) return effects.map(({ id, action }) => `${action} ${id} is open`);
  const { world } = aws.simulator;
  const services = [...world.endpointServices.values()].filter(({ account }) => account === vendor);
  const open = services.length < load.services.length ? ['a service is to be made'] : [];
  for (const service of services) {
    const tenants = load.tenants.filter(({ service: { loadBalancerArn } }) =>
      service.loadBalancerArns.includes(loadBalancerArn),
    );
    const wanted = tenants.filter(({ leaves }) => !leaves).map(rootOf);
    const allowed = [...service.permissions.keys()];
    open.push(...wanted.filter((arn) => !allowed.includes(arn)).map((arn) => `${arn} is missing`));
    open.push(...allowed.filter((arn) => !wanted.includes(arn)).map((arn) => `${arn} is left`));
    for (const { endpoints, leaves } of tenants) {
      const state = leaves ? 'rejected' : 'available';
      const others = endpoints.filter((id) => world.endpoints.get(id)?.state !== state);
      open.push(...others.map((id) => `${id} is not ${state}`));
    }
  }
  return open;
}

function rootOf({ accountId }: Tenant): string {
  return `arn:aws:iam::${accountId}:root`;
}
