// No file, function or line is longer than a reader wants. The limits are here and nowhere else.

import { type Finding, isTest } from './repository.ts';
import { isNode, type Node, type ParsedFile, walk } from './syntax.ts';

export const limits = {
  fileLines: 300,
  testFileLines: 500,
  functionLines: 70,
  lineLength: 100,
};

export function checkSizes(files: readonly ParsedFile[]): Finding[] {
  return files.flatMap((file) => [
    ...checkFileLength(file),
    ...checkLineLengths(file),
    ...checkFunctions(file),
  ]);
}

function checkFileLength({ path, text }: ParsedFile): Finding[] {
  const count = text.replace(/\n$/, '').split('\n').length;
  const limit = isTest(path) ? limits.testFileLines : limits.fileLines;
  if (count <= limit) return [];
  return [{ path, message: `${count} lines, more than ${limit}: split it by noun or by verb` }];
}

function checkLineLengths({ path, text }: ParsedFile): Finding[] {
  return text.split('\n').flatMap((content, index) => {
    // Counted as a reader sees it: an arrow or an accented letter is one.
    const { length } = Array.from(content);
    if (length <= limits.lineLength || isUnbreakable(content)) return [];
    return [{ path, line: index + 1, message: `${length} characters, more than 100` }];
  });
}

/** An address in a comment cannot be broken, and one that is broken cannot be followed. */
function isUnbreakable(line: string): boolean {
  return /^\s*(\/\/|\*)\s*\S*https?:\/\/\S+$/.test(line);
}

function checkFunctions(file: ParsedFile): Finding[] {
  const findings: Finding[] = [];
  walk(file.program, (node, around) => {
    if (!functionTypes.has(node.type) || !isNode(node['body'])) return;
    if (isTest(file.path) && isSuite(around.at(-1))) return;
    const line = file.lineAt(node.start);
    const count = file.lineAt(node.end) - line + 1;
    if (count <= limits.functionLines) return;
    const message = `a function of ${count} lines, more than ${limits.functionLines}`;
    findings.push({ path: file.path, line, message });
  });
  return findings;
}

const functionTypes = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
]);

/** The function given to `describe` groups tests; each test in it has its own limit. */
function isSuite(parent: Node | undefined): boolean {
  if (parent?.type !== 'CallExpression') return false;
  let callee = parent['callee'] as Node;
  while (callee.type === 'MemberExpression' || callee.type === 'CallExpression') {
    callee = (callee['object'] ?? callee['callee']) as Node;
  }
  return callee.type === 'Identifier' && callee['name'] === 'describe';
}
