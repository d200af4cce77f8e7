// Looking at the world's clock and moving it.

import { z } from 'zod';
import type { Simulation } from '../simulation.ts';
import { AdminError, type Route, readBody } from './route.ts';

const DAY_MS = 86_400_000;
/** Timestamps have four digits for the year. */
const LATEST = Date.UTC(9999, 11, 31);

const change = z.strictObject({
  advanceMs: z
    .int()
    .min(0)
    .max(36_500 * DAY_MS)
    .default(0)
    .describe('Milliseconds to move ahead.'),
  stopped: z
    .boolean()
    .optional()
    .describe('true lets the time stand still until it is moved; false lets it run on.'),
});

export const clockRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: 'health',
    about: 'That it runs, its profile and its time.',
    answer: ({ simulation }) => {
      const { profile, clock } = simulation;
      return { status: 'ok', profile, now: clock.now().toISOString() };
    },
  },
  {
    method: 'GET',
    path: 'clock',
    about: "The world's time, how far it is ahead, and when something happens next.",
    answer: ({ simulation }) => clockFacts(simulation),
  },
  {
    method: 'POST',
    path: 'clock',
    takes: change,
    about: 'Moves the world ahead: {"advanceMs": 86400000}; {"stopped": true} lets it stand still.',
    answer: ({ simulation }, { body }) => {
      const { advanceMs, stopped } = readBody(change, body);
      const { clock, world, past } = simulation;
      if (clock.now().getTime() + advanceMs > LATEST) {
        throw new AdminError(400, 'The clock cannot be moved beyond the year 9999.');
      }
      if (stopped === true) clock.stop();
      clock.advance(advanceMs);
      if (stopped === false) clock.run();
      world.schedule.settle(clock.now().getTime(), past.note);
      return clockFacts(simulation);
    },
  },
];

function clockFacts({ clock, world }: Simulation) {
  const next = world.schedule.nextDue();
  return {
    now: clock.now().toISOString(),
    aheadMs: clock.ahead(),
    stopped: clock.stopped(),
    nextEventAt: next === undefined ? null : new Date(next).toISOString(),
  };
}
