// One customer that leaves or is suspended: waits for its principals to go, has its connections
// rejected unless its terms say otherwise, and ends only on reads of AWS that are newer.

import type { Connection } from '../domain/connection.ts';
import {
  endingOf,
  nextOffboardingStep,
  takesNothing,
  type Customer,
  type Ending,
  type OffboardingStep,
  type Remains,
} from '../domain/customer.ts';
import type { EndpointService } from '../domain/endpoint-service.ts';
import { planLeaving } from '../domain/leaving.ts';
import { connectionsTarget, type TargetName } from '../domain/target.ts';
import * as accounts from '../storage/accounts.ts';
import * as connections from '../storage/connections.ts';
import * as customers from '../storage/customers.ts';
import * as endpointServices from '../storage/endpoint-services.ts';
import { readServices } from '../storage/fan-out.ts';
import * as operations from '../storage/operations.ts';
import type { Queryable } from '../storage/postgres/database.ts';
import * as targets from '../storage/targets.ts';
import { audit, nothingLeft, record, type Outcome, type Run } from './run.ts';

const lookAgainMs = 1_000;
const wakeAgainMs = 5_000;
/** While the customer has until some day to delete its connections, nothing else is waited for. */
const drainingMs = 15_000;

export async function reconcileCustomer(run: Run): Promise<Outcome> {
  return record(run, async (db) => {
    const customer = await customers.find(db, run.lease.key, null);
    const kind = customer && (await kindUnderWay(db, customer));
    return kind ? advance(run, db, { customer, kind }) : nothingLeft;
  });
}

interface Leaving {
  customer: Customer;
  kind: 'offboard_customer' | 'suspend_customer';
}

/** A suspension lasts; what brings it about has an end, which its operation tells. */
async function kindUnderWay(
  db: Queryable,
  { id, state }: Customer,
): Promise<Leaving['kind'] | null> {
  if (state === 'offboarding') return 'offboard_customer';
  if (state !== 'suspended') return null;
  return (await operations.findRunning(db, 'suspend_customer', id)) && 'suspend_customer';
}

async function advance(run: Run, db: Queryable, leaving: Leaving): Promise<Outcome> {
  const { customer } = leaving;
  const ending = endingOf(customer, run.now());
  const remains = await customers.remains(db, customer);
  const next = nextStep(customer, remains, ending);
  if (next.step === 'done') {
    await finish(run, db, leaving, { remains, ending });
    return nothingLeft;
  }
  if (next.step === 'reject') await rejectAll(run, db, next.connectionIds, customer);
  else await tell(run, db, leaving, { remains, ending, waitingFor: next.waitingFor });
  const wokenAt = await wakeUnread(run, db, customer);
  const drains = ending === 'wait' && remains.principals.length === 0;
  return { report: { step: next, wokenAt }, dueInMs: drains ? drainingMs : lookAgainMs };
}

function nextStep(customer: Customer, remains: Remains, ending: Ending): OffboardingStep {
  return takesNothing(customer) ? { step: 'done' } : nextOffboardingStep(remains, ending);
}

/** Not at every look: a target that fails is to keep the longer and longer pauses that it takes. */
async function wakeUnread(run: Run, db: Queryable, customer: Customer): Promise<unknown> {
  const now = run.now();
  const wokenAt = run.lease.report?.wokenAt;
  if (typeof wokenAt === 'string' && now.getTime() - Date.parse(wokenAt) < wakeAgainMs) {
    return wokenAt;
  }
  const unread = await customers.unreadServiceIds(db, customer);
  await readServices({ db, now }, unread);
  return now.toISOString();
}

async function rejectAll(run: Run, db: Queryable, ids: string[], customer: Customer) {
  const live: Connection[] = [];
  const woken: TargetName[] = [];
  for (const id of ids) {
    const connection = await connections.find(db, id, null);
    const service = connection && (await endpointServices.find(db, connection.endpointServiceId));
    if (!service) continue;
    live.push(connection);
    woken.push(connectionsTarget(service));
  }
  // Targets before rows, as the worker of the connections locks them.
  await targets.nudge(db, woken, run.now());
  for (const connection of live) await reject(run, db, connection, customer);
}

