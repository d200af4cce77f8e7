// Places for requests that stay open, event streams and reads that wait: so many in a process, and
// so many of them for one customer, so that none can take them all.

import { refuse } from '../domain/errors.ts';
import type { Caller } from './context.ts';

export interface Places {
  /**
   * Takes one for the caller's customer, or for the caller of staff. @returns what gives it back
   * @throws Refusal `too_many_open` when the party has as many as it may, `unavailable` when the
   * process has
   */
  take(caller: Caller): () => void;
}

export interface PlaceLimits {
  total: number;
  /** Of one customer with all of its keys and tokens; of one key or person of staff. */
  each: number;
}

export const streamPlaces: PlaceLimits = { total: 500, each: 20 };
export const waitPlaces: PlaceLimits = { total: 1000, each: 200 };

/** @param what what they are for, in the plural, as people are told: `event streams` */
export function createPlaces(what: string, { total, each }: PlaceLimits): Places {
  const taken = new Map<string, number>();
  let all = 0;
  const count = (party: string, change: 1 | -1) => {
    all += change;
    const now = (taken.get(party) ?? 0) + change;
    if (now === 0) taken.delete(party);
    else taken.set(party, now);
  };
  return {
    take: ({ id, customerId }) => {
      const party = customerId ?? id;
      if ((taken.get(party) ?? 0) >= each) {
        const detail = `${each} ${what} of yours are open here already: end one of them first.`;
        throw refuse('too_many_open', detail);
      }
      if (all >= total) {
        throw refuse(
          'unavailable',
          `${total} ${what} are open here; another replica may have room.`,
        );
      }
      count(party, 1);
      let isTaken = true;
      return () => {
        if (isTaken) count(party, -1);
        isTaken = false;
      };
    },
  };
}
