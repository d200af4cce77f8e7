// Formats generated code as the rest of the code is formatted, so that a diff shows a change only.
import { execFileSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** @throws Error with the formatter's words when the text is not TypeScript */
export function formatted(text: string): string {
  // A path outside `generated/`, because the formatter is told to leave those alone.
  const argv = ['format', '--stdin-file-path=packages/sdk/src/stdin.ts'];
  const command = path.join(root, 'node_modules/.bin/biome');
  return execFileSync(command, argv, { cwd: root, input: text, encoding: 'utf8' });
}
