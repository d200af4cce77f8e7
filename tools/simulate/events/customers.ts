// Customers and what operators do about them: grants, standing, suspension, the end; and what the
// customers do in AWS.

import * as connections from '../../../packages/api/src/usecases/connections.ts';
import * as grants from '../../../packages/api/src/usecases/grants.ts';
import * as offboardings from '../../../packages/api/src/usecases/offboardings.ts';
import * as suspensions from '../../../packages/api/src/usecases/suspensions.ts';
import type { Stage } from '../../../packages/api/test/reconcile/stage.ts';
import { awsIdOf, roleNames as grantedRoles, welcome, type Scene, type Tenant } from '../scene.ts';

export async function grantOrTakeAway(scene: Scene): Promise<string> {
  const { stage, choice, tenants, services, facts } = scene;
  const [tenant, service] = [choice.of(tenants), choice.of(services)];
  const { accountId, customer } = tenant;
  askAnew(scene, accountId);
  const known = facts.grants.find(
    (grant) => grant.customerId === customer.id && grant.serviceId === service.id,
  );
  if (known && choice.chance(0.4)) {
    await stage.change((context) => grants.remove(context, known.id));
    return `${accountId} loses its grant on ${service.name}`;
  }
  const acceptance = choice.chance(0.7) ? 'automatic' : 'manual';
  const roleNames = choice.chance(0.7) ? [] : grantedRoles;
  const ends = choice.chance(0.3);
  const expiresAt = ends ? inSeconds(stage, 5 + choice.below(40)) : null;
  const terms = { acceptance, roleNames, expiresAt } as const;
  if (known) await stage.change((context) => grants.update(context, known.id, terms));
  else await stage.operator.grant(customer, service, terms);
  const until = expiresAt === null ? '' : ` until ${expiresAt}`;
  return `${accountId} is granted ${service.name}, ${acceptance}${until}`;
}

export async function connect(scene: Scene): Promise<string | null> {
  const connected = await connectTenant(scene);
  if (!connected) return null;
  const { tenant, service, endpoint } = connected;
  return `${tenant.accountId} connects to ${service.name} by ${endpoint}`;
}

/** Null when the service is not there, or when nobody could. */
export async function connectTenant(scene: Scene) {
  const { stage, choice, services, endpoints } = scene;
  const service = choice.of(services);
  const serviceId = awsIdOf(scene, service);
  const there = serviceId && stage.glance.serviceIds().includes(serviceId);
  if (!there) return null;
  const tenant = whoMay(scene, serviceId);
  if (!tenant) return null;
  const endpoint = await stage.hands.connect(tenant.accountId, serviceId);
  endpoints.push(endpoint);
  return { tenant, service, endpoint };
}

/** Mostly somebody whom AWS lets try, if there is anybody. */
function whoMay({ stage, choice, tenants }: Scene, serviceId: string): Tenant | null {
  const arns = stage.glance.allowlist(serviceId);
  const allowed = tenants.filter(({ accountId }) =>
    arns.includes(`arn:aws:iam::${accountId}:root`),
  );
  if (choice.chance(0.1)) return choice.of(tenants);
  return allowed.length > 0 ? choice.of(allowed) : null;
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
  const connected = tenants.filter(({ accountId }) =>
    facts.connections.some(({ owner, state }) => owner === accountId && state === 'available'),
  );
  const tenant = choice.of(connected.length > 0 && choice.chance(0.6) ? connected : tenants);
  const state = facts.customers.find(({ id }) => id === tenant.customer.id)?.state;
  askAnew(scene, tenant.accountId);
  if (state === 'offboarded' || state === undefined) {
    const { accountId } = tenant;
    Object.assign(tenant, await welcome(stage, accountId));
    return `${accountId} comes back`;
  }
  const policy = choice.of(['reject', 'reject', 'drain', 'keep'] as const);
  const drainUntil = inSeconds(stage, 20);
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

function inSeconds({ clock }: Stage, seconds: number): string {
  return new Date(clock.now().getTime() + seconds * 1_000).toISOString();
}
