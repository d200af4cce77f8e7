// The files of setup/ as data of the domain, which reads no files.

import fs from 'node:fs/promises';
import path from 'node:path';
import type { Generator } from './generation.ts';

const root = path.resolve(import.meta.dirname, '../../setup');

export const generator: Generator = {
  name: 'setup texts',
  outputs: async () => {
    const found = await fs.readdir(root, { recursive: true, withFileTypes: true });
    const files = found
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
      .sort();
    const members = await Promise.all(files.map(member));
    const text = `// The files of setup/, by \`pnpm generate\`; never edited.

export const setupTexts = {
${members.join('\n')}
} as const;
`;
    return new Map([['packages/api/src/domain/generated/setup-texts.ts', text]]);
  },
};

/** A line of the file is a line here, so that a difference is readable. */
async function member(file: string): Promise<string> {
  const text = await fs.readFile(path.join(root, file), 'utf8');
  const lines = text.split(/(?<=\n)/).map((line) => `    ${JSON.stringify(line)},\n`);
  return `  ${JSON.stringify(file)}: [\n${lines.join('')}  ].join(''),`;
}
