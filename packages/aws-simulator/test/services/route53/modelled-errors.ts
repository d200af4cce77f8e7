// The errors that AWS's model names for each operation, read from the SDK's own documentation of
// its commands: its schemas do not have them.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** The codes that an operation may answer with, as the model lists them. */
export function modelledErrors(operation: string): string[] {
  const entry = createRequire(import.meta.url).resolve('@aws-sdk/client-route-53');
  const root = entry.slice(0, entry.indexOf('/dist-'));
  const types = readFileSync(`${root}/dist-types/commands/${operation}Command.d.ts`, 'utf8');
  const names = [...types.matchAll(/@throws \{@link (\w+)\}/g)].map(([, name = '']) => name);
  return names.filter((name) => name !== 'Route53ServiceException');
}
