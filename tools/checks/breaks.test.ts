import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { bindingPart, releasedVersions } from '../contract/released.ts';
import { findBreaks, isBreakingVersion } from './breaks.ts';

const root = path.resolve(import.meta.dirname, '../..');

interface Document {
  info: { version: string };
  paths: Record<string, Record<string, { parameters: { name: string; required?: boolean }[] }>>;
  components: { schemas: Record<string, { required: string[]; enum: string[] }> };
}

const text = readFileSync(path.join(root, 'openapi.json'), 'utf8');

/** What is found when the contract is changed like this. */
function changed(change: (document: Document) => void) {
  const document = JSON.parse(text) as Document;
  change(document);
  return findBreaks(root, bindingPart(text), bindingPart(JSON.stringify(document)));
}

const breaks = (document: Document) => {
  delete document.paths['/v1/caller'];
  const { required } = document.components.schemas['CustomerCreate']!;
  required.push('contacts');
  const { parameters } = document.paths['/v1/accounts']!.get!;
  parameters.splice(
    parameters.findIndex(({ name }) => name === 'standing'),
    1,
  );
};

test('when an operation, a parameter or a choice goes, each is a finding', async () => {
  const messages = (await changed(breaks)).map(({ message }) => message).join('\n');
  expect(messages).toContain('`/v1/caller` was removed');
  expect(messages).toContain('`standing` query parameter was removed');
  expect(messages).toContain('`contacts`');
});

test('when the version says that something breaks, nothing is found', async () => {
  const found = await changed((document) => {
    breaks(document);
    document.info.version = '99.0.0';
  });
  expect(found).toEqual([]);
});

test('when only something is added, in any order, nothing is found', async () => {
  const found = await changed((document) => {
    const { parameters } = document.paths['/v1/accounts']!.get!;
    parameters.unshift({ ...structuredClone(parameters[0]!), name: 'new', required: false });
    document.paths['/v1/connections']!.get!.parameters.reverse();
    document.components.schemas['Standing']!.enum.push('more');
  });
  expect(found).toEqual([]);
});

test.each([
  ['0.1.0', '0.1.1', false],
  ['0.1.9', '0.2.0', true],
  ['0.2.0', '0.1.0', false],
  ['1.2.0', '1.3.0', false],
  ['1.9.9', '2.0.0', true],
  ['0.9.0', '1.0.0', true],
])('when %s becomes %s, whether it may break is %s', (before, after, may) => {
  expect(isBreakingVersion(before, after)).toBe(may);
});

test('when a changelog is read, what is to come is no release', () => {
  const changelog = '# Changelog\n\n## 0.2.0 (unreleased)\n\n## 0.1.0\n\n## 0.0.9 - 2026-01-02\n';
  expect([...releasedVersions(changelog)]).toEqual(['0.1.0', '0.0.9']);
});
