// The contract in, the spec-shaped part of the SDK out. The runtime is written by hand.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { clientFile, errorsFile, operationsFile } from './client-file.ts';
import { formatted } from './formatter.ts';
import { withNamedNullables } from './nullable.ts';
import { resourcesFile } from './resources-file.ts';
import { readOperations, type Spec } from './spec.ts';
import { typesFile } from './types-file.ts';

const CONTRACT = 'openapi.json';
const FOLDER = 'packages/sdk/src/generated';
const NOTE = '// Generated from openapi.json by `pnpm generate`; never edited.';
const root = path.resolve(import.meta.dirname, '../..');

export const generator = {
  name: 'sdk',
  /** `previous` holds what earlier generators have just made; else the working files count. */
  async outputs(previous: ReadonlyMap<string, string> = new Map()): Promise<Map<string, string>> {
    const text = previous.get(CONTRACT) ?? (await readFile(path.join(root, CONTRACT), 'utf8'));
    const files = filesFrom(withNamedNullables(JSON.parse(text) as Spec));
    return new Map(Object.entries(files).map(([name, body]) => [`${FOLDER}/${name}`, body]));
  },
};

/** The files of `generated/`, by name. */
export function filesFrom(spec: Spec): Record<string, string> {
  const operations = readOperations(spec);
  const types = typesFile(spec, operations);
  const files = {
    'types.ts': ['The shapes of requests and answers, with the names of the wire.', types],
    'resources.ts': [
      'The operations, as methods of resources.',
      resourcesFile(spec, operations, types),
    ],
    'client.ts': ['The client, with all its resources.', clientFile(operations)],
    'errors.ts': ['The codes of errors.', errorsFile(spec)],
    'operations.ts': ['The operations by their ids.', operationsFile(operations)],
  };
  return Object.fromEntries(
    Object.entries(files).map(([name, [about, body]]) => {
      return [name, formatted([`// ${about}`, NOTE, '', body].join('\n'))];
    }),
  );
}
