// No file imports itself by way of others: a cycle has no first file to read. Types count too.

import { importedFile } from './imports.ts';
import type { Finding } from './repository.ts';
import type { ParsedFile } from './syntax.ts';

/** Finds each group of files that import one another, and names one way around it. */
export function checkCycles(files: readonly ParsedFile[]): Finding[] {
  const graph = new Map(files.map((file) => [file.path, neighbours(file)]));
  const finished = new Set<string>();
  const findings: Finding[] = [];
  for (const start of graph.keys()) follow(graph, start, [], finished, findings);
  return findings;
}

function neighbours({ path, imports }: ParsedFile): string[] {
  return imports.flatMap(({ specifier }) => importedFile(path, specifier) ?? []);
}

/** Goes down from `file`; meeting a file of the trail again is a cycle. */
function follow(
  graph: ReadonlyMap<string, readonly string[]>,
  file: string,
  trail: readonly string[],
  finished: Set<string>,
  findings: Finding[],
): void {
  const before = trail.indexOf(file);
  if (before !== -1) {
    const cycle = [...trail.slice(before), file];
    findings.push({ path: file, message: `imports itself: ${cycle.join(' -> ')}` });
    return;
  }
  if (finished.has(file)) return;
  for (const next of graph.get(file) ?? []) {
    follow(graph, next, [...trail, file], finished, findings);
  }
  finished.add(file);
}
