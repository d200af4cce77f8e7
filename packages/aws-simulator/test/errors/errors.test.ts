// Sees every error of the ledger through the SDK, and holds the page in docs/ to what was seen, the
// ledger to what AWS documents, and both to the simulator's source. How to write a row is told in
// ledger.ts. When the page is out of date, write it anew with
//
//   ERRORS=write npx vitest run packages/aws-simulator/test/errors

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { errorCodes } from '../../src/error-codes.ts';
import { createCatalog } from '../../src/services/catalog.ts';
import { serviceNames } from '../../src/services/service.ts';
import { defaultKnobs, knobsSchema } from '../../src/world/settings/knobs.ts';
import { documented, queryCode, sdkName } from './documented.ts';
import type { Row } from './ledger.ts';
import { neverGiven } from './never-given.ts';
import { errorPage } from './page.ts';
import { allRows } from './rows/all.ts';
import { createSession } from './sightings.ts';
import { sourcesOf } from './sources.ts';

const session = createSession();
afterAll(() => session.close());

const ALL = { timeout: 60_000 };
const keyOf = ({ service, operation, code }: Row) => `${service}:${operation} ${code}`;
const keys = new Set(allRows.map(keyOf));
const names = new Set(allRows.map(({ service, code }) => `${service} ${code}`));

describe.each(serviceNames)('%s', (name) => {
  const rows = allRows.filter(({ service }) => service === name);
  test.each(rows)('$operation says $code', async (row) => {
    const { operation, code, ways } = row;
    const sightings = await session.see(row);
    expect(sightings.map((sighting) => sighting.code)).toEqual(ways.map(() => code));
    for (const [index, { message, operation: called, changed }] of sightings.entries()) {
      const { says = '', options } = ways[index] ?? {};
      expect(message).toMatch(/\w+ \w+/);
      expect(message).toContain(says);
      // Only a scene of one's own may change, on the way to its error.
      if (!options) expect([index, changed]).toEqual([index, false]);
      if (operation !== '*') expect(called).toBe(`${name}:${operation}`);
    }
  });
});

test('when a code can be given, the ledger has it', () => {
  const given = serviceNames.flatMap((service) =>
    codesIn(`services/${service}`).map((code) => `${service} ${sdkName(service, code)}`),
  );
  expect(given.filter((name) => !names.has(name))).toEqual([]);
  const somewhere = errorCodes.filter((code) =>
    serviceNames.some((service) => names.has(`${service} ${sdkName(service, code)}`)),
  );
  expect(errorCodes.filter((code) => !somewhere.includes(code))).toEqual([]);
});

test('when a knob says which code it is, each of its codes is seen', () => {
  const turned = new Set(
    allRows.flatMap(({ ways, code }) =>
      ways.flatMap(({ options = {} }) =>
        Object.entries(options.knobs ?? {}).map(([knob, value]) => `${knob} ${value} ${code}`),
      ),
    ),
  );
  const wanted = Object.entries(knobsSchema.shape).flatMap(([knob, schema]) =>
    codesOf(schema)
      .filter((code) => code !== defaultKnobs[knob as keyof typeof defaultKnobs])
      .map((code) => `${knob} ${code} ${code}`),
  );
  expect(wanted.length).toBeGreaterThan(0);
  expect(wanted.filter((one) => !turned.has(one))).toEqual([]);
});

test('when AWS documents a code, the ledger has it or a reason why not', () => {
  const catalog = createCatalog();
  const open = new Set(Object.keys(neverGiven));
  const missing: string[] = [];
  for (const service of serviceNames) {
    for (const operation of ['*', ...Object.keys(catalog[service].operations)]) {
      for (const code of documented(service, operation)) {
        const places = [`${service}:${operation} ${code}`, `${service}:* ${code}`];
        // An entry of a batch has the code of AWS Query.
        const entry = `${service}:${operation} ${queryCode(service, code)}`;
        if ([...places, entry].some((place) => keys.has(place))) continue;
        const reason = places.find((place) => place in neverGiven);
        if (reason === undefined) missing.push(places.join(' or '));
        else open.delete(reason);
      }
    }
  }
  expect(missing).toEqual([]);
  expect([...open], 'Reasons that nothing needs').toEqual([]);
});

test('when a code is in the ledger, it has a source', () => {
  expect(allRows.filter((row) => sourcesOf(row).length === 0).map(keyOf)).toEqual([]);
});

test('when the errors are as they are, the page tells them', ALL, async () => {
  const seen = [];
  for (const row of allRows) seen.push({ row, sightings: await session.see(row) });
  const path = fileURLToPath(new URL('../../../../docs/aws-simulator/errors.md', import.meta.url));
  const text = errorPage(seen);
  if (process.env['ERRORS'] === 'write') writeFileSync(path, text);
  const [now, before] = [text.split('\n'), readFileSync(path, 'utf8').split('\n')];
  const stale = [
    ...before.filter((line) => !now.includes(line)).map((line) => `- ${line}`),
    ...now.filter((line) => !before.includes(line)).map((line) => `+ ${line}`),
  ];
  const advice = 'Write it anew: ERRORS=write npx vitest run packages/aws-simulator/test/errors';
  expect(stale, advice).toEqual([]);
});

/** The codes that the files of a folder of src/ have in them, as strings. */
function codesIn(folder: string): string[] {
  const root = fileURLToPath(new URL(`../../src/${folder}/`, import.meta.url));
  const text = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(`${root}${name}`, 'utf8'))
    .join('\n');
  return errorCodes.filter((code) => text.includes(`'${code}'`));
}

/** The codes that a knob can be. */
function codesOf(knob: object): string[] {
  const { options } = (knob as { unwrap(): { readonly options?: readonly string[] } }).unwrap();
  const known: readonly string[] = errorCodes;
  return (options ?? []).filter((one) => known.includes(one));
}
