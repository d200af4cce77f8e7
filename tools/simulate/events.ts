// What can happen in a history: operators, customers and other hands act, time passes, workers die.

import { Refusal } from '../../packages/api/src/domain/errors.ts';
import * as connections from '../../packages/api/src/usecases/connections.ts';
import * as offboardings from '../../packages/api/src/usecases/offboardings.ts';
import * as endpointServices from '../../packages/api/src/usecases/endpoint-services.ts';
import * as grants from '../../packages/api/src/usecases/grants.ts';
import * as privateDns from '../../packages/api/src/usecases/private-dns.ts';
import { mortal } from '../../packages/api/test/reconcile/mortality.ts';
import { attest, awsIdOf, type Scene } from './scene.ts';

/** Does something, or nothing when it makes no sense now, and tells what in a few words. */
type Event = (scene: Scene) => Promise<string>;

/** The number is how often an event comes up beside the others. */
const events: [weight: number, event: Event][] = [
  [6, passTime],
  [3, killWorker],
  [3, grantOrTakeAway],
  [4, connect],
  [2, deleteEndpoint],
  [2, decide],
  [2, switchMode],
  [2, changeByHand],
  [2, wantPrivateDns],
  [1, vouch],
  [1, offboard],
  [2, changeTrouble],
];

const total = events.reduce((sum, [weight]) => sum + weight, 0);

/** Lets one event happen. A refusal is an answer like any other. */
export async function happen(scene: Scene): Promise<string> {
  let drawn = scene.choice.below(total);
  const [, event] = events.find(([weight]) => (drawn -= weight) < 0)!;
  try {
    return await event(scene);
  } catch (error) {
    if (error instanceof Refusal) return `refused: ${error.code}`;
    // AWS's refusals to a customer or to other hands come as errors of the SDK.
    if (error instanceof Error && '$metadata' in error) return `AWS refused: ${error.name}`;
    throw error;
  }
}

async function passTime({ stage, choice }: Scene): Promise<string> {
  const ms = 100 + choice.below(6_000);
  await stage.pass(ms);
  return `${ms} ms pass`;
}

/** A worker dies at some deed; after its lease has ended, another one goes on. */
async function killWorker({ stage, choice }: Scene): Promise<string> {
  const deed = choice.below(40);
  const { worker, life } = mortal({ ...stage.worker, name: 'mortal' }, deed);
  await stage.pass(1_500, worker).catch((error: unknown) => {
    if (!life.dead) throw error;
  });
  return life.dead ? `a worker dies before deed ${deed}` : 'a worker lives';
}

async function grantOrTakeAway(scene: Scene): Promise<string> {
  const { stage, choice, tenants, services } = scene;
  const [tenant, service] = [choice.of(tenants), choice.of(services)];
  askAnew(scene, tenant.accountId);
  const grantId = tenant.grants.get(service.id);
  if (grantId) {
    await stage.change((context) => grants.remove(context, grantId));
    tenant.grants.delete(service.id);
    return `${tenant.accountId} loses its grant on ${service.name}`;
  }
  const acceptance = choice.chance(0.7) ? 'automatic' : 'manual';
  const { id } = await stage.operator.grant(tenant.customer, service, { acceptance });
  tenant.grants.set(service.id, id);
  return `${tenant.accountId} is granted ${service.name}, ${acceptance}`;
}

async function connect(scene: Scene): Promise<string> {
  const [tenant, service] = [scene.choice.of(scene.tenants), scene.choice.of(scene.services)];
  const serviceId = await awsIdOf(scene, service);
  if (!serviceId) return 'nothing to connect to yet';
  const endpoint = await scene.stage.hands.connect(tenant.accountId, serviceId);
  scene.endpoints.push(endpoint);
  return `${tenant.accountId} connects to ${service.name}`;
}

async function deleteEndpoint({ stage, choice, endpoints }: Scene): Promise<string> {
  if (endpoints.length === 0) return 'no endpoint to delete';
  const endpoint = choice.of(endpoints);
  endpoints.splice(endpoints.indexOf(endpoint), 1);
  await stage.hands.deleteEndpoint(endpoint);
  return `${endpoint} is deleted`;
}

async function decide({ stage, choice, endpoints }: Scene): Promise<string> {
  if (endpoints.length === 0) return 'no connection to decide about';
  const [endpoint, decision] = [choice.of(endpoints), choice.of(['accept', 'reject'] as const)];
  await stage.change((context) => connections.decide(context, endpoint, decision, 'by hand'));
  return `an operator decides: ${decision} ${endpoint}`;
}

