// Looking at the token buckets, changing the rates, emptying the buckets.

import { z } from 'zod';
import type { Simulation } from '../simulation.ts';
import { throttleSettingsSchema } from '../throttling/throttle.ts';
import { unknownRates } from '../throttling/rate-names.ts';
import { AdminError, type Route, readBody } from './route.ts';

const drain = z.strictObject({
  organization: z.string().optional().describe('All of them, if left out.'),
});

export const throttlingRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: 'throttling',
    about: 'The rates in force and the tokens left in every bucket that was used.',
    answer: ({ simulation }) => throttlingFacts(simulation),
  },
  {
    method: 'PUT',
    path: 'throttling',
    takes: throttleSettingsSchema,
    about: 'Sets the rates: {"throttling": "aws", "limits": {"ec2:CreateVpcEndpoint": {…}}}.',
    answer: ({ simulation }, { body }) => {
      const settings = readBody(throttleSettingsSchema, body);
      const unknown = unknownRates(settings, simulation.catalog);
      if (unknown.length > 0) {
        throw new AdminError(400, `No simulated operation is called ${unknown.join(', ')}.`);
      }
      simulation.throttle.set(settings);
      return throttlingFacts(simulation);
    },
  },
  {
    method: 'POST',
    path: 'throttling/drain',
    takes: drain,
    about: 'Empties every bucket, or those of one organisation: {"organization": "o-…"}.',
    answer: ({ simulation }, { body }) => {
      const { organization } = readBody(drain, body);
      if (organization !== undefined) checkOrganization(simulation, organization);
      simulation.throttle.drain(simulation.clock.now().getTime(), organization);
      return throttlingFacts(simulation);
    },
  },
];

/** An account outside any organisation is one by itself, of its own id. */
function checkOrganization({ world }: Simulation, name: string): void {
  const names = [...world.accounts.values()].map(({ id, organization }) => organization ?? id);
  if (names.includes(name)) return;
  const known = [...new Set(names)].join(', ');
  throw new AdminError(404, `No account belongs to the organization ${name}; there are ${known}.`);
}

function throttlingFacts({ throttle, clock }: Simulation) {
  return { ...throttle.settings(), buckets: throttle.levels(clock.now().getTime()) };
}
