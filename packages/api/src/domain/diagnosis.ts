// Does the connection work, why not, and whose turn is it: ordered checks along the path.

import { checkDecision } from './acceptance-check.ts';
import { seenAt, type Check, type CheckResult, type NextStep } from './check.ts';
import { checkGrant, checkOwner, checkPrincipal } from './checks/access.ts';
import { checkListener, checkTargets, checkTraffic } from './checks/behind.ts';
import { checkDns, checkEndpointDns, checkPrivateDns, checkVpcDns } from './checks/names.ts';
import { checkCertificate, checkSecurityGroups, checkTcp, checkTls } from './checks/reach.ts';
import { checkService, checkState, checkZones } from './checks/service.ts';
import type { DnsMode } from './connection.ts';
import type { DiagnosisFacts } from './diagnosis-facts.ts';
import type { Actor } from './errors.ts';
import { hopOf, pathOf, type HopName, type Path, type PathEnds } from './path.ts';

/** A check with its place on the path. */
export type PlacedCheck = Check & { hop: HopName; observedAt: Date | null };

/** A region in which connections were looked for. */
export interface SearchedRegion {
  region: string;
  serviceNames: string[];
  /** When all of its connections were last read; null before the first time. */
  readAt: Date | null;
  /** How old that gets at most. */
  maxAgeSeconds: number;
}

export interface Diagnosis {
  /** Null of an endpoint that is not seen. */
  connectionId: string | null;
  vpcEndpointId: string;
  works: 'yes' | 'no' | 'unknown';
  summary: string;
  turn: Actor | 'nobody';
  next: NextStep | null;
  checks: PlacedCheck[];
  path: Path;
  dns: DnsMode;
  searched: SearchedRegion[];
  observedAt: Date | null;
}

/** Checks in the order of the path; the first that fails is what to mend first. */
export function diagnose(facts: DiagnosisFacts): Diagnosis {
  const { connection, service } = facts;
  const { readAt: principalsReadAt } = service.reads.principals;
  const checks = [
    checkOwner(facts),
    checkGrant(facts),
    seenAt(checkPrincipal(facts), principalsReadAt),
    seenAt(checkService(facts), service.observedAt),
    checkDecision(facts),
    seenAt(checkState(facts), connection.observedAt),
    checkPrivateDns(facts),
    checkZones(facts),
    checkVpcDns(facts),
    checkEndpointDns(facts),
    checkDns(facts),
    checkSecurityGroups(facts),
    checkListener(facts),
    checkTargets(facts),
    checkTcp(facts),
    checkTls(facts),
    checkCertificate(facts),
    checkTraffic(facts),
  ];
  const { vpcEndpointId } = connection;
  const { readAt, maxAgeSeconds } = service.reads.connections;
  const serviceNames = service.serviceName === null ? [] : [service.serviceName];
  const ends = {
    customer: `account ${connection.ownerAccountId}, ${connection.endpointRegion}`,
    vendor: `${service.name}, ${service.region}`,
    client: clientOf(facts),
  };
  return {
    connectionId: connection.id,
    vpcEndpointId,
    ...outcome(checks, ends, `Connection ${vpcEndpointId} is available.`),
    dns: facts.dns,
    searched: [{ region: service.region, serviceNames, readAt, maxAgeSeconds }],
    observedAt: connection.observedAt,
  };
}

/** Without these nobody can tell whether traffic can flow; of the others, that is told apart. */
const decisive = new Set([
  'account',
  'grant',
  'principal',
  'service',
  'acceptance',
  'connection',
  'private_dns',
  'endpoint',
]);

type Outcome = Pick<Diagnosis, 'works' | 'summary' | 'turn' | 'next' | 'checks' | 'path'>;

/** @param fine what is told when nothing stands in the way */
export function outcome(checks: Check[], ends: Omit<PathEnds, 'turn'>, fine: string): Outcome {
  const first = (result: CheckResult) => checks.find((check) => check.result === result) ?? null;
  const failed = first('fail');
  const undecided = checks.find(({ name, result }) => result === 'unknown' && decisive.has(name));
  const open = failed ?? undecided;
  const unseen = checks.filter(({ result }) => result === 'unknown').map(({ name }) => name);
  const rest = unseen.length > 0 ? ` Not known: ${unseen.join(', ')}.` : '';
  const turn = open?.next?.actor ?? null;
  return {
    works: failed ? 'no' : open ? 'unknown' : 'yes',
    summary: open ? open.evidence : fine + rest,
    turn: turn ?? 'nobody',
    next: open?.next ?? first('warn')?.next ?? first('unknown')?.next ?? null,
    checks: checks.map((check) => {
      return { ...check, hop: hopOf(check), observedAt: check.observedAt ?? null };
    }),
    path: pathOf(checks, failed, { ...ends, turn }),
  };
}

function clientOf({ seen, now }: DiagnosisFacts): PathEnds['client'] {
  const parts = [seen.dns, seen.tcp, seen.tls, seen.certificate, seen.securityGroups, seen.network];
  const newest = parts.find((part) => part !== null);
  if (newest) {
    const minutes = Math.max(0, Math.round((+now - +newest.observedAt) / 60_000));
    const from = newest.vantage === null ? '' : ` from ${newest.vantage}`;
    return { result: 'pass', evidence: `Reported ${minutes} minutes ago${from}.` };
  }
  const evidence = seen.last
    ? `Last reported at ${seen.last.observedAt.toISOString()}, which no longer counts.`
    : 'Nobody has reported what clients see.';
  return { result: 'unknown', evidence };
}
