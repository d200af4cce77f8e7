// Histories of requests, made from the contract: each uses what the answers before it have shown.
// Whatever is sent, the answer is one that the contract declares. Seeds are told, so that a history
// can be played again; what fails is made shorter by fast-check.

import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { exchange, type Answer } from '../matrix/answers.ts';
import { createContractCheck } from './contract.ts';
import { createDraw } from './draw.ts';
import { startStage, type Begun, type Stage } from './stage.ts';
import { operations, requestOf, type Operation, type Request } from './steps.ts';

const isLong = Boolean(process.env['SALLYPORT_TEST_LONG']);
const seed = Number(process.env['SALLYPORT_SEED'] ?? (isLong ? Date.now() % 1_000_000 : 1));
const histories = Number(process.env['SALLYPORT_FUZZ_HISTORIES'] ?? (isLong ? 250 : 10));
const stepsMax = 160;
const timeoutMsPerHistory = 15_000;

let stage: Stage;
const check = createContractCheck();
const reached = new Map<string, number>();
let requests = 0;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.close());

const byId = new Map(operations.map((operation) => [operation.operationId, operation]));

interface Step {
  /** The id of an operation; `-` when something happens beside requests. */
  sent: string;
  seed: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  sent: fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...byId.keys()) },
    { weight: 1, arbitrary: fc.constant('-') },
  ),
  seed: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
});

const history = fc.array(step, { minLength: 1, maxLength: stepsMax, size: 'max' });

it(
  'when anything is sent, the answer is one that the contract declares',
  async () => {
    process.stderr.write(`${histories} histories of requests: SALLYPORT_SEED=${seed}\n`);
    const alone = fc.asyncProperty(history, (steps) => play(steps, 1));
    await fc.assert(alone, { seed, numRuns: histories });
    const left = operations.filter(({ operationId }) => !reached.has(operationId));
    const names = left.map(({ operationId }) => operationId);
    process.stderr.write(
      `${requests} requests; ${reached.size} of ${operations.length} operations have succeeded` +
        `${names.length > 0 ? `, not ${names.join(', ')}` : ''}\n`,
    );
    if (isLong) expect(names).toEqual([]);
  },
  histories * timeoutMsPerHistory,
);

it.skipIf(!isLong)(
  'when six are sent at a time, each answer is one that the contract declares (in test:long)',
  async () => {
    const together = fc.asyncProperty(history, (steps) => play(steps, 6));
    // Who comes first is no matter of the seed, so a shorter history may well succeed.
    await fc.assert(together, { seed, numRuns: Math.ceil(histories / 2), endOnFailure: true });
  },
  histories * timeoutMsPerHistory,
);

async function play(steps: Step[], atOnceMax: number): Promise<void> {
  const begun = await stage.begin();
  const underWay: Promise<void>[] = [];
  const settle = async () => {
    const settled = await Promise.allSettled(underWay.splice(0));
    for (const one of settled) if (one.status === 'rejected') throw one.reason;
  };
  for (const { sent: id, seed: own } of steps) {
    const draw = createDraw(own);
    const operation = byId.get(id);
    if (operation) {
      underWay.push(ask(begun, operation, requestOf({ ...begun, draw }, operation)));
    }
    if (!operation || underWay.length === atOnceMax) await settle();
    if (!operation) await begun.happen(draw);
  }
  await settle();
}

async function ask({ stock }: Begun, operation: Operation, request: Request): Promise<void> {
  const answer = await exchange(stage.origin, request);
  requests += 1;
  const wrong = check(operation, answer);
  if (wrong.length > 0) throw new Error(`${JSON.stringify(request)}: ${wrong.join('; ')}`);
  if (answer.status >= 300) return;
  const { operationId } = operation;
  reached.set(operationId, (reached.get(operationId) ?? 0) + 1);
  const body = bodyOf(answer);
  stock.learn(body);
  if (operationId === 'createChallenge') {
    stock.addPart(decodeURIComponent(request.target.split('/')[3]!), (body as { id: string }).id);
  }
  const { etag } = answer.headers;
  if (etag !== undefined) stock.tags.set(request.target, etag);
  const cursor = (body as { next_cursor?: string | null } | null)?.next_cursor;
  if (cursor) stock.cursors.set(operationId, [...(stock.cursors.get(operationId) ?? []), cursor]);
}

function bodyOf({ headers, text }: Answer): unknown {
  return headers['content-type']?.startsWith('application/json') ? JSON.parse(text) : null;
}
