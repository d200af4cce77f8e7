import { expect, test } from 'vitest';
import { checkPurity } from './purity.ts';
import { parseFiles } from './syntax.ts';

test('when the domain computes with what it is given, it passes', () => {
  const text = `
    import { createHash } from 'node:crypto';
    import type { Server } from 'node:http';
    export const later = (now: Date) => new Date(now.getTime() + 1000);
    export const digest = (text: string) => createHash('sha256').update(text).digest('hex');
    type Clock = { setTimeout: () => void };`;
  expect(names('domain', text)).toEqual([]);
});

test.each(['usecases', 'reconcile', 'http', 'storage', 'aws', 'domain'])(
  'when %s takes the time or a random number by itself, it fails',
  (layer) => {
    for (const text of [
      'Date.now();',
      'const now = () => new Date();',
      'const random = Math.random;',
      'crypto.randomUUID();',
      'globalThis.crypto.randomUUID();',
    ]) {
      expect(names(layer, text)).toHaveLength(1);
    }
  },
);

test.each(['fetch("x");', 'setTimeout(f, 1);', 'process.exit();', 'console.log(1);'])(
  'when the domain does %s, it fails, and other layers may',
  (text) => {
    expect(names('domain', text)).toHaveLength(1);
    expect(names('aws', text)).toEqual([]);
  },
);

test.each([
  "import fs from 'node:fs';",
  "import { randomBytes } from 'node:crypto';",
  "import * as crypto from 'node:crypto';",
])('when the domain says %s, it fails', (text) => {
  expect(names('domain', text)).toHaveLength(1);
});

test('when a file is in no layer, it may read the clock', () => {
  const { parsed } = parseFiles([{ path: 'packages/api/src/app.ts', text: 'Date.now();' }]);
  expect(checkPurity(parsed)).toEqual([]);
});

function names(layer: string, text: string): string[] {
  const { parsed } = parseFiles([{ path: `packages/api/src/${layer}/a.ts`, text }]);
  return checkPurity(parsed).map(({ message }) => message);
}
