// The faults that are set, and which of them strikes a call. At most one strikes: the oldest that
// matches and is due.

import type { PendingCall } from '../services/pending-call.ts';
import type { Random } from '../world/ids.ts';
import type { Past } from '../world/past.ts';
import type { Fault } from './fault.ts';

export interface FaultStatus extends Fault {
  /** Calls it matched, and calls it struck. */
  readonly matched: number;
  readonly struck: number;
}

export interface Faults {
  /** Adds a fault, or replaces the one of that name and counts anew. */
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

/** @param past is told how old the oldest read may be that a fault asks for. */
export function createFaults(random: Random, past: Pick<Past, 'keep'>): Faults {
  const standing = new Map<string, Standing>();
  const keepPast = () =>
    past.keep(Math.max(0, ...[...standing.values()].map(({ fault }) => fault.staleMs ?? 0)));
  return {
    set: (fault) => {
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

function strikes(standing: Standing, call: PendingCall, random: Random): boolean {
  const { fault } = standing;
  if (!matches(fault.match, call)) return false;
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

function pattern(glob: string): RegExp {
  const parts = glob.split('*').map((part) => part.replace(/[^\w]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}
