// boto3, unmodified: each file of python/ is run in a process of its own against a simulator of
// its own. The assertions are in the Python files; what they print is shown when they fail.

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startSimulator } from '../../src/index.ts';
import { boto3, checkInstalled, type Outcome, run } from './installed.ts';
import { spokenOperations } from './model.ts';
import { fillSubnets, worldOfPairs } from './world.ts';

const client = boto3();
// What the files have in common; no tests.
const shared = ['lab.py', 'tables.py'];
const files = readdirSync(new URL('python/', import.meta.url))
  .filter((name) => name.endsWith('.py') && !shared.includes(name))
  .map((name) => name.slice(0, -3));

test.runIf(client.runs).each(files)(
  'when boto3 plays %s, every test in it passes',
  async (name) => {
    checkInstalled(client);
    const told = await play(name);
    report(told);
    // unittest tells on standard error, and calls a file without tests a success.
    expect({ code: told.code, output: told.stdout + told.stderr }).toEqual({
      code: 0,
      output: expect.stringMatching(/^Ran [1-9]\d* tests? in/m),
    });
  },
  120_000,
);

async function play(name: string): Promise<Outcome> {
  const simulator = await startSimulator({ world: worldOfPairs(40) });
  const directory = mkdtempSync(join(tmpdir(), 'aws-simulator-boto3-'));
  onTestFinished(async () => {
    await simulator.close();
    rmSync(directory, { recursive: true, force: true });
  });
  fillSubnets(simulator.world);
  const operations = spokenOperations();
  const model = join(directory, 'model.json');
  writeFileSync(model, JSON.stringify(operations));
  return run(client.command, ['-m', 'unittest', '-v', name], {
    SIMULATOR: simulator.endpoint,
    MODEL: model,
    SIMULATED: operations.map(({ service, operation }) => `${service}:${operation}`).join(' '),
  });
}

/** Prints what a client of this version left out, and what only a newer one reaches. */
function report({ stdout, stderr }: Outcome): void {
  for (const [, reason] of stderr.matchAll(/skipped '(.*)'$/gm)) {
    process.stderr.write(`skipped: ${reason}\n`);
  }
  for (const [line] of stdout.matchAll(/^reach.*$/gm)) process.stderr.write(`${line}\n`);
}
