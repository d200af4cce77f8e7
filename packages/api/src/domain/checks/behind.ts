// What is behind the service: listeners and targets of its load balancers, and what went through.

import type { Backend, BackendGroup } from '../backend.ts';
import { isStale } from '../backend-reads.ts';
import { fail, pass, seenAt, skipped, unknown, warn, type Check, type NextStep } from '../check.ts';
import type { DiagnosisFacts } from '../diagnosis-facts.ts';

export function checkListener(facts: DiagnosisFacts): Check {
  const { backend, service } = facts;
  if (!isFresh(backend, facts)) return unread('listener', facts);
  const ports = portsOf(backend);
  const wanted = wantedPort(facts);
  const at = backend.observedAt;
  const listed = ports.length > 0 ? `port ${ports.join(', ')}` : 'no port';
  const evidence = `The load balancers listen on ${listed}.`;
  const isThere = wanted === null ? ports.length > 0 : ports.includes(wanted);
  if (isThere) return seenAt(pass('listener', evidence), at);
  const port = wanted ?? 443;
  const { loadBalancerArn = null } = backend.loadBalancers[0] ?? {};
  const command =
    loadBalancerArn === null
      ? `sallyport services get ${service.id}`
      : `aws elbv2 create-listener --load-balancer-arn ${loadBalancerArn} --protocol TCP ` +
        `--port ${port} --default-actions Type=forward,TargetGroupArn=TARGET-GROUP`;
  const tried = wanted === null ? '' : ` Clients connect to ${wanted}.`;
  const check = fail('listener', `${evidence}${tried}`, {
    actor: 'vendor',
    action: `Listen on ${port}, or tell the customer which port it is.`,
    command,
  });
  return seenAt(check, at);
}

export function checkTargets(facts: DiagnosisFacts): Check {
  const { backend } = facts;
  if (!isFresh(backend, facts)) return unread('targets', facts);
  const groups = groupsOf(facts);
  const healthy = groups.reduce((sum, group) => sum + group.healthy, 0);
  const total = groups.reduce((sum, group) => sum + group.total, 0);
  const reasons = [...new Set(groups.flatMap((group) => group.reasons))];
  const why = reasons.length > 0 ? ` (${reasons.join(', ')})` : '';
  const evidence = `${healthy} of ${total} targets are healthy${why}.`;
  const at = backend.observedAt;
  if (total > 0 && healthy === total) return seenAt(pass('targets', evidence), at);
  const raise = healthy === 0 ? fail : warn;
  return seenAt(raise('targets', evidence, healing(facts, groups)), at);
}

function healing({ service }: DiagnosisFacts, groups: BackendGroup[]): NextStep {
  const worst = groups.find(({ healthy, total }) => healthy < total || total === 0);
  const arn = worst?.targetGroupArn;
  return {
    actor: 'vendor',
    action: 'See why targets do not pass their health check.',
    command: arn
      ? `aws elbv2 describe-target-health --target-group-arn ${arn}`
      : `sallyport services get ${service.id}`,
  };
}

/** A connection is young for as long as AWS takes to count, and a customer to try. */
const youngMs = 3_600_000;

export function checkTraffic({ traffic, connection, now, service }: DiagnosisFacts): Check {
  if (connection.state !== 'available') return skipped('traffic', 'Nothing can flow yet.');
  if (!traffic || traffic.observedAt < connection.stateSince) {
    if (now.getTime() - connection.stateSince.getTime() < youngMs) {
      return skipped('traffic', 'It is up for less than an hour; nothing was counted yet.');
    }
    return unknown('traffic', 'What went through it was not read.', {
      actor: 'vendor',
      action: 'Let the role read the metrics of CloudWatch (docs/diagnosis.md).',
      command: `sallyport services get ${service.id}`,
    });
  }
  const { bytes, newConnections, resets, windowSeconds, observedAt } = traffic;
  const minutes = Math.round(windowSeconds / 60);
  const evidence =
    `${bytes} bytes, ${newConnections} new connections and ${resets} resets ` +
    `in ${minutes} minutes.`;
  if (bytes > 0) return seenAt(pass('traffic', evidence), observedAt);
  const isYoung = now.getTime() - connection.stateSince.getTime() < youngMs;
  if (isYoung) return seenAt(skipped('traffic', `${evidence} It is young.`), observedAt);
  const check = warn('traffic', evidence, {
    actor: 'customer',
    action: 'See whether clients use the endpoint: nothing has come through it.',
    command: `sallyport observations create-token ${connection.vpcEndpointId}`,
  });
  return seenAt(check, observedAt);
}

type Read = Backend & { loadBalancers: NonNullable<Backend['loadBalancers']> };

function isFresh(backend: Backend | null, { now }: DiagnosisFacts): backend is Read {
  return backend !== null && backend.loadBalancers !== null && !isStale(backend.observedAt, now);
}

function unread(name: string, { backend, service }: DiagnosisFacts): Check {
  const why = backend?.problem ? ` (${backend.problem.replace(/\.$/, '')})` : '';
  const check = unknown(name, `The load balancers were not read${why}.`, {
    actor: 'vendor',
    action: 'Let the role read load balancers and target health (docs/diagnosis.md).',
    command: `sallyport services reconcile ${service.id}`,
  });
  return seenAt(check, backend?.observedAt ?? null);
}

function wantedPort({ seen }: DiagnosisFacts): number | null {
  return seen.tcp?.part[0]?.port ?? seen.securityGroups?.part.port ?? null;
}

function portsOf({ loadBalancers }: Backend): number[] {
  const ports = (loadBalancers ?? []).flatMap(({ listeners }) => listeners.map(({ port }) => port));
  return [...new Set(ports)].sort((a, b) => a - b);
}

/** Those behind the port that clients use, or all of them. */
function groupsOf(facts: DiagnosisFacts): BackendGroup[] {
  const wanted = wantedPort(facts);
  const listeners = (facts.backend?.loadBalancers ?? []).flatMap(({ listeners: all }) => all);
  const used = listeners.filter(({ port }) => wanted === null || port === wanted);
  return (used.length > 0 ? used : listeners).flatMap(({ groups }) => groups);
}
