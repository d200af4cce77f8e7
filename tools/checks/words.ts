// Words that say nothing, notes that nobody will come back to, tests that do not run, and paths
// that exist on one machine only. Names and comments are looked at; what a program prints is not.

import { type Finding, isTest, type SourceFile } from './repository.ts';
import { isNode, type Node, type ParsedFile, walk } from './syntax.ts';

/** Looks at the names and comments of source files, and at the tests. */
export function checkWords(files: readonly ParsedFile[]): Finding[] {
  return files.flatMap((file) => [
    ...checkFileName(file.path),
    ...checkComments(file),
    ...checkDeclaredNames(file),
    ...(isTest(file.path) ? checkSkippedTests(file) : []),
  ]);
}

/** Looks at any text file, also at documents and settings. */
export function checkMachinePaths(files: readonly SourceFile[]): Finding[] {
  return files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((content, index) => {
      const found = machinePath.exec(content);
      if (!found) return [];
      return [{ path, line: index + 1, message: `${found[1]} is a path of one machine` }];
    }),
  );
}

const emptyWords = new Set(['util', 'utils', 'helper', 'helpers', 'manager', 'managers']);

const bannedInComments: readonly [RegExp, string][] = [
  [/\butils?\b(?!\.)/i, 'say what it does instead of "util"'],
  [/\bhelpers?\b/i, 'say what it does instead of "helper"'],
  // AWS has products of that name, and everybody knows what a package manager is.
  [
    /(?<!(Secrets|Session|Systems|Certificate|Access|Incident|Network|[Pp]ackage) )\bmanagers?\b/i,
    'say what it does instead of "manager"',
  ],
  [/\bFIXME\b/, 'FIXME: fix it, or write TODO with the number of an issue'],
  [/\bXXX\b/, 'XXX: fix it, or write TODO with the number of an issue'],
  [/\bHACK\b/, 'HACK: give the reason in a sentence instead'],
  [/\bTODO\b(?!\s*\(?#\d+)/, 'TODO needs the number of an issue: TODO(#123)'],
];

// Homes and work directories. Not /tmp, /usr or /etc, which documents may name on any machine.
const machinePath = /(?:^|[\s'"`(=:[,])(\/(?:home|Users|root|work|workspace)\/[\w.@-]+)/;

function checkFileName(path: string): Finding[] {
  const names = path.split('/').flatMap((part) => part.split('.')[0] ?? []);
  const empty = names.find((name) =>
    name.split('-').some((word) => emptyWords.has(word) || word === 'common'),
  );
  if (empty !== undefined)
    return [{ path, message: `the name "${empty}" does not say what it is` }];
  const odd = names.find((name) => /[A-Z_]/.test(name));
  if (odd === undefined) return [];
  return [{ path, message: `"${odd}" should be in kebab-case` }];
}

function checkComments({ path, comments, lineAt }: ParsedFile): Finding[] {
  return comments.flatMap(({ value, start }) =>
    bannedInComments.flatMap(([pattern, message]) => {
      const found = pattern.exec(value);
      return found ? [{ path, line: lineAt(start + found.index), message }] : [];
    }),
  );
}

function checkDeclaredNames(file: ParsedFile): Finding[] {
  const findings: Finding[] = [];
  walk(file.program, (node) => {
    for (const name of declaredNames(node)) {
      const complaint = complaintAbout(name, node);
      if (complaint === undefined) continue;
      findings.push({ path: file.path, line: file.lineAt(node.start), message: complaint });
    }
  });
  return findings;
}

function complaintAbout(name: string, node: Node): string | undefined {
  const words = name.split(/(?<=[a-z0-9])(?=[A-Z])|_/).map((word) => word.toLowerCase());
  if (words.some((word) => emptyWords.has(word))) {
    return `the name "${name}" does not say what it is`;
  }
  const isType = node.type === 'TSInterfaceDeclaration' || node.type === 'TSTypeAliasDeclaration';
  if (isType && /^I(?!Pv\d)[A-Z][a-z]/.test(name)) {
    return `"${name}": types have no prefix, name what it is`;
  }
  return undefined;
}

/** The names that this node gives. Names given elsewhere, such as in a package, are only used. */
function declaredNames(node: Node): string[] {
  const names = [node[declaringProperty[node.type] ?? ''], ...parameters(node)];
  return names.flatMap((name) =>
    isNode(name) && name.type === 'Identifier' ? [name['name'] as string] : [],
  );
}

const declaringProperty: Readonly<Record<string, string>> = {
  VariableDeclarator: 'id',
  FunctionDeclaration: 'id',
  ClassDeclaration: 'id',
  TSInterfaceDeclaration: 'id',
  TSTypeAliasDeclaration: 'id',
  MethodDefinition: 'key',
  PropertyDefinition: 'key',
  TSPropertySignature: 'key',
  TSMethodSignature: 'key',
};

function parameters(node: Node): unknown[] {
  return Array.isArray(node['params']) ? (node['params'] as unknown[]) : [];
}

const testFunctions = new Set(['test', 'it', 'describe', 'suite', 'bench']);

function checkSkippedTests(file: ParsedFile): Finding[] {
  const findings: Finding[] = [];
  walk(file.program, (node) => {
    const message = skipComplaint(node);
    if (message === undefined) return;
    findings.push({ path: file.path, line: file.lineAt(node.start), message });
  });
  return findings;
}

function skipComplaint(node: Node): string | undefined {
  if (node.type === 'MemberExpression') return skippingVerb(node);
  if (node.type !== 'CallExpression') return undefined;
  const callee = node['callee'] as Node;
  const verb = (callee['property'] as Node | undefined)?.['name'];
  if (verb !== 'skip' || (node['arguments'] as unknown[]).length > 0) return undefined;
  // `context.skip('why')` prints its reason.
  return skippingVerb(callee) === undefined ? 'a skipped test says why: skip("reason")' : undefined;
}

function skippingVerb(member: Node): string | undefined {
  if (!testFunctions.has(String(rootOf(member)['name']))) return undefined;
  switch ((member['property'] as Node)['name']) {
    case 'only':
      return '.only leaves out every other test';
    case 'skip':
      return '.skip leaves out a test: run it or remove it';
    case 'todo':
      return '.todo is no test: write it or remove it';
    default:
      return undefined;
  }
}

function rootOf(node: Node): Node {
  const inner = node['object'] ?? node['callee'] ?? node['tag'];
  return isNode(inner) ? rootOf(inner) : node;
}
