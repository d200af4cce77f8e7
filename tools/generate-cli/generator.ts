// The contract in, the data of the command line out: for each operation what it takes and what it
// says of itself. Words, examples and everything that runs are written by hand in packages/cli.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { formatted } from '../generate-sdk/formatter.ts';
import { withNamedNullables } from '../generate-sdk/nullable.ts';
import { type Operation, readOperations, type Spec } from '../generate-sdk/spec.ts';
import { commandFrom } from './command.ts';
import { membersOf } from './members.ts';

const CONTRACT = 'openapi.json';
const FILE = 'packages/cli/src/generated/commands.ts';
const root = path.resolve(import.meta.dirname, '../..');

export const generator = {
  name: 'cli',
  /** `previous` holds what earlier generators made just now; without it the working files count. */
  async outputs(previous: Map<string, string> = new Map()): Promise<Map<string, string>> {
    const text = previous.get(CONTRACT) ?? (await readFile(path.join(root, CONTRACT), 'utf8'));
    const spec = withNamedNullables(JSON.parse(text) as Spec);
    return new Map([[FILE, formatted(commandsText(spec))]]);
  },
};

/** The generated file, before it is formatted. */
export function commandsText(spec: Spec): string {
  const operations = readOperations(spec).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const commands = operations.map(
    (operation) => `  ${operation.id}: ${JSON.stringify(commandFrom(spec, operation))},`,
  );
  return [
    '// What each operation of the API takes, for the command line.',
    '// Generated from openapi.json by `pnpm generate`; never edited.',
    '',
    "import type { CommandData } from '../command-data.ts';",
    '',
    '/** The id of an operation, as in the API reference. */',
    unionText(
      'OperationId',
      names(operations, ({ id }) => [id]),
    ),
    '/** What an argument names: the kind of a resource, or the name that the path gives it. */',
    unionText(
      'ArgumentName',
      names(operations, (operation) => commandFrom(spec, operation).arguments),
    ),
    '/** The schemas that come in lists. */',
    unionText(
      'ListedSchema',
      names(operations, (operation) => listedSchemas(spec, operation)),
    ),
    '/** The schemas with a state that one can wait for. */',
    unionText(
      'WaitedSchema',
      names(operations, (operation) => waitedSchemas(spec, operation)),
    ),
    'export const commands: Record<OperationId, CommandData> = {',
    ...commands,
    '};',
    '',
    '/** What can be a column, of each schema that is answered with. */',
    'export const members: Readonly<Record<string, readonly string[]>> = {',
    ...names(operations, (operation) => commandFrom(spec, operation).result ?? []).map(
      (schema) => `  ${schema}: ${JSON.stringify(membersOf(spec, schema))},`,
    ),
    '};',
    '',
  ].join('\n');
}

function listedSchemas(spec: Spec, operation: Operation): string[] {
  const { paginated, result } = commandFrom(spec, operation);
  return paginated && result !== undefined ? [result] : [];
}

function waitedSchemas(spec: Spec, operation: Operation): string[] {
  const { result } = commandFrom(spec, operation);
  return operation.waiter && result !== undefined ? [result] : [];
}

function names(
  operations: readonly Operation[],
  namesOf: (operation: Operation) => string | readonly string[],
): string[] {
  return [...new Set(operations.flatMap(namesOf))].sort();
}

function unionText(name: string, members: readonly string[]): string {
  const union = members.map((member) => `'${member}'`).join(' | ') || 'never';
  return `export type ${name} = ${union};\n`;
}
