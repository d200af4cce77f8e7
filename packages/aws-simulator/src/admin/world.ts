// Looking at the world where no client can, and beginning again.

import type { Simulation } from '../simulation.ts';
import { addAccount } from '../world/population.ts';
import { accountSchema } from '../world/world-spec.ts';
import { AdminError, type Route, readBody } from './route.ts';

export const worldRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: 'load-balancers',
    about: 'The load balancers with their ARNs, which are the same in every run.',
    answer: ({ simulation }) => ({ load_balancers: loadBalancers(simulation) }),
  },
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
      simulation.past.note(simulation.clock.now().getTime());
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

function loadBalancers({ world }: Simulation) {
  return [...world.loadBalancers.values()].map(({ id: arn, account, region, name }) => {
    return { arn, account, region, name };
  });
}
