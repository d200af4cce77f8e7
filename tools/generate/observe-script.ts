// The script of docs/observe for the CLI, which hands it to customers: as it is, since what they
// are given and what the page documents is the same.

import fs from 'node:fs/promises';
import path from 'node:path';
import type { Generator } from './generation.ts';

const root = path.resolve(import.meta.dirname, '../..');
const from = 'docs/observe/observe.sh';

export const generator: Generator = {
  name: 'observe script',
  outputs: async () => {
    const text = await fs.readFile(path.join(root, from), 'utf8');
    const lines = text.trimEnd().split('\n');
    const source = [
      `// The lines of ${from}, copied by \`pnpm generate\`; never edited.`,
      '',
      'export const observeScript: readonly string[] = [',
      ...lines.map((line) => `  ${JSON.stringify(line)},`),
      '];',
      '',
    ];
    return new Map([['packages/cli/src/generated/observe-script.ts', source.join('\n')]]);
  },
};
