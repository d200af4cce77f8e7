// boto3, unmodified: the files of python/ are run in one process, as it reads the models of all the
// services first. The assertions are in the Python files; what they print is shown when they fail.

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

// The version whose reach the page tells.
const debian12 = 'boto3 1.26.27 (botocore 1.29.27)';
const page = readFileSync(
  new URL('../../../../docs/aws-simulator/testing-your-code.md', import.meta.url),
  'utf8',
);

test.runIf(client.runs)(
  'when boto3 plays its tests, every one of them passes',
  async () => {
    checkInstalled(client);
    const told = await play(files);
    report(told);
    expect(told.code, told.stdout + told.stderr).toBe(0);
    // unittest tells on standard error, and calls a file without tests a success.
    for (const name of files) expect(told.stderr).toMatch(new RegExp(`\\(${name}\\..* ok$`, 'm'));
    if (told.stdout.includes(debian12)) expect(page).toContain(missingRequests(told));
  },
  120_000,
);

/** What a client cannot ask of PrivateLink, as the page for strangers has it. */
function missingRequests({ stdout }: Outcome): string {
  const lines = stdout.matchAll(/^reach: ec2 (\w*VpcEndpoint\w*(?: input: .*)?)$/gm);
  return ['```text', ...[...lines].map(([, line]) => line?.replace(' input', '')), '```'].join(
    '\n',
  );
}

async function play(names: string[]): Promise<Outcome> {
  const simulator = await startSimulator({ world: worldOfPairs(200) });
  const directory = mkdtempSync(join(tmpdir(), 'aws-simulator-boto3-'));
  onTestFinished(async () => {
    await simulator.close();
    rmSync(directory, { recursive: true, force: true });
  });
  fillSubnets(simulator.world);
  const operations = spokenOperations();
  const model = join(directory, 'model.json');
  writeFileSync(model, JSON.stringify(operations));
  // Old versions of boto3 leave it to the collector to close connections; unittest minds.
  const quiet = ['-W', 'ignore::ResourceWarning'];
  return run(client.command, [...quiet, '-m', 'unittest', '-v', ...names], {
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