async function reject(run: Run, db: Queryable, connection: Connection, customer: Customer) {
  const leaves = customer.state === 'offboarding';
  const reason = leaves ? 'The customer leaves.' : 'The customer is suspended.';
  const decidedBy = `worker:${run.lease.kind}`;
  await connections.decide(db, connection.id, { decision: 'reject', decidedBy, reason });
  await audit(run, db, {
    action: 'rejectConnection',
    subjectId: connection.id,
    customerId: customer.id,
    reason,
    before: { decision: connection.decision },
    after: { decision: 'reject' },
  });
}

interface End {
  remains: Remains;
  ending: Ending;
}

async function finish(run: Run, db: Queryable, leaving: Leaving, end: End): Promise<void> {
  const { customer, kind } = leaving;
  if (kind === 'offboard_customer') await letGo(run, db, customer, end);
  const outcome = { state: 'succeeded', message: endInWords(customer, end) } as const;
  await operations.finishRunning(db, { kind, subjectId: customer.id }, outcome, run.now());
}

/** Who keeps its connections keeps its accounts, which tell whose the connections are. */
async function letGo(run: Run, db: Queryable, customer: Customer, end: End): Promise<void> {
  const at = run.now();
  const keeps = end.ending === 'leave';
  await customers.setState(db, customer.id, 'offboarded', at);
  const released = keeps ? [] : await accounts.releaseAll(db, customer.id, at);
  for (const { id, standing } of released) {
    await audit(run, db, {
      action: 'releaseAccount',
      subjectId: id,
      customerId: customer.id,
      reason: 'The customer has left.',
      before: { standing },
      after: { standing: 'claimed' },
    });
  }
  await audit(run, db, {
    action: 'finishOffboarding',
    subjectId: customer.id,
    customerId: customer.id,
    before: { state: 'offboarding' },
    after: { state: 'offboarded', ...(keeps && { connectionsLeftAlone: liveIds(end) }) },
  });
}

function endInWords(customer: Customer, end: End): string {
  if (takesNothing(customer)) return 'Nothing new is let in; nothing was taken away.';
  const read = 'AWS was read after the last change.';
  if (end.ending !== 'leave') return `No principal and no live connection is left; ${read}`;
  const live = liveIds(end);
  const which = live.length === 0 ? 'none' : live.join(', ');
  return `No principal is left; ${read} Live connections that are left alone: ${which}.`;
}

function liveIds({ remains }: End): string[] {
  return remains.connections.filter(({ live }) => live).map(({ id }) => id);
}

interface Waiting extends End {
  waitingFor: string;
}

async function tell(run: Run, db: Queryable, { customer, kind }: Leaving, waiting: Waiting) {
  const operation = await operations.findRunning(db, kind, customer.id);
  if (!operation) return;
  const { remains, ending, waitingFor } = waiting;
  const places = await placesOf(db, remains);
  const { services } = planLeaving(remains, places, ending);
  const heldUpBy = services.flatMap((service) => service.heldUpBy);
  const drains = ending === 'wait' && remains.connections.some(({ live }) => live);
  const until = drains ? ` They are rejected at ${at(customer.drainUntil)}.` : '';
  const message = `Waiting for ${waitingFor}.${until}`;
  await operations.report(db, operation.id, { message, heldUpBy }, run.now());
}

async function placesOf(db: Queryable, { principals, connections: all }: Remains) {
  const live = all.filter((connection) => connection.live);
  const ids = new Set([...principals, ...live].map((item) => item.endpointServiceId));
  const found: EndpointService[] = [];
  for (const id of [...ids].toSorted()) {
    const service = await endpointServices.find(db, id);
    if (service) found.push(service);
  }
  return found;
}

function at(date: Date | null): string {
  return date?.toISOString() ?? 'their deadline';
}
