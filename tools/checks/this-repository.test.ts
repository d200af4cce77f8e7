// The architecture is part of the tests, not only of `pnpm check`: these hold for the real sources.

import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { checkCycles } from './cycles.ts';
import { checkEnvironment } from './environment.ts';
import { checkImports } from './imports.ts';
import { checkPurity } from './purity.ts';
import { isHandWritten, readRepository } from './repository.ts';
import { type ParsedFile, parseFiles } from './syntax.ts';

let sources: ParsedFile[];

beforeAll(async () => {
  const files = await readRepository(path.resolve(import.meta.dirname, '../..'));
  sources = parseFiles(files.filter(isHandWritten)).parsed;
});

test('when the sources are looked at, every layer and package has some', () => {
  const folders = ['api/src/domain', 'api/src/http', 'sdk/src', 'cli/src', 'aws-simulator/src'];
  for (const folder of folders) {
    const found = sources.filter((file) => file.path.startsWith(`packages/${folder}/`));
    expect(found.length, folder).toBeGreaterThan(5);
  }
});

test('when the sources import, they do so in the allowed direction and in no circle', () => {
  expect([...checkImports(sources), ...checkCycles(sources)]).toEqual([]);
});

test('when the sources need the environment or SQL, they are where that belongs', () => {
  expect(checkEnvironment(sources)).toEqual([]);
});

test('when the layers need the time or chance, they are given it', () => {
  expect(checkPurity(sources)).toEqual([]);
});
