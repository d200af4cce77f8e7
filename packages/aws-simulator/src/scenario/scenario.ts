// A scenario: everything a simulator can be started with, in one JSON file.

import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { SimulationOptions } from '../simulation.ts';
import { throttleSettingsSchema, throttlingModes } from '../throttling/throttle.ts';
import { faultSchema } from '../trouble/fault.ts';
import { delaysSchema, profiles } from '../world/settings/delays.ts';
import { knobsSchema } from '../world/settings/knobs.ts';
import { quotasSchema } from '../world/settings/quotas.ts';
import { accountSchema } from '../world/world-spec.ts';

type Defaults = z.ZodObject<Readonly<Record<string, z.ZodDefault<z.ZodType>>>>;

/** The schema without its defaults: what is left out stays as it is. */
function changesTo(schema: Defaults) {
  const members = Object.entries(schema.shape).map(([name, member]) => {
    const inner = member.def.innerType.optional();
    return [name, inner.describe(member.description ?? '')] as const;
  });
  return z.strictObject(Object.fromEntries(members));
}

export const knobChanges = changesTo(knobsSchema);
export const quotaChanges = changesTo(quotasSchema);

export const scenarioSchema = z.strictObject({
  $schema: z.string().optional().describe('For editors.'),
  profile: z.enum(profiles).optional().describe('The delays; compressed by default.'),
  seed: z.int().optional().describe('The same seed gives the same ids and the same luck again.'),
  delays: delaysSchema.optional().describe("Milliseconds that differ from the profile's."),
  knobs: knobChanges.optional().describe('Knobs that differ from their defaults.'),
  quotas: quotaChanges.optional().describe('Quotas that differ from their defaults.'),
  throttling: z
    .union([z.enum(throttlingModes), throttleSettingsSchema])
    .optional()
    .describe("AWS's request rates; on with the profile aws, else off."),
  faults: z.array(faultSchema).optional().describe('Faults that are set from the beginning.'),
  accounts: z.array(accountSchema).min(1).optional().describe('The default world, if left out.'),
});

export type Scenario = z.input<typeof scenarioSchema>;

/** The file is not a scenario; the message names every member that is wrong. */
export class ScenarioError extends Error {}

/** @throws ScenarioError when the file cannot be read, is not JSON or not a scenario. */
export async function readScenario(file: string): Promise<SimulationOptions> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new ScenarioError(`${file} cannot be read: ${(error as Error).message}`);
  }
  return scenarioOptions(parseJson(file, text), file);
}

/** @throws ScenarioError */
export function scenarioOptions(value: unknown, name = 'the scenario'): SimulationOptions {
  const read = scenarioSchema.safeParse(value);
  if (!read.success) {
    const wrong = z.prettifyError(read.error);
    throw new ScenarioError(
      `${name}:\n${wrong}\ndocs/aws-simulator/scenario.md says what it may have.`,
    );
  }
  const { $schema: _, accounts, ...options } = read.data;
  return { ...options, ...(accounts ? { world: { accounts } } : {}) };
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new ScenarioError(`${file} is not JSON: ${(error as Error).message}`);
  }
}
