// Customers and what operators do about them: grants, standing, suspension, the end; and what the
// customers do in AWS.

import { Refusal } from '../../../packages/api/src/domain/errors.ts';
import * as connections from '../../../packages/api/src/usecases/connections.ts';
import * as grants from '../../../packages/api/src/usecases/grants.ts';
import * as offboardings from '../../../packages/api/src/usecases/offboardings.ts';
import * as suspensions from '../../../packages/api/src/usecases/suspensions.ts';
import { attest, awsIdOf, welcome, type Scene, type Tenant } from '../scene.ts';

export async function grantOrTakeAway(scene: Scene): Promise<string> {
  const { stage, choice, tenants, services, facts } = scene;
  const [tenant, service] = [choice.of(tenants), choice.of(services)];
  const { accountId, customer } = tenant;
  askAnew(scene, accountId);
  const known = facts.grants.find(
    (grant) => grant.customerId === customer.id && grant.serviceId === service.id,
  );
  if (known && choice.chance(0.5)) {
    await stage.change((context) => grants.remove(context, known.id));
    return `${accountId} loses its grant on ${service.name}`;
  }
  const acceptance = choice.chance(0.7) ? 'automatic' : 'manual';
  const roleNames = choice.chance(0.7) ? [] : ['network', 'intern'];
  await stage.operator.grant(customer, service, { acceptance, roleNames });
  return `${accountId} is granted ${service.name}, ${acceptance}`;
}

export async function connect(scene: Scene): Promise<string | null> {
  const { stage, choice, services, endpoints } = scene;
  const service = choice.of(services);
  const serviceId = awsIdOf(scene, service);
  const there = serviceId && stage.glance.serviceIds().includes(serviceId);
  if (!there) return null;
  const { accountId } = whoMay(scene, serviceId);
  const endpoint = await stage.hands.connect(accountId, serviceId);
  endpoints.push(endpoint);
  return `${accountId} connects to ${service.name} by ${endpoint}`;
}

/** Mostly somebody whom AWS lets try. */
function whoMay({ stage, choice, tenants }: Scene, serviceId: string): Tenant {
  const arns = stage.glance.allowlist(serviceId);
  const allowed = tenants.filter(({ accountId }) =>
    arns.includes(`arn:aws:iam::${accountId}:root`),
  );
  return choice.of(allowed.length > 0 && choice.chance(0.9) ? allowed : tenants);
}

export async function deleteEndpoint({ stage, choice, endpoints }: Scene): Promise<string | null> {
  if (endpoints.length === 0) return null;
  const endpoint = choice.of(endpoints);
  endpoints.splice(endpoints.indexOf(endpoint), 1);
  await stage.hands.deleteEndpoint(endpoint);
  return `${endpoint} is deleted`;
}

export async function decide({ stage, choice, endpoints }: Scene): Promise<string | null> {
  if (endpoints.length === 0) return null;
  const [endpoint, decision] = [choice.of(endpoints), choice.of(['accept', 'reject'] as const)];
  await stage.change((context) => connections.decide(context, endpoint, decision, 'by hand'));
  return `an operator decides: ${decision} ${endpoint}`;
}

export async function vouch(scene: Scene): Promise<string> {
  const tenant = scene.choice.of(scene.tenants);
  askAnew(scene, tenant.accountId);
  const { standing } = await attest(scene.stage, tenant.account);
  return `${tenant.accountId} is ${standing}`;
}

/** Another customer says that the account is its own; refused if it has standing elsewhere. */
export async function claimOthers(scene: Scene): Promise<string> {
  const { stage, choice, tenants } = scene;
  const { accountId } = choice.of(tenants);
  const other = await welcome(stage, accountId);
  try {
    await attest(stage, other.account);
  } catch (error) {
    if (error instanceof Refusal) return `${accountId} is not given to another customer`;
    throw error;
  }
  return `${accountId} is another customer's`;
}

export async function suspendOrResume(scene: Scene): Promise<string> {
  const { stage, choice, tenants, facts } = scene;
  const { customer, accountId } = choice.of(tenants);
  askAnew(scene, accountId);
  const state = facts.customers.find(({ id }) => id === customer.id)?.state;
  if (state === 'suspended') {
    await stage.change((context) => suspensions.resume(context, customer.id));
    return `${accountId} is resumed`;
  }
  const policy = choice.of(['keep', 'block', 'reject'] as const);
  const terms = { reason: 'unpaid', policy };
  await stage.change((context) => suspensions.suspend(context, customer.id, terms));
  return `${accountId} is suspended: ${policy}`;
}

/** Who has left may come back as another customer. */
export async function offboard(scene: Scene): Promise<string> {
  const { stage, choice, tenants, facts } = scene;
  const tenant = choice.of(tenants);
  const state = facts.customers.find(({ id }) => id === tenant.customer.id)?.state;
  askAnew(scene, tenant.accountId);
  if (state === 'offboarded' || state === undefined) {
    const { accountId } = tenant;
    Object.assign(tenant, await welcome(stage, accountId));
    return `${accountId} comes back`;
  }
  const policy = choice.of(['reject', 'reject', 'drain', 'keep'] as const);
  const drainUntil = new Date(stage.clock.now().getTime() + 20_000).toISOString();
  const terms = { policy, ...(policy === 'drain' && { drainUntil }) };
  await stage.change((context) => offboardings.offboard(context, tenant.customer.id, terms));
  return `${tenant.accountId} leaves: ${policy}`;
}

/** Whoever changes what is wanted of an account asks for its entries anew. */
export function askAnew({ takenByHand }: Scene, accountId: string): void {
  for (const arns of takenByHand.values()) {
    for (const arn of arns) if (arn.includes(accountId)) arns.delete(arn);
  }
}
