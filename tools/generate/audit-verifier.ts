// What verifies an export of the audit log, for the CLI: the files of the domain as they are, since
// the CLI imports nothing of the service, and two implementations could disagree.

import fs from 'node:fs/promises';
import path from 'node:path';
import type { Generator } from './generation.ts';

const root = path.resolve(import.meta.dirname, '../..');
const from = 'packages/api/src/domain';
const files = ['audit-chain.ts', 'audit-verifier.ts'];

export const generator: Generator = {
  name: 'audit verifier',
  outputs: async () => {
    const texts = files.map(async (file) => {
      const text = await fs.readFile(path.join(root, from, file), 'utf8');
      const head = `// Copied from ${from}/${file} by \`pnpm generate\`; never edited.\n`;
      return [`packages/cli/src/generated/${file}`, `${head}${text}`] as const;
    });
    return new Map(await Promise.all(texts));
  },
};
