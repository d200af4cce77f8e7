// What comes in by HTTP, seen below it: a request that is sent again, customers who look around.

import { Refusal } from '../../../packages/api/src/domain/errors.ts';
import * as accounts from '../../../packages/api/src/usecases/accounts.ts';
import * as connections from '../../../packages/api/src/usecases/connections.ts';
import type { Context } from '../../../packages/api/src/usecases/context.ts';
import * as customers from '../../../packages/api/src/usecases/customers.ts';
import * as grants from '../../../packages/api/src/usecases/grants.ts';
import * as operations from '../../../packages/api/src/usecases/operations.ts';
import * as principals from '../../../packages/api/src/usecases/principals.ts';
import { customerCaller } from '../../../packages/api/test/reconcile/operator.ts';
import { owns, type Facts } from '../facts.ts';
import type { Scene, Tenant } from '../scene.ts';

/** The answer got lost, or so the caller thinks. */
export async function sendAgain(scene: Scene): Promise<string> {
  const { choice, sent, shown } = scene;
  if (!sent) {
    const idempotencyKey = `key-${choice.below(1_000_000)}`;
    scene.sent = { idempotencyKey, body: await create(scene, idempotencyKey, 'the same') };
    return `a customer is created under ${idempotencyKey}`;
  }
  const { idempotencyKey, body } = sent;
  if (choice.chance(0.3)) {
    const other = await create(scene, idempotencyKey, 'another').catch(refusalOf);
    if (other !== 'idempotency_mismatch') shown.twice.push('Another request got an answer.');
    return `another request comes under ${idempotencyKey}`;
  }
  const again = JSON.stringify(await create(scene, idempotencyKey, 'the same').catch(refusalOf));
  if (again !== JSON.stringify(body)) shown.twice.push(`${JSON.stringify(body)}, then ${again}`);
  return `the request under ${idempotencyKey} comes again`;
}

/** Each time it is run it makes another customer. */
async function create({ requests }: Scene, idempotencyKey: string, name: string): Promise<unknown> {
  const caller = { id: 'key_operator', role: 'operator', customerId: null } as const;
  const facts = { caller, requestId: 'req_1', changeRef: null, validateOnly: false };
  const request = { ...facts, idempotencyKey, fingerprint: name };
  const { body } = await requests.change(request, async (context) => {
    const externalId = `again-${context.makeId('request')}`;
    return { status: 201, body: await customers.create(context, { externalId, name }) };
  });
  return body;
}

/** Everything that it can list, and what it is told of things of others that it names. */
export async function lookAround(scene: Scene): Promise<string> {
  const { stage, choice, tenants, facts, shown } = scene;
  const tenant = choice.of(tenants);
  const { id } = tenant.customer;
  await stage.change(async (context) => {
    for (const row of await listed(context)) {
      if (!isOf(facts, id, row)) shown.foreign.push(`${id} sees ${JSON.stringify(row)}`);
    }
    for (const [name, get] of namesOfOthers(scene, tenant)) {
      const told = await answerTo(name, get, context);
      const absent = await answerTo(likeNone(name), get, context);
      if (told !== absent) shown.foreign.push(`${id} is told of ${name}: ${told}`);
    }
  }, customerCaller(tenant.customer));
  return `${tenant.accountId} looks around`;
}

interface Row {
  kind: string;
  id: string;
  /** Whose it is: customers by id, or an account by number. */
  owners: (string | null)[];
}

const page = { limit: 200, after: null };
/** Of the same form, and of nothing that there is. */
const likeNone = (name: string) => `${name.slice(0, -6)}000000`;

async function listed(context: Context): Promise<Row[]> {
  const ofCustomer = (kind: string) => (row: { id: string; customerId: string | null }) => {
    return { kind, id: row.id, owners: [row.customerId] };
  };
  return [
    ...(await grants.list(context, {}, page)).items.map(ofCustomer('grant')),
    ...(await accounts.list(context, {}, page)).items.map(ofCustomer('account')),
    ...(await operations.list(context, {}, page)).items.map(ofCustomer('operation')),
    ...(await connections.list(context, {}, page)).items.map(({ id, ownerAccountId }) => {
      return { kind: 'connection', id, owners: [ownerAccountId] };
    }),
    ...(await principals.list(context, {}, page)).items.map(({ id, arn }) => {
      return { kind: 'principal', id, owners: [arn.split(':')[4]!] };
    }),
  ];
}

function isOf({ accounts: all }: Facts, customerId: string, row: Row): boolean {
  const own = all.filter((account) => account.customerId === customerId);
  const mine = new Set([
    customerId,
    ...own.filter(({ standing }) => owns(standing)).map(({ accountId }) => accountId),
  ]);
  return row.owners.length > 0 && row.owners.every((owner) => owner !== null && mine.has(owner));
}

type Get = (context: Context, name: string) => Promise<unknown>;

function namesOfOthers({ facts, tenants }: Scene, { customer }: Tenant): [string, Get][] {
  const others = tenants.filter((tenant) => tenant.customer.id !== customer.id);
  return [
    ...facts.connections
      .filter(({ owner }) => !isOf(facts, customer.id, { kind: '', id: '', owners: [owner] }))
      .map(({ vpcEndpointId }): [string, Get] => [vpcEndpointId, connections.get]),
    ...facts.grants
      .filter(({ customerId }) => customerId !== customer.id)
      .map(({ id }): [string, Get] => [id, grants.get]),
    ...others.map(({ account }): [string, Get] => [account.id, accounts.get]),
    ...others.map((other): [string, Get] => [other.customer.id, customers.get]),
  ];
}

/** What a caller is told, without the name that it gave itself. */
async function answerTo(name: string, get: Get, context: Context): Promise<string> {
  try {
    return JSON.stringify(await get(context, name));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return `${error.code} ${error.message.replaceAll(name, '')}`;
  }
}

function refusalOf(error: unknown): string {
  if (error instanceof Refusal) return error.code;
  throw error;
}
