// Runs every probe, and holds the table in docs/ to what they show. How to write a probe is told in
// probe.ts. When the table is out of date, write it anew with
//
//   CONFORMANCE=write npx vitest run packages/aws-simulator/test/conformance

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import type { MemberProbe, OutputProbe } from './probe.ts';
import { allProbes } from './probes/all.ts';
import { type Report, reasonFor, reportOf } from './report.ts';
import { createSession } from './session.ts';
import { pagesOf } from './table.ts';
import { unseenOutputs } from './unseen-outputs.ts';

// Tests that need every probe run those that have not run yet.
const ALL = { timeout: 240_000 };

const session = createSession();
afterAll(() => session.close());

describe('each probe shows what it says', () => {
  for (const probe of allProbes) {
    test(`${probe.operation} ${probe.member}`, () => passes(probe));
  }
});

test('when a probe is written, it is the only one of a member that exists', ALL, async () => {
  const { operations } = await completeReport();
  const known = new Set(
    operations.flatMap(({ service, name, members }) =>
      members.map(({ path }) => `${service}:${name} ${path}`),
    ),
  );
  const names = allProbes.filter(isMemberProbe).map((one) => `${one.operation} ${one.member}`);
  expect(names.filter((name) => !known.has(name))).toEqual([]);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test('when a reason is given for an output never seen, it still is', ALL, async () => {
  const { operations } = await completeReport();
  const used = new Set(
    operations.flatMap(({ service, name, outputs }) =>
      outputs
        .filter(({ seen }) => !seen)
        .map(({ path }) => reasonFor(unseenOutputs, `${service}:${name}`, path)),
    ),
  );
  expect(unseenOutputs.filter((unseen) => !used.has(unseen))).toEqual([]);
});

test('when the simulator and its probes are as they are, the table tells it', ALL, async () => {
  const stale: string[] = [];
  for (const { file, text } of pagesOf(await completeReport())) {
    const path = fileURLToPath(new URL(`../../../../docs/aws-simulator/${file}`, import.meta.url));
    if (process.env['CONFORMANCE'] === 'write') {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    if (text !== textOf(path)) stale.push(...newLines(text, textOf(path)));
  }
  const advice =
    'Write it anew: CONFORMANCE=write npx vitest run packages/aws-simulator/test/conformance';
  expect(stale, advice).toEqual([]);
});

async function passes(probe: MemberProbe | OutputProbe): Promise<void> {
  const failure = await session.failureOf(probe);
  if (failure) throw failure;
}

/** After every probe has run, in this test or in its own. */
async function completeReport(): Promise<Report> {
  const probes = new Map<MemberProbe, Error | undefined>();
  for (const probe of allProbes) {
    const failure = await session.failureOf(probe);
    if (isMemberProbe(probe)) probes.set(probe, failure);
  }
  return reportOf({ probes, seen: session.seen, unseen: unseenOutputs });
}

function isMemberProbe(probe: MemberProbe | OutputProbe): probe is MemberProbe {
  return 'kind' in probe;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function newLines(wanted: string, found: string): string[] {
  const [now, before] = [wanted.split('\n'), found.split('\n')];
  return [
    ...before.filter((line) => !now.includes(line)).map((line) => `- ${line}`),
    ...now.filter((line) => !before.includes(line)).map((line) => `+ ${line}`),
  ];
}
