// What is behind the services of a region, and what went through their connections: read for
// diagnoses, so seldom that it costs little. Nothing is changed, and what may not be read is told.

import { AwsError, isAuthenticationFailure } from '../aws/errors.ts';
import type { BackendPort } from '../aws/ports.ts';
import type { Backend, BackendLoadBalancer } from '../domain/backend.ts';
import { healthEveryMs, trafficEveryMs, trafficWindowMs } from '../domain/backend-reads.ts';
import type { Connection } from '../domain/connection.ts';
import { endingOf, type EndpointService } from '../domain/endpoint-service.ts';
import * as backends from '../storage/backends.ts';
import * as connections from '../storage/connections.ts';
import { backendPlace } from './place.ts';
import { nothingLeft, record, type Outcome, type Run } from './run.ts';

/** Who was refused has time to give the right. */
const refusedForMs = 600_000;

export async function reconcileBackends(run: Run): Promise<Outcome> {
  if (!run.readsBackends) return nothingLeft;
  const place = await backendPlace(run);
  if (!place) return nothingLeft;
  const { port } = place;
  const services = place.services.filter((service) => endingOf(service) === null);
  const health = await readHealth(run, port, services);
  const traffic = await readTraffic(run, port, services);
  const report = { services: services.length, ...health, ...traffic };
  const refused = health.problem !== null || traffic.trafficProblem !== null;
  const { loadBalancers } = health;
  // A listing, and the health of one group, for each of them.
  return { report, dueInMs: refused ? refusedForMs : healthEveryMs(2 * loadBalancers) };
}

interface Health {
  loadBalancers: number;
  /** Why AWS did not show them; null when it did. */
  problem: string | null;
}

/** A load balancer that several services share is read once. */
async function readHealth(
  run: Run,
  port: BackendPort,
  services: EndpointService[],
): Promise<Health> {
  const arns = [...new Set(services.flatMap(arnsOf))];
  const read = new Map<string, BackendLoadBalancer>();
  let problem: string | null = null;
  const observedAt = run.now();
  try {
    for (const loadBalancerArn of arns) {
      const listeners = await port.listeners(loadBalancerArn, run.signal);
      read.set(loadBalancerArn, { loadBalancerArn, listeners });
    }
  } catch (error) {
    problem = refusalOf(error);
  }
  await record(run, async (db) => {
    for (const service of services) {
      const found = arnsOf(service).flatMap((arn) => read.get(arn) ?? []);
      const isWhole = found.length === arnsOf(service).length;
      const backend: Backend = isWhole
        ? { loadBalancers: found, observedAt, problem: null }
        : { loadBalancers: null, observedAt, problem };
      await backends.record(db, service.id, backend);
    }
  });
  return { loadBalancers: arns.length, problem };
}

function arnsOf({ observed, networkLoadBalancerArns }: EndpointService): string[] {
  return observed?.networkLoadBalancerArns ?? networkLoadBalancerArns;
}

interface Counted {
  counted: number;
  /** When what went through was last read; as text, since the report is JSON. */
  trafficReadAt: string | null;
  trafficProblem: string | null;
}

async function readTraffic(
  run: Run,
  port: BackendPort,
  services: EndpointService[],
): Promise<Counted> {
  const last = (run.lease.report ?? {}) as Partial<Counted>;
  const serviceIds = new Map(services.map(({ id, serviceId }) => [id, serviceId]));
  const present = await connections.listPresent(run.db, [...serviceIds.keys()]);
  const up = present.filter(({ state }) => state === 'available');
  const { trafficReadAt = null, counted = 0 } = last;
  const now = run.now();
  const sinceMs = trafficReadAt === null ? Infinity : now.getTime() - Date.parse(trafficReadAt);
  if (up.length === 0 || sinceMs < trafficEveryMs(up.length)) {
    return { counted, trafficReadAt, trafficProblem: last.trafficProblem ?? null };
  }
  const windowMs = trafficWindowMs(up.length);
  const window = { from: new Date(now.getTime() - windowMs), until: now };
  const keys = up.map(({ endpointServiceId, vpcEndpointId }) => {
    return { serviceId: serviceIds.get(endpointServiceId)!, vpcEndpointId };
  });
  try {
    const facts = await port.traffic(keys, window, run.signal);
    const idOf = new Map(up.map(({ vpcEndpointId, id }: Connection) => [vpcEndpointId, id]));
    const rows = facts.map(({ vpcEndpointId, ...sums }) => {
      return { ...sums, connectionId: idOf.get(vpcEndpointId)! };
    });
    const seen = { observedAt: now, windowSeconds: windowMs / 1_000 };
    await record(run, (db) => backends.recordTraffic(db, rows, seen));
    return { counted: rows.length, trafficReadAt: now.toISOString(), trafficProblem: null };
  } catch (error) {
    const trafficProblem = refusalOf(error);
    return { counted: 0, trafficReadAt: now.toISOString(), trafficProblem };
  }
}

/** What AWS refuses is told; everything else is for the next run, as with any target. */
function refusalOf(error: unknown): string {
  const isRefused = error instanceof AwsError && ['denied', 'invalid'].includes(error.kind);
  // A session that has ended is made anew by the next run.
  if (!isRefused || isAuthenticationFailure(error)) throw error;
  return `${error.code}: ${error.action} was refused.`;
}
