// The environment and SQL are each read in one place: settings in config and main, SQL in storage.

import { environmentReaders } from './import-rules.ts';
import { type Finding, isTest } from './repository.ts';
import { dottedName, type Node, type ParsedFile, walk } from './syntax.ts';

/** Looks at the sources of packages. */
export function checkEnvironment(files: readonly ParsedFile[]): Finding[] {
  return files
    .filter(({ path }) => /^packages\/[^/]+\/src\//.test(path) && !isTest(path))
    .flatMap((file) => [...checkProcessEnv(file), ...checkSql(file)]);
}

function checkProcessEnv(file: ParsedFile): Finding[] {
  if (environmentReaders.test(file.path)) return [];
  const findings: Finding[] = file.imports
    .filter(({ specifier, names }) => specifier === 'node:process' && names.includes('env'))
    .map(({ line }) => ({ path: file.path, line, message: environmentMessage }));
  walk(file.program, (node) => {
    if (!readsEnvironment(node)) return;
    const line = file.lineAt(node.start);
    findings.push({ path: file.path, line, message: environmentMessage });
  });
  return findings;
}

const environmentMessage = 'process.env is read only in config.ts or main.ts of a package';

function readsEnvironment(node: Node): boolean {
  const name = dottedName(node);
  if (name !== undefined) return /^(globalThis\.)?process\.env$/.test(name);
  // const { env } = process
  if (node.type !== 'VariableDeclarator' || dottedName(node['init']) !== 'process') return false;
  const pattern = node['id'] as Node;
  const properties = (pattern['properties'] ?? []) as Node[];
  return properties.some(({ key }) => dottedName(key) === 'env');
}

function checkSql(file: ParsedFile): Finding[] {
  if (!file.path.startsWith('packages/api/src/')) return [];
  if (file.path.startsWith('packages/api/src/storage/')) return [];
  const findings: Finding[] = [];
  walk(file.program, (node) => {
    const text = literalText(node);
    if (text === undefined || !statements.some((pattern) => pattern.test(text))) return;
    const message = 'SQL is in packages/api/src/storage only';
    findings.push({ path: file.path, line: file.lineAt(node.start), message });
  });
  return findings;
}

const statements = [
  /^\s*select\s.+\sfrom\s/is,
  /^\s*insert\s+into\s/i,
  /^\s*update\s+\S+\s+set\s/i,
  /^\s*delete\s+from\s/i,
  /^\s*with\s+\w+\s+as\s*\(/i,
];

function literalText(node: Node): string | undefined {
  if (node.type === 'Literal' && typeof node['value'] === 'string') return node['value'];
  if (node.type !== 'TemplateLiteral') return undefined;
  const quasis = node['quasis'] as { value: { raw: string } }[];
  // What is put in stands for a name.
  return quasis.map(({ value }) => value.raw).join('x');
}
