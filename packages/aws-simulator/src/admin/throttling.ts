// Looking at the token buckets, changing the rates, emptying the buckets.

import { z } from 'zod';
import type { Simulation } from '../simulation.ts';
import { type Route, readBody } from './route.ts';

const limit = z.strictObject({ bucket: z.number().min(0), refill: z.number().min(0) });

const settings = z.strictObject({
  throttling: z.enum(['off', 'aws']),
  limits: z.record(z.string().regex(/^[a-z0-9]+:[A-Za-z0-9]+$/), limit).optional(),
  organization: limit.optional(),
});

const drain = z.strictObject({ organization: z.string().optional() });

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
    about: 'Sets the rates: {"throttling": "aws", "limits": {"ec2:CreateVpcEndpoint": {…}}}.',
    answer: ({ simulation }, { body }) => {
      simulation.throttle.set(readBody(settings, body));
      return throttlingFacts(simulation);
    },
  },
  {
    method: 'POST',
    path: 'throttling/drain',
    about: 'Empties every bucket, or those of one organisation: {"organization": "o-…"}.',
    answer: ({ simulation }, { body }) => {
      const { organization } = readBody(drain, body);
      simulation.throttle.drain(simulation.clock.now().getTime(), organization);
      return throttlingFacts(simulation);
    },
  },
];

function throttlingFacts({ throttle, clock }: Simulation) {
  return { ...throttle.settings(), buckets: throttle.levels(clock.now().getTime()) };
}
