// What the built package offers by its types, as a file in git: a breaking change is a diff of it.
//
//   vitest run packages/sdk/test/api-report.test.ts --update

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const dist = path.resolve(import.meta.dirname, '../dist');
const report = '../api-report.txt';

test('when a type of the package changes, the report of them shows it', async ({ skip }) => {
  const files = readdirSync(dist).filter((name) => name.endsWith('.d.ts'));
  if (!files.includes('index.d.ts')) skip('not built, run `pnpm build`');
  const texts = files.map((name) => withoutComments(readFileSync(path.join(dist, name), 'utf8')));
  const entry = (name: string) => exportsOf(texts[files.indexOf(`${name}.d.ts`)]!);
  const declared = texts.flatMap(declarationsOf).toSorted();
  expect(declared.length).toBeGreaterThan(300);
  const parts = [
    list('@sallyport/sdk', entry('index')),
    list('@sallyport/sdk/aws', entry('aws')),
    ...declared,
  ];
  await expect(`${parts.join('\n\n')}\n`).toMatchFileSnapshot(report);
});

function list(title: string, names: string[]): string {
  return [`${title} exports`, ...names.map((name) => `  ${name}`)].join('\n');
}

function withoutComments(text: string): string {
  return text.replaceAll(/^ *\/\*\*[\s\S]*?\*\/\n/gm, '').replaceAll(/^\/\/.*\n/gm, '');
}

/** What the bundler has made of it: each declaration begins and ends at the start of a line. */
function declarationsOf(text: string): string[] {
  const begins = /^(?:declare |export )*(?:abstract )?(?:class|interface|type|function|const) /;
  const declarations: string[] = [];
  let open: string[] = [];
  for (const line of text.split('\n')) {
    if (open.length === 0 && !begins.test(line)) continue;
    open.push(line);
    if (!/^\S.*[;}]$|^[;})].*$/.test(line)) continue;
    declarations.push(open.join('\n'));
    open = [];
  }
  expect(open).toEqual([]);
  return declarations;
}

/** By the names under which they are imported. */
function exportsOf(text: string): string[] {
  const names = [...text.matchAll(/^export \{([^}]*)\}/gm)].flatMap(([, inside]) => {
    return inside!.split(',').map((one) => one.trim().replace(/^(?:type )?(?:.* as )?/, ''));
  });
  return names.filter((name) => name !== '').toSorted();
}
