// Looking at delays, knobs and quotas, and turning them while the simulator runs.

import { z } from 'zod';
import { knobChanges, quotaChanges, scenarioSchema } from '../scenario/scenario.ts';
import type { Simulation } from '../simulation.ts';
import { delaysSchema } from '../world/settings/delays.ts';
import { type Route, readBody } from './route.ts';

const changes = z.strictObject({
  delays: delaysSchema.default({}),
  knobs: knobChanges.default({}),
  quotas: quotaChanges.default({}),
});

export const settingRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: 'settings',
    about: 'The delays, knobs and quotas in force.',
    answer: ({ simulation }) => settingsOf(simulation),
  },
  {
    method: 'PATCH',
    path: 'settings',
    about:
      'Changes some: {"knobs": {"acceptAfterReject": "reconnects"}}. What began goes on as it was.',
    answer: ({ simulation }, { body }) => {
      const { delays, knobs, quotas } = readBody(changes, body);
      // The world's settings are its own copies; operations only read them.
      Object.assign(simulation.world.delays, delays);
      Object.assign(simulation.world.knobs, knobs);
      Object.assign(simulation.world.quotas, quotas);
      return settingsOf(simulation);
    },
  },
  {
    method: 'GET',
    path: 'scenario/schema',
    about: 'The JSON Schema of a scenario file.',
    answer: () => z.toJSONSchema(scenarioSchema, { io: 'input' }),
  },
];

function settingsOf({ world: { delays, knobs, quotas } }: Simulation) {
  return { delays, knobs, quotas };
}
