// What a run showed, as data: for each operation its input members, how each is covered, and its
// output members, whether each was seen.

import { createCatalog } from '../../src/services/catalog.ts';
import type { Operation } from '../../src/protocols/schema.ts';
import { differences, leaves, modelFacts, schemaFacts } from './model/facts.ts';
import type { MemberProbe } from './probe.ts';
import type { Unseen } from './unseen.ts';

export interface MemberReport {
  readonly path: string;
  readonly status: 'effect' | 'refused' | 'not covered';
  /** How the effect is read, what names the refusal, or why it is not covered. */
  readonly detail: string;
}

export interface OutputReport {
  readonly path: string;
  readonly seen: boolean;
  /** Why it was never seen, if there is a reason. */
  readonly reason?: string;
}

export interface OperationReport {
  readonly service: string;
  readonly name: string;
  readonly members: readonly MemberReport[];
  readonly outputs: readonly OutputReport[];
  /** What only AWS's model or only the SDK says. */
  readonly differences: readonly string[];
}

export interface Report {
  readonly operations: readonly OperationReport[];
  /** In AWS's model as it is kept here, and not simulated. */
  readonly absent: readonly { readonly service: string; readonly name: string }[];
}

export interface Findings {
  readonly probes: ReadonlyMap<MemberProbe, Error | undefined>;
  readonly seen: ReadonlyMap<string, ReadonlySet<string>>;
  readonly unseen: readonly Unseen[];
}

/** Where model/ says nothing of an operation, it is measured by the SDK's schema alone. */
export function reportOf(findings: Findings): Report {
  const operations: OperationReport[] = [];
  const absent: { service: string; name: string }[] = [];
  for (const [service, { model, operations: simulated }] of Object.entries(createCatalog())) {
    const facts = modelFacts(service);
    for (const name of facts.keys()) {
      if (!Object.hasOwn(simulated, name)) absent.push({ service, name });
    }
    for (const name of Object.keys(simulated).toSorted()) {
      const sdk = schemaFacts(model.get(name) as Operation);
      const known = facts.get(name) ?? sdk;
      const inputs = union(leaves(known.input, known.filters), leaves(sdk.input, known.filters));
      operations.push({
        service,
        name,
        members: inputs.map((path) => memberReport(findings, `${service}:${name}`, path)),
        outputs: union(leaves(known.output), leaves(sdk.output)).map((path) =>
          outputReport(findings, `${service}:${name}`, path),
        ),
        differences: facts.has(name) ? differences(known, sdk) : [unkept],
      });
    }
  }
  return { operations, absent };
}

/** The reason for an output member not to be seen, if one is written down. */
export function reasonFor(
  unseen: readonly Unseen[],
  operation: string,
  path: string,
): Unseen | undefined {
  return unseen.find(
    ({ operations, members }) =>
      operations.some((name) => name === '*' || name === operation) &&
      members.some((member) => path === member || path.startsWith(`${member}.`)),
  );
}

const unkept = 'what AWS’s model says of it is not kept in model/';

function memberReport({ probes }: Findings, operation: string, path: string): MemberReport {
  for (const [probe, failure] of probes) {
    if (probe.operation !== operation || probe.member !== path) continue;
    const { kind, readBy = operation, named = '', instead = '' } = probe;
    if (kind === 'uncovered' || instead !== '')
      return { path, status: 'not covered', detail: instead };
    if (failure) return { path, status: 'not covered', detail: 'its probe fails' };
    return { path, status: kind, detail: kind === 'effect' ? readBy : named };
  }
  return { path, status: 'not covered', detail: 'it has no probe' };
}

function outputReport({ seen, unseen }: Findings, operation: string, path: string): OutputReport {
  if (seen.get(operation)?.has(path)) return { path, seen: true };
  const reason = reasonFor(unseen, operation, path)?.reason;
  return reason === undefined ? { path, seen: false } : { path, seen: false, reason };
}

function union(first: readonly string[], second: readonly string[]): string[] {
  return [...new Set([...first, ...second])];
}
