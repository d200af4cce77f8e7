// Looking at the token buckets, changing the rates, emptying the buckets.

import { z } from 'zod';
import type { Simulation } from '../simulation.ts';
import { throttleSettingsSchema } from '../throttling/throttle.ts';
import { type Route, readBody } from './route.ts';

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
      simulation.throttle.set(readBody(throttleSettingsSchema, body));
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
