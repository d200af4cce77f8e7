// More accounts while it runs, and beginning again.

import { addAccount } from '../world/population.ts';
import { accountSchema } from '../world/world-spec.ts';
import { AdminError, type Route, readBody } from './route.ts';

export const worldRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: 'accounts',
    about: 'Adds an account, as a scenario describes it: {"id": "444444444444", "vpcs": […]}.',
    answer: ({ simulation }, { body }) => {
      const spec = readBody(accountSchema, body);
      try {
        addAccount(simulation.world, spec);
      } catch (error) {
        throw new AdminError(400, (error as Error).message);
      }
      return { id: spec.id };
    },
  },
  {
    method: 'POST',
    path: 'reset',
    about: 'Begins again as it was started: no resources, no faults, no calls, the present time.',
    answer: (context) => {
      context.reset();
      return { status: 'ok' };
    },
  },
];
