// What can go wrong with a call, as data: which calls a fault strikes, when, and what it does to
// them. The schema is the only description; the types, the admin API and scenario files use it.

import { z } from 'zod';
import { serviceNames } from '../services/service.ts';

const count = z.int().min(0);

/** What a timer can wait: 24 days. */
const LONGEST_DELAY = 2 ** 31 - 1;

const match = z
  .strictObject({
    service: z.enum(serviceNames).optional().describe('ec2, route53 …'),
    action: z.string().optional().describe('Exact, or with * for any characters.'),
    account: z
      .string()
      .regex(/^\d{12}$/)
      .optional()
      .describe('Of the caller.'),
    region: z.string().optional().describe('For example us-east-1.'),
    mutating: z.boolean().optional().describe('Whether the action could change AWS.'),
    resource: z.string().optional().describe('Text that the input has somewhere, such as an id.'),
  })
  .describe('The calls it strikes; what is left out does not matter.');

const awsError = z
  .strictObject({
    code: z.string().min(1),
    message: z.string().default('The simulator was told to fail this call.'),
    status: z.int().min(400).max(599).default(400),
  })
  .describe("An error in the service's own form.");

const page = z
  .strictObject({
    page: z.string(),
    status: z.int().min(200).max(599).default(500),
    contentType: z.string().default('text/html'),
  })
  .describe('A body as it is, for example the HTML of a proxy in front of AWS.');

const ANSWERS = '"silence", "reset", "cut", {code, message, status} or {page, status, contentType}';

const items = z
  .strictObject({
    code: z.string().min(1),
    message: z.string().default('The simulator was told to fail this item.'),
    ids: z.array(z.string()).min(1).optional().describe('All items, if left out.'),
  })
  .describe('Items of a batch that end in `unsuccessful`; the others are performed.');

export const faultSchema = z.strictObject({
  name: z.string().min(1).max(100).describe('Unique; setting the same name again replaces it.'),
  match: match.default({}),
  skip: count.default(0).describe('Matching calls to leave alone first.'),
  times: count.min(1).optional().describe('Calls to strike; for ever, if left out.'),
  every: count.min(1).default(1).describe('Strikes each nth matching call: 2 alternates.'),
  probability: z.number().min(0).max(1).default(1).describe('Seeded luck, from 0 to 1.'),
  performed: z
    .boolean()
    .optional()
    .describe('Whether the call takes effect. By default it does, unless the answer is an error.'),
  answer: z
    .union([z.enum(['silence', 'reset', 'cut']), awsError, page], { error: `is one of ${ANSWERS}` })
    .optional()
    .describe(
      `What the client gets instead: ${ANSWERS}. That is nothing and an open connection, a reset ` +
        'connection, half the answer, an error in the form of the service, or any page as it is. ' +
        'The true answer, if left out.',
    ),
  items: items
    .optional()
    .describe('{code, message, ids}: items of a batch that end in `unsuccessful`.'),
  staleMs: count.optional().describe('A read sees the world as it was this long ago.'),
  delayMs: count
    .max(LONGEST_DELAY)
    .optional()
    .describe('Time before the first byte of the answer, on the wall clock.'),
  bytesPerSecond: count.min(1).optional().describe('Speed of the answer.'),
});

/** A fault as it is written: what has a default may be left out. */
export type FaultSpec = z.input<typeof faultSchema>;
export type Fault = z.output<typeof faultSchema>;

/** How the bytes of an answer reach the client; left out is at once and whole. */
export interface Delivery {
  readonly ending?: 'silence' | 'reset' | 'cut' | undefined;
  readonly delayMs?: number | undefined;
  readonly bytesPerSecond?: number | undefined;
}

export function deliveryOf({ answer, delayMs, bytesPerSecond }: Fault): Delivery {
  return { ending: typeof answer === 'string' ? answer : undefined, delayMs, bytesPerSecond };
}

/** Whether a call that the fault strikes still takes effect. */
export function isPerformed({ performed, answer }: Fault): boolean {
  return performed ?? (typeof answer !== 'object' || answer === null);
}
