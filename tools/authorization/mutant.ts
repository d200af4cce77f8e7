// Runs the tests of who may do what against the product without one of its guards, in a process of
// its own:
//
//   node tools/authorization/mutant.ts <what is not guarded>
//
// The guard is taken out of the modules as they are loaded, by vitest, as Node alone does not read
// the decorators of controllers. Tells as JSON what the tests that failed have said.

import path from 'node:path';
import { startVitest } from 'vitest/node';
import { edited, type Edit } from '../simulate/mutations/mutation.ts';
import { testFiles } from './mutation.ts';
import { mutations } from './mutations.ts';

const root = path.resolve(import.meta.dirname, '../..');
const source = path.join(root, 'packages/api/src');
const [wanted] = process.argv.slice(2);
const mutation = mutations.find(({ without }) => without === wanted);
if (!mutation) throw new Error(`There is no mutation without ${wanted}.`);

const temporaryDatabases = path.join(
  root,
  'packages/api/test/storage/postgres/temporary-database.ts',
);
const edits: [file: string, edit: Edit][] = [
  ...mutation.edits.map((edit) => [path.join(source, edit.file), edit] as [string, Edit]),
  ...databaseEdits(mutation.sql),
];
const left = new Set(edits.map(([file]) => file));
const vitest = await startVitest(
  [testFiles[mutation.seenBy]],
  {
    root,
    run: true,
    watch: false,
    reporters: [{}],
    // A cache would bring the product as it is, or give what is mutated to other runs; and so would
    // Node, which loads modules without asking anybody what to make of them.
    fsModuleCache: false,
    experimental: { viteModuleRunner: true },
  },
  { plugins: [{ name: 'mutant', enforce: 'pre', transform }] },
);
const modules = vitest.state.getTestModules();
const tests = modules.flatMap((module) => [...module.children.allTests()]);
const said = tests.flatMap((test) => {
  const { errors = [] } = test.result();
  return errors.map((error) => {
    const { message, actual, cause } = error as { message: string; actual?: string; cause?: Error };
    return [test.fullName, message, actual, cause?.message].join(' ');
  });
});
const failures = modules.flatMap((module) => module.errors()).map(({ message }) => message);
await vitest.close();
if (left.size > 0) throw new Error(`Never loaded: ${[...left].join(', ')}`);
if (tests.every((test) => test.result().state === 'skipped')) {
  throw new Error(`Did not run: ${failures.join(' ')}`);
}
// Tests that fail are what it is for.
process.exitCode = 0;
console.log(JSON.stringify(said));

function transform(code: string, id: string): string | undefined {
  const own = edits.filter(([file]) => file === id.replace(/\?.*/, ''));
  for (const [file] of own) left.delete(file);
  return own.length === 0 ? undefined : own.reduce((text, [, edit]) => edited(text, edit), code);
}

/** A database of a test is one without the guard from its beginning. */
function databaseEdits(sql: string | undefined): [string, Edit][] {
  if (sql === undefined) return [];
  const text = '  return {\n    ...db,\n    connectionString,';
  const by = `  await db.query(${JSON.stringify(sql)});\n${text}`;
  return [[temporaryDatabases, { file: 'temporary-database.ts', text, by }]];
}
