// What the CLI has of the service, as it is there, since the CLI imports nothing of it, and two
// implementations could disagree: what verifies an export of the audit log, and what refuses JSON
// that names a member twice.

import fs from 'node:fs/promises';
import path from 'node:path';
import type { Generator } from './generation.ts';

const root = path.resolve(import.meta.dirname, '../..');
const from = 'packages/api/src';
const files = [
  'domain/audit-chain.ts',
  'domain/audit-verifier.ts',
  'http/input/json-pointer.ts',
  'http/input/repeated-member.ts',
];

export const generator: Generator = {
  name: 'shared sources',
  outputs: async () => {
    const texts = files.map(async (file) => {
      const text = await fs.readFile(path.join(root, from, file), 'utf8');
      const head = `// Copied from ${from}/${file} by \`pnpm generate\`; never edited.\n`;
      return [`packages/cli/src/generated/${path.basename(file)}`, `${head}${text}`] as const;
    });
    return new Map(await Promise.all(texts));
  },
};