async function switchMode({ stage, choice, services }: Scene): Promise<string> {
  const service = choice.of(services);
  const aspect = choice.of(['principals', 'acceptance', 'privateDns'] as const);
  const mode = choice.chance(0.7) ? 'manage' : 'observe';
  const change = { [aspect]: mode };
  await stage.change((context) => endpointServices.setModes(context, service.id, change));
  return `${aspect} of ${service.name}: ${mode}`;
}

async function vouch(scene: Scene): Promise<string> {
  const tenant = scene.choice.of(scene.tenants);
  askAnew(scene, tenant.accountId);
  const { standing } = await attest(scene.stage, tenant.account);
  return `${tenant.accountId} is ${standing}`;
}

/** Whoever changes what is wanted of an account asks for its entries anew. */
function askAnew({ takenByHand }: Scene, accountId: string): void {
  for (const arns of takenByHand.values()) {
    for (const arn of arns) if (arn.includes(accountId)) arns.delete(arn);
  }
}

async function changeByHand(scene: Scene): Promise<string> {
  const service = scene.choice.of(scene.services);
  const serviceId = await awsIdOf(scene, service);
  if (!serviceId) return 'nothing to change by hand yet';
  return scene.choice.chance(0.5)
    ? allowByHand(scene, service.id, serviceId)
    : removeByHand(scene, service.id, serviceId);
}

/**
 * Of strangers, and of customers who may have no grant or no standing. What we own and have not
 * missed yet counts as ours still: nobody can tell that it was away for a moment.
 */
async function allowByHand(scene: Scene, id: string, serviceId: string): Promise<string> {
  const { choice, stage, handMade, tenants } = scene;
  const strangers = [0, 1, 2, 3].map((number) => String(500_000_000_000 + number));
  const accountId = choice.of([...strangers, ...tenants.map((tenant) => tenant.accountId)]);
  const arn = `arn:aws:iam::${accountId}:root`;
  const { owned } = await ledger(scene, id, arn);
  await stage.hands.allow(serviceId, [arn]);
  if (!owned) handMade.set(serviceId, (handMade.get(serviceId) ?? new Set()).add(arn));
  scene.takenByHand.get(serviceId)?.delete(arn);
  return `another hand allows ${arn}`;
}

async function removeByHand(scene: Scene, id: string, serviceId: string): Promise<string> {
  const { choice, stage, handMade, takenByHand } = scene;
  const there = stage.glance.allowlist(serviceId);
  if (there.length === 0) return 'nothing to remove by hand';
  const arn = choice.of(there);
  const { owned, settled } = await ledger(scene, id, arn);
  await stage.hands.disallow(serviceId, [arn]);
  handMade.get(serviceId)?.delete(arn);
  if (owned && settled)
    takenByHand.set(serviceId, (takenByHand.get(serviceId) ?? new Set()).add(arn));
  return `another hand removes ${arn}`;
}

async function ledger({ stage }: Scene, id: string, arn: string) {
  const [entry] = await stage.db.query<{ owned: boolean; settled: boolean }>(
    `SELECT owned, confirmed AND NOT withdrawn AS settled FROM principals
     WHERE endpoint_service_id = $1 AND arn = $2`,
    [id, arn],
  );
  return entry ?? { owned: false, settled: false };
}

async function wantPrivateDns({ stage, choice, services }: Scene): Promise<string> {
  const [service] = services;
  if (choice.chance(0.7)) {
    await stage.change((context) => privateDns.put(context, service!.id, 'api.vendor.example'));
    return 'a private DNS name is wanted';
  }
  await stage.change((context) => privateDns.remove(context, service!.id));
  return 'no private DNS name is wanted';
}

async function offboard({ stage, choice, tenants }: Scene): Promise<string> {
  // Rarely, as little can happen to those who have left.
  if (!choice.chance(0.4)) return 'nobody leaves';
  const tenant = choice.of(tenants);
  await stage.change((context) => offboardings.offboard(context, tenant.customer.id));
  return `${tenant.accountId} leaves`;
}

async function changeTrouble({ choice, faults }: Scene): Promise<string> {
  faults.probability = choice.of([0, 0.1, 0.3]);
  return `trouble with AWS: ${faults.probability * 100} % of calls`;
}
