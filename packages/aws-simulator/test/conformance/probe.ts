// HOW TO WRITE A PROBE. Every input member of every simulated operation has one. It sets the
// member and reads what that did through another operation, or shows that it is refused by name:
//
//   export const vpcProbes = probes('ec2:ModifyVpcEndpoint', {
//     PolicyDocument: effect('ec2:DescribeVpcEndpoints', async (lab) => { … expect(…) … }),
//     RouteTableIds: refused('Route tables', (lab) => lab.as(CUSTOMER).ec2.send(…)),
//   });
//
// Put it in a file of probes/ by service and resource and name the export in probes/all.ts.
//
// A probe gets a fresh lab in the default world; the calls it makes through `lab.as(…)` are
// watched. It fails when it did not set its member, when it did not call the operation it says it
// reads through (after the member was set), or when it passes also with the member left out of its
// calls: the harness runs it twice to see that. Compare with what is there without the member, or
// with a second object that the member must not touch.
//
// * Members are named by path, as in model/*.txt; a documented filter is `Filters[vpc-id]`.
// * What many operations share is in patterns.ts: dryRun, pages, clientToken, filters.
// * A lab costs more than a probe does: those that make their own objects share one, `inOneLab`.
// * A member of which nothing can be shown, by AWS's own doing: `uncovered('the reason')`.
// * Something the simulator gets wrong: write the probe for what AWS does and wrap it in
//   `wrong('what happens instead', …)`. It must then fail, and the table says what happens.
// * Outputs that no probe meets on its way, such as the error of an item: `outputs(…)`.
//
// Then write the table: see conformance.test.ts.

import type { Lab } from '../lab.ts';

// Probes take it from here: what is not a call of test(…) to the eye of the linter may not use it
// from vitest itself.
export { expect } from 'vitest';

/** Uses the lab and throws, by `expect`, when the simulator is not what AWS is. */
export type Attempt = (lab: Lab) => Promise<unknown>;

export interface Probe {
  /** `effect` is read, `refused` fails and names it, `uncovered` has a reason instead. */
  readonly kind: 'effect' | 'refused' | 'uncovered';
  readonly attempt: Attempt;
  /** The operation an effect is read through. */
  readonly readBy?: string;
  /** What the message of a refusal must contain. */
  readonly named?: string;
  /** What the simulator does instead, for a probe that is known to fail; or why there is none. */
  readonly instead?: string;
  /** What is left out to see that the probe needs it; the member by default. */
  readonly whole?: string;
  /** Probes with the same one run in the same lab, one after another: for those that only read. */
  readonly shared?: object;
}

export interface MemberProbe extends Probe {
  /** For example `ec2:DescribeVpcs`. */
  readonly operation: string;
  readonly member: string;
}

/** Something to be seen in an output. */
export interface OutputProbe {
  readonly operation: string;
  readonly member: string;
  readonly attempt: Attempt;
}

export type ProbeSet = readonly (MemberProbe | OutputProbe)[];

/** The probes of an operation's input members. */
export function probes(
  operation: string,
  members: Readonly<Record<string, Probe>>,
): readonly MemberProbe[] {
  return Object.entries(members).map(([member, probe]) => ({ ...probe, operation, member }));
}

/** Attempts after which an operation must have answered with these output members. */
export function outputs(
  operation: string,
  members: Readonly<Record<string, Attempt>>,
): readonly OutputProbe[] {
  return Object.entries(members).map(([member, attempt]) => ({ operation, member, attempt }));
}

/** @param readBy the operation that shows the effect, such as `ec2:DescribeVpcEndpoints`. */
export function effect(readBy: string, attempt: Attempt): Probe {
  return { kind: 'effect', readBy, attempt };
}

/**
 * The attempt ends with the simulator's refusal.
 * @param named how the error's message names the member or what it is for.
 * @param whole the structure that is refused, when the member is one of several in it.
 */
export function refused(named: string, attempt: Attempt, whole?: string): Probe {
  return { kind: 'refused', named, attempt, ...(whole === undefined ? {} : { whole }) };
}

/** @param why no probe can show anything of the member, as a sentence for the table. */
export function uncovered(why: string): Probe {
  return { kind: 'uncovered', instead: why, attempt: async () => undefined };
}

/** @param instead what happens, as a sentence for the table. */
export function wrong(instead: string, probe: Probe): Probe {
  return { ...probe, instead };
}

/** Probes that make what they look at, so that they can run in one lab, one after another. */
export function inOneLab(
  members: Readonly<Record<string, Probe>>,
  shared: object = {},
): Readonly<Record<string, Probe>> {
  return Object.fromEntries(
    Object.entries(members).map(([member, probe]) => [member, { shared, ...probe }]),
  );
}

/** The same probe for several members, which then all are in its calls. */
export function each(members: readonly string[], probe: Probe): Readonly<Record<string, Probe>> {
  return Object.fromEntries(members.map((member) => [member, probe]));
}
