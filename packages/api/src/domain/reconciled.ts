// How far the targets of a service are with what somebody asked of them, and what is left then.

import { aspects, type Aspect, type EndpointService } from './endpoint-service.ts';
import type { ErrorCode } from './errors.ts';
import {
  blockedPrivateDns,
  contested,
  refusedConnections,
  refusedPrincipals,
  standingStill,
  type Hindrance,
} from './hindrance.ts';
import type { Report, TargetKind } from './target.ts';

export interface AskedTarget {
  kind: TargetKind;
  /** A run has come to its end that began after somebody asked. */
  served: boolean;
  /** Runs in a row that have failed. */
  failures: number;
  report: Report | null;
}

export type AskedService = Pick<EndpointService, 'id' | 'modes' | 'frozenSince' | 'quarantine'>;

export interface Progress {
  state: 'running' | 'succeeded' | 'failed';
  /** Null while there is nothing new to tell. */
  message: string | null;
  heldUpBy: Hindrance[];
  errorCode?: ErrorCode;
}

/** Runs of one target in a row that fail before whoever waits for it is told so. */
const failuresMax = 3;

export function progressOf(service: AskedService, targets: readonly AskedTarget[]): Progress {
  const open = targets.filter((target) => !target.served || isUnderWay(target));
  const failing = open.filter(({ failures }) => failures >= failuresMax);
  if (failing.length > 0) return failed(failing);
  if (open.some(({ served }) => !served)) return running(null);
  if (open.length > 0) return running(whatComes(open));
  const heldUpBy = hindrances(service, targets);
  return { state: 'succeeded', message: endInWords(service, heldUpBy), heldUpBy };
}

/** More than one run can do, or entries that a single read did not show. */
function isUnderWay(target: AskedTarget): boolean {
  return leftOf(target) > 0 || listIn(target, 'plan', 'absent').length > 0;
}

function failed(failing: readonly AskedTarget[]): Progress {
  const reasons = failing.map(({ kind, report }) => {
    const detail = typeof report?.detail === 'string' ? ` (${report.detail})` : '';
    return `${kind}: ${textOf(report?.error)}${detail}`;
  });
  const message = `Calls to AWS keep failing: ${reasons.toSorted().join(', ')}.`;
  return { state: 'failed', message, heldUpBy: [], errorCode: 'aws_call_failed' };
}

function running(message: string | null): Progress {
  return { state: 'running', message, heldUpBy: [] };
}

function whatComes(open: readonly AskedTarget[]): string {
  const left = open.reduce((sum, target) => sum + leftOf(target), 0);
  if (left > 0) return `AWS takes no more at once: ${left} changes are left for the next runs.`;
  return `Reading once more, as one read did not show all of our entries.`;
}

function endInWords(service: AskedService, heldUpBy: readonly Hindrance[]): string {
  const observed = aspects.filter((aspect) => service.modes[aspect] === 'observe');
  if (standingStill(service)) return 'Read from AWS; nothing is changed: the service stands still.';
  if (observed.length === aspects.length) return 'Read from AWS; every aspect is only observed.';
  const rest = observed.map(nameOf).join(', ');
  const only = rest === '' ? '' : ` Only observed: ${rest}.`;
  if (heldUpBy.length === 0) return `Read from AWS and brought in line.${only}`;
  const left = heldUpBy.map(({ action }) => action).join(' ');
  return `Read from AWS and brought in line, but for what is left: ${left}${only}`;
}

function hindrances(service: AskedService, targets: readonly AskedTarget[]): Hindrance[] {
  const { id } = service;
  const still = standingStill(service);
  const found = targets.flatMap((target): Hindrance[] => {
    if (target.kind === 'principals') return hindrancesOfList(id, target);
    if (target.kind === 'connections') {
      const refused = listIn(target, 'refused') as { vpcEndpointId: string; code: string }[];
      return refused.length > 0 ? [refusedConnections(id, refused)] : [];
    }
    const problem = target.kind === 'private_dns' ? problemOfName(target.report) : null;
    return problem === null ? [] : [blockedPrivateDns(id, problem)];
  });
  return still ? [still, ...found] : found;
}

function hindrancesOfList(id: string, target: AskedTarget): Hindrance[] {
  const removed = listIn(target, 'plan', 'contested') as string[];
  const refused = listIn(target, 'refused') as { arn: string; code: string }[];
  return [
    ...(removed.length > 0 ? [contested(id, removed)] : []),
    ...(refused.length > 0 ? [refusedPrincipals(id, refused)] : []),
  ];
}

function problemOfName(report: Report | null): string | null {
  if (typeof report?.problem === 'string') return report.problem;
  if (report?.reason === 'foreign_name') return 'Other hands have given the service another name.';
  if (report?.reason === 'removed_name') return 'Other hands have taken the name away.';
  return null;
}

function nameOf(aspect: Aspect): string {
  return aspect === 'privateDns' ? 'private DNS' : aspect;
}

function leftOf({ report }: AskedTarget): number {
  return typeof report?.left === 'number' ? report.left : 0;
}

/** A list in a report; reports of runs from before it was there have none. */
function listIn({ report }: AskedTarget, ...path: string[]): unknown[] {
  let value: unknown = report;
  for (const name of path) value = (value as Report | null | undefined)?.[name];
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : 'unknown';
}
