// What is decided, played against models of AWS and of people, from any beginning through anything
// that may happen: what must never be done is not done, and it comes to an end.

import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyConnections, playConnections } from './connection-model.ts';
import { decisionRuns } from './decision-runs.ts';
import { anyLeaving, anyRetiring, playLeaving, playRetiring } from './leaving-model.ts';
import { anyHistory, playPrincipals } from './principal-model.ts';
import { anyWeather, play } from './private-dns-model.ts';

const runs = decisionRuns();
const timeoutMs = 300_000;

it(
  'when grants and hands come and go, only what we asked for is removed',
  () => {
    const property = fc.property(anyHistory, (history) => {
      expect(playPrincipals(history)).toEqual([]);
    });
    fc.assert(property, runs);
  },
  timeoutMs,
);

it(
  'when endpoints ask and AWS refuses, what was decided is done, and nothing else',
  () => {
    const property = fc.property(anyConnections, (events) => {
      expect(playConnections(events)).toEqual([]);
    });
    fc.assert(property, runs);
  },
  timeoutMs,
);

it(
  'when a name begins anywhere, it ends verified or blocked, and is not asked for too soon',
  () => {
    const property = fc.property(anyWeather, fc.boolean(), (weather, isWanted) => {
      const { steps, startedTooSoon, wanted } = play(
        isWanted ? 'api.vendor.example' : null,
        weather,
      );
      expect(['none', 'blocked']).toContain(steps.at(-1));
      expect(startedTooSoon).toBe(0);
      if (!isWanted) expect(wanted.record).toBeNull();
    });
    fc.assert(property, runs);
  },
  timeoutMs,
);

it(
  'when a customer leaves, nobody is cut off before the door is shut, and it ends',
  () => {
    const property = fc.property(anyLeaving, (leaving) => {
      expect(playLeaving(leaving)).toEqual([]);
    });
    fc.assert(property, runs);
  },
  timeoutMs,
);

it(
  'when a service retires, it is deleted once nothing is left',
  () => {
    const property = fc.property(anyRetiring, (retiring) => {
      expect(playRetiring(retiring)).toEqual([]);
    });
    fc.assert(property, runs);
  },
  timeoutMs,
);
