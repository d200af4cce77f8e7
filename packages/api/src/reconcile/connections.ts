// The connections of a region: let in by policy, or accepted and rejected as somebody decided.

import type { EndpointServicePort, ItemFailure } from '../aws/ports.ts';
import { isTransitional, planConnections, type Connection } from '../domain/connection.ts';
import type { EndpointService } from '../domain/endpoint-service.ts';
import { admitInOrder } from '../domain/grant.ts';
import * as admissions from '../storage/admissions.ts';
import * as connections from '../storage/connections.ts';
import { perform } from './effect.ts';
import { regionPlace } from './place.ts';
import { audit, nothingLeft, record, type Outcome, type Run } from './run.ts';
import { observeConnections } from './seen-connections.ts';

/** The poll for connections that wait for acceptance: one call for the whole region. */
const pollMs = 5_000;
const soonMs = 1_000;

export async function reconcileConnections(run: Run): Promise<Outcome> {
  const place = await regionPlace(run);
  if (!place) return nothingLeft;
  const services = place.services.filter(({ serviceId }) => serviceId !== null);
  if (services.length === 0) return { report: { waiting: 'service' }, dueInMs: soonMs };
  const fullReadAt = await observeConnections(run, place.port, services);
  const managed = services.filter(({ modes }) => modes.acceptance === 'manage');
  const admitted = await decide(
    run,
    managed.map(({ id }) => id),
  );
  const present = await connections.listPresent(
    run.db,
    services.map(({ id }) => id),
  );
  const { sent, refused } = await apply(run, place.port, managed, present);
  const moving = sent > 0 || present.some(({ state }) => isTransitional(state));
  const report = { present: present.length, admitted, sent, refused, fullReadAt };
  return { report, dueInMs: moving ? soonMs : pollMs };
}

/** Lets in what policy allows. The decision, with its audit entry, is durable before the accept. */
async function decide(run: Run, endpointServiceIds: string[]): Promise<number> {
  return record(run, async (db) => {
    const candidates = await admissions.candidates(db, endpointServiceIds);
    const { admitted, held } = admitInOrder(candidates);
    for (const { connectionId, reason } of held) await connections.hold(db, connectionId, reason);
    for (const { connectionId, customerId } of admitted) {
      const decision = { decision: 'accept', decidedBy: 'policy', reason: null } as const;
      await connections.decide(db, connectionId, decision);
      await audit(run, db, {
        action: 'acceptConnection',
        subjectId: connectionId,
        customerId,
        before: { decision: 'undecided' },
        after: { decision: 'accept' },
      });
    }
    return admitted.length;
  });
}

interface Applied {
  sent: number;
  refused: ItemFailure[];
}

/** Accepts and rejects, in one call of each kind for each service. */
async function apply(
  run: Run,
  port: EndpointServicePort,
  managed: EndpointService[],
  present: Connection[],
): Promise<Applied> {
  const applied: Applied = { sent: 0, refused: [] };
  for (const { id, serviceId } of managed) {
    const plan = planConnections(present.filter((item) => item.endpointServiceId === id));
    for (const step of ['reject', 'accept'] as const) {
      const ids = plan[step].map(({ vpcEndpointId }) => vpcEndpointId);
      if (ids.length === 0) continue;
      const refused = await perform(run, {
        action: `${step}_connections`,
        request: { serviceId, vpcEndpointIds: ids },
        holds: (db) => connections.areDecided(db, id, ids, step),
        call: (signal) => port[step](serviceId!, ids, signal),
        refused: (failures) => failures,
      });
      applied.sent += ids.length;
      applied.refused.push(...refused);
    }
  }
  return applied;
}
