// The contract that callers may rely on: that of the last release, kept in git. Before the first
// release it is the one that was current when somebody last took a break on purpose.

import { readFile } from 'node:fs/promises';
import path from 'node:path';

export const releasedFile = 'docs/contract/openapi.released.json';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** Members that explain, and bind nobody. */
const words = new Set(['description', 'summary', 'example', 'examples', 'externalDocs']);
/** Objects whose members have names of their own, among which words are names too. */
const named = new Set(['properties', 'schemas', 'parameters', 'headers']);

/** What of a contract can be broken, as text: without all that only explains. */
export function bindingPart(contract: string): string {
  return `${JSON.stringify(stripped(JSON.parse(contract) as Json, false), null, 1)}\n`;
}

/** The version of each release, as the changelog has it; one that is to come is no release. */
export function releasedVersions(changelog: string): Set<string> {
  const titles = changelog.matchAll(/^## (\d+\.\d+\.\d+)(.*)$/gm);
  const released = [...titles].filter(([, , rest]) => !rest!.includes('unreleased'));
  return new Set(released.map(([, version]) => version!));
}

export async function readReleased(root: string): Promise<string> {
  return readFile(path.join(root, releasedFile), 'utf8');
}

function stripped(value: Json, isNames: boolean): Json {
  if (Array.isArray(value)) return value.map((item) => stripped(item, false));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => isNames || !words.has(name));
  return Object.fromEntries(
    kept.map(([name, member]) => [name, stripped(member, !isNames && named.has(name))]),
  );
}
