// boto3, unmodified: each file of python/ is run in a process of its own against a simulator of
// its own. The assertions are in the Python files; what they print is shown when they fail.

import { readdirSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { startSimulator } from '../../src/index.ts';
import { boto3, checkInstalled, run } from './installed.ts';
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
    const simulator = await startSimulator({ world: worldOfPairs(40) });
    fillSubnets(simulator.world);
    onTestFinished(() => simulator.close());
    const told = await run(client.command, ['-m', 'unittest', '-v', name], {
      SIMULATOR: simulator.endpoint,
    });
    // unittest tells on standard error, and calls a file without tests a success.
    const [, count = '0'] = /^Ran (\d+) tests? in/m.exec(told.stderr) ?? [];
    expect({ ...told, tests: Number(count) > 0 }).toMatchObject({ code: 0, tests: true });
    for (const [, reason] of told.stderr.matchAll(/skipped '(.*)'$/gm)) {
      process.stderr.write(`skipped: ${reason}\n`);
    }
  },
  120_000,
);
