// The faults that are set, and which of them strikes a call. At most one strikes: the oldest that
// matches and is due.

import type { PendingCall } from '../services/pending-call.ts';
import type { Random } from '../world/ids.ts';
import type { Past } from '../world/past.ts';
import type { Fault } from './fault.ts';
import { namesFailing } from './partial-failure.ts';

export interface FaultStatus extends Fault {
  /** Calls it matched, and calls it struck. */
  readonly matched: number;
  readonly struck: number;
}

/** No call can ever match the fault; the message says what is wrong with it. */
export class UnmatchableFault extends Error {}

/** What can be called at all. */
export type Callable = Pick<PendingCall, 'service' | 'action'>;

export interface Faults {
  /**
   * Adds a fault, or replaces the one of that name and counts anew.
   * @throws UnmatchableFault
   */
  set(fault: Fault): void;
  /** Whether there was one of that name. */
  remove(name: string): boolean;
  clear(): void;
  list(): FaultStatus[];
  strike(call: PendingCall): Fault | undefined;
}

interface Standing {
  readonly fault: Fault;
  matched: number;
  struck: number;
}

interface Surroundings {
  readonly random: Random;
  /** Is told how old the oldest read may be that a fault asks for. */
  readonly past: Pick<Past, 'keep'>;
  /** A fault for anything else is a mistake in writing. */
  readonly callable: readonly Callable[];
}

export function createFaults({ random, past, callable }: Surroundings): Faults {
  const standing = new Map<string, Standing>();
  const keepPast = () =>
    past.keep(Math.max(0, ...[...standing.values()].map(({ fault }) => fault.staleMs ?? 0)));
  return {
    set: (fault) => {
      checkMatch(fault, callable);
      standing.set(fault.name, { fault, matched: 0, struck: 0 });
      keepPast();
    },
    remove: (name) => {
      const removed = standing.delete(name);
      keepPast();
      return removed;
    },
    clear: () => {
      standing.clear();
      keepPast();
    },
    list: () =>
      [...standing.values()].map(({ fault, matched, struck }) => ({ ...fault, matched, struck })),
    strike: (call) => {
      for (const one of standing.values()) if (strikes(one, call, random)) return one.fault;
      return undefined;
    },
  };
}

function checkMatch({ name, match }: Fault, callable: readonly Callable[]): void {
  const { service, action } = match;
  if (action === undefined) return;
  const there = callable.filter((one) => service === undefined || one.service === service);
  if (there.some((one) => pattern(action).test(one.action))) return;
  const [similar] = there
    .filter((one) => isSimilar(one.action, action))
    .toSorted((a, b) => apart(a.action, action) - apart(b.action, action));
  throw new UnmatchableFault(
    `The fault '${name}' matches no call: no simulated action${service ? ` of ${service}` : ''} ` +
      `is '${action}'.${similar ? ` Is ${similar.action} meant?` : ''}`,
  );
}

/** Whether they differ in their case or in an end that one of them lacks. */
function isSimilar(one: string, other: string): boolean {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  return a.startsWith(b) || b.startsWith(a);
}

function apart(one: string, other: string): number {
  return Math.abs(one.length - other.length);
}

function strikes(standing: Standing, call: PendingCall, random: Random): boolean {
  const { fault } = standing;
  if (!matches(fault.match, call) || !canAffect(fault, call)) return false;
  standing.matched += 1;
  const turn = standing.matched - fault.skip;
  const due = turn > 0 && turn % fault.every === 0;
  if (!due || standing.struck >= (fault.times ?? Infinity)) return false;
  if (fault.probability < 1 && random() >= fault.probability) return false;
  standing.struck += 1;
  return true;
}

function matches(match: Fault['match'], call: PendingCall): boolean {
  const { service, action, account, region, mutating, resource } = match;
  return (
    (service === undefined || service === call.service) &&
    (action === undefined || pattern(action).test(call.action)) &&
    (account === undefined || account === call.account) &&
    (region === undefined || region === call.region) &&
    (mutating === undefined || mutating === call.mutating) &&
    (resource === undefined || JSON.stringify(call.input).includes(resource))
  );
}

// A stale read is nothing to a call that changes something, and a failing item nothing to a call
// without it. A fault that does nothing at all is there to count.
function canAffect(fault: Fault, call: PendingCall): boolean {
  const { answer, performed, items, staleMs, delayMs, bytesPerSecond } = fault;
  if (items === undefined && staleMs === undefined) return true;
  const whateverCall = [answer, performed, delayMs, bytesPerSecond].some(
    (one) => one !== undefined,
  );
  if (whateverCall || (staleMs !== undefined && !call.mutating)) return true;
  return items !== undefined && namesFailing(items, call);
}

function pattern(glob: string): RegExp {
  const parts = glob.split('*').map((part) => part.replace(/[^\w]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}
