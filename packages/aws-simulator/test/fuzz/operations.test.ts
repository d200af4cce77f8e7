// Every simulated operation of every service, in sequences, with inputs as its schema allows them:
// whatever is asked, the simulator answers as AWS does, and its world stays sound.

import fc, { type Arbitrary } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Operation, Schema } from '../../src/protocols/schema.ts';
import type { ServiceName } from '../../src/services/service.ts';
import { type FuzzLab, openFuzzLab } from './clients.ts';
import { goodCalls, opening } from './good-calls.ts';
import { inputs, referring, resolved, variations } from './inputs.ts';
import { type KnownValues, listedValues } from './known-values.ts';
import { outcomeOf } from './outcome.ts';
import { numberOfRuns, seeds, timeout } from './runs.ts';
import { worldProblems } from './world-problems.ts';

interface Step {
  readonly service: ServiceName;
  readonly operation: string;
  readonly account: string;
  readonly region: string;
  readonly input: Record<string, unknown>;
  readonly afterMs: number;
}

const accounts = ['111111111111', '222222222222', '333333333333'];
const regions = fc.oneof(
  { weight: 9, arbitrary: fc.constant('us-east-1') },
  { weight: 1, arbitrary: fc.constantFrom('eu-west-1', 'us-west-2') },
);
const pauses = fc.constantFrom(0, 0, 0, 0, 500, 10_000, 86_400_000);

describe.each(seeds)('with the seed %i', (seed) => {
  test(
    'when any operation is called with any input, it answers as AWS does and the world stays sound',
    async () => {
      const lab = await openFuzzLab(seed);
      try {
        const listed = listedValues(lab.sdks.values());
        const steps = fc.array(anyStep(lab), { minLength: 1, maxLength: 60, size: 'max' });
        const property = fc.asyncProperty(steps, async (sequence) => {
          const problems = await play(await begun(lab, listed), sequence);
          expect(problems).toEqual([]);
        });
        // The call that failed is told; finding a shorter way to it would take minutes.
        await fc.assert(property, { seed, numRuns: numberOfRuns(4), endOnFailure: true });
      } finally {
        await lab.close();
      }
    },
    timeout,
  );
});

interface Stage {
  readonly lab: FuzzLab;
  /** What each account has seen. */
  readonly known: ReadonlyMap<string, KnownValues>;
}

/** The default world with a service in it, and what its answers have taught. */
async function begun(lab: FuzzLab, listed: KnownValues): Promise<Stage> {
  lab.simulator.reset();
  const known = new Map(accounts.map((account) => [account, listed.copy()]));
  for (const { service, operation, account, input } of opening) {
    const mine = known.get(account) as KnownValues;
    const given = resolved(referring(input, 1), mine) as object;
    const command = lab.sdks.get(service)?.command(operation, given);
    mine.learn(await lab.as(account, service).send(command ?? {}));
  }
  return { lab, known };
}

async function play(stage: Stage, steps: readonly Step[]): Promise<string[]> {
  const { lab, known } = stage;
  const { simulator } = lab;
  const answered = () => simulator.simulation.calls.last();
  for (const [index, step] of steps.entries()) {
    const { service, operation, account, region } = step;
    // Now and then with what only another account has seen.
    const knower = index % 4 === 0 ? accounts[index % accounts.length] : account;
    const input = resolved(step.input, known.get(knower ?? '') as KnownValues) as object;
    const command = lab.sdks.get(service)?.command(operation, input) ?? {};
    const client = lab.as(account, service, region);
    const { output, problems, unsent } = await outcomeOf(client, command, answered);
    // What the SDK's serializer had already written of it would come with the client's next call.
    if (unsent) lab.drop(client);
    known.get(account)?.learn(output);
    lab.advance(step.afterMs);
    simulator.world.schedule.settle(simulator.simulation.clock.now().getTime());
    const all = [...problems, ...worldProblems(simulator.world)];
    const call = `${service}:${operation} of ${account} in ${region}`;
    if (all.length > 0) return [call, JSON.stringify(input).slice(0, 2000), ...all.slice(0, 5)];
  }
  return [];
}

function anyStep(lab: FuzzLab): Arbitrary<Step> {
  const { catalog } = lab.simulator.simulation;
  const strange = Object.entries(catalog).flatMap(([service, { operations, model }]) =>
    Object.keys(operations).map((operation) =>
      fc.record({
        service: fc.constant(service as ServiceName),
        operation: fc.constant(operation),
        account: fc.constantFrom(...accounts),
        region: regions,
        input: inputOf(model.get(operation), inputs),
        afterMs: pauses,
      }),
    ),
  );
  const good = goodCalls.map(({ service, operation, account, input }) =>
    fc.record({
      service: fc.constant(service),
      operation: fc.constant(operation),
      account: fc.constant(account),
      region: fc.constant('us-east-1'),
      input: inputOf(catalog[service].model.get(operation), (schema) => variations(input, schema)),
      afterMs: pauses,
    }),
  );
  return fc.oneof(fc.oneof(...strange), fc.oneof(...good));
}

function inputOf(
  model: Operation | undefined,
  make: (schema: Schema) => Arbitrary<Record<string, unknown>>,
): Arbitrary<Record<string, unknown>> {
  if (!model) throw new Error('There is a good call of an operation that no service has');
  return make(model.input);
}
