// Source files as syntax: what they import, their comments, their nodes. It judges nothing.

import { type ESTree, parseSync, type ParseResult } from 'rolldown/utils';
import type { Finding, SourceFile } from './repository.ts';

export type ParsedFile = SourceFile & {
  program: ESTree.Program;
  comments: ParseResult['comments'];
  imports: readonly Import[];
  /** The line, counted from 1, of a place in the text. */
  lineAt(offset: number): number;
};

export type Import = {
  /** As written: `./x.ts`, `node:fs`, `@scope/package/entry`. */
  specifier: string;
  line: number;
  /** Whether it is gone at run time. */
  typeOnly: boolean;
  /** Whether it is an `import()`, which is made when it is reached. */
  dynamic?: boolean;
  /** What is taken by name; empty for `*`, for `import()` and for side effects. */
  names: readonly string[];
};

/** A node of the syntax tree, loosely: ESTree says what else is there for each `type`. */
export type Node = { type: string; start: number; end: number; [property: string]: unknown };

/** Parses files. One that is not valid syntax is a finding, and is left out of the parsed ones. */
export function parseFiles(files: readonly SourceFile[]): {
  parsed: ParsedFile[];
  findings: Finding[];
} {
  const parsed: ParsedFile[] = [];
  const findings: Finding[] = [];
  for (const file of files) {
    const result = parseSync(file.path, file.text);
    const lineAt = lineCounter(file.text);
    const [error] = result.errors;
    if (error) {
      const line = lineAt(error.labels[0]?.start ?? 0);
      findings.push({ path: file.path, line, message: error.message });
    } else {
      const { program, comments } = result;
      const imports = importsOf(file.text, result.module, lineAt);
      parsed.push({ ...file, program, comments, imports, lineAt });
    }
  }
  return { parsed, findings };
}

/** Calls `visit` for each node, outer ones first, with those around it, the outermost first. */
export function walk(
  program: ESTree.Program,
  visit: (node: Node, around: readonly Node[]) => void,
): void {
  const around: Node[] = [];
  function enter(node: Node): void {
    visit(node, around);
    around.push(node);
    for (const value of Object.values(node)) enterValue(value);
    around.pop();
  }
  function enterValue(value: unknown): void {
    if (Array.isArray(value)) value.forEach(enterValue);
    else if (isNode(value)) enter(value);
  }
  enter(program as unknown as Node);
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

/** `a.b.c` as text for a chain of plain names, undefined for anything else. */
export function dottedName(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === 'Identifier') return node['name'] as string;
  if (node.type === 'MetaProperty') return 'import.meta';
  if (node.type !== 'MemberExpression' || node['computed'] === true) return undefined;
  const object = dottedName(node['object']);
  const property = dottedName(node['property']);
  return object !== undefined && property !== undefined ? `${object}.${property}` : undefined;
}

type Module = ParseResult['module'];
type LineAt = (offset: number) => number;

function importsOf(text: string, module: Module, lineAt: LineAt): Import[] {
  return [
    ...module.staticImports.map(
      (statement): Import => ({
        specifier: statement.moduleRequest.value,
        line: lineAt(statement.start),
        // `import 'x'` has no entries and runs x.
        typeOnly: statement.entries.length > 0 && statement.entries.every(({ isType }) => isType),
        names: statement.entries.flatMap(({ importName }) => importName.name ?? []),
      }),
    ),
    ...module.staticExports.flatMap(({ start, entries }) => reexports(entries, lineAt(start))),
    ...module.dynamicImports.flatMap(({ moduleRequest: { start, end } }): Import[] => {
      const specifier = /^(['"`])([^'"`$]+)\1$/.exec(text.slice(start, end))?.[2];
      if (specifier === undefined) return [];
      return [{ specifier, line: lineAt(start), typeOnly: false, dynamic: true, names: [] }];
    }),
  ];
}

function reexports(entries: Module['staticExports'][number]['entries'], line: number): Import[] {
  return entries.flatMap(({ moduleRequest, isType, importName }) => {
    if (!moduleRequest) return [];
    const names = importName.name === null ? [] : [importName.name];
    return [{ specifier: moduleRequest.value, line, typeOnly: isType, names }];
  });
}

function lineCounter(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}
