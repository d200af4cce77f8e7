// The domain has no I/O, no clock and no randomness, and the layers around it take theirs as
// arguments: so a whole history can be replayed from a seed.

import type { Finding } from './repository.ts';
import { dottedName, type Node, type ParsedFile, walk } from './syntax.ts';

export function checkPurity(files: readonly ParsedFile[]): Finding[] {
  return files.flatMap((file) => {
    const layer = /^packages\/api\/src\/(\w+)\//.exec(file.path)?.[1] ?? '';
    if (!layersWithoutClock.has(layer)) return [];
    const isDomain = layer === 'domain';
    return [...checkCalls(file, isDomain), ...(isDomain ? checkNodeImports(file) : [])];
  });
}

const layersWithoutClock = new Set([
  'domain',
  'usecases',
  'reconcile',
  'http',
  'storage',
  'aws',
  'dns',
]);

const clocksAndDice = new Set([
  'Date.now',
  'Math.random',
  'crypto.getRandomValues',
  'crypto.randomUUID',
  'crypto.randomBytes',
  'randomUUID',
]);

const outsideWorld = new Set([
  'console',
  'fetch',
  'performance',
  'process',
  'queueMicrotask',
  'setImmediate',
  'setInterval',
  'setTimeout',
]);

// What Node has that is arithmetic: the same answer for the same arguments, nothing read or sent.
const pureNodeFunctions: Readonly<Record<string, ReadonlySet<string>>> = {
  'node:buffer': new Set(['Buffer', 'isUtf8', 'isAscii']),
  'node:crypto': new Set(['createHash', 'createHmac', 'hash', 'timingSafeEqual']),
  'node:net': new Set(['isIP', 'isIPv4', 'isIPv6', 'BlockList']),
  'node:url': new Set(['domainToASCII', 'domainToUnicode']),
};

function checkCalls(file: ParsedFile, isDomain: boolean): Finding[] {
  const findings: Finding[] = [];
  walk(file.program, (node, around) => {
    const name = impureName(node, around.at(-1), isDomain);
    if (name === undefined) return;
    const message = `${name}: take it as an argument (now, random, ids)`;
    findings.push({ path: file.path, line: file.lineAt(node.start), message });
  });
  return findings;
}

function impureName(node: Node, parent: Node | undefined, isDomain: boolean): string | undefined {
  if (node.type === 'NewExpression' && dottedName(node['callee']) === 'Date') {
    return (node['arguments'] as unknown[]).length === 0 ? 'new Date()' : undefined;
  }
  if (node.type === 'MemberExpression') {
    const name = dottedName(node)?.replace(/^globalThis\./, '');
    if (name !== undefined && clocksAndDice.has(name)) return name;
    const root = name?.split('.')[0] ?? '';
    return isDomain && outsideWorld.has(root) ? name : undefined;
  }
  const isCall = node.type === 'CallExpression' || node.type === 'NewExpression';
  const called = isCall ? dottedName(node['callee']) : undefined;
  if (called === undefined || called.includes('.') || parent === undefined) return undefined;
  if (clocksAndDice.has(called)) return called;
  return isDomain && outsideWorld.has(called) ? called : undefined;
}

function checkNodeImports({ path, imports }: ParsedFile): Finding[] {
  return imports.flatMap(({ specifier, names, line, typeOnly }) => {
    if (!specifier.startsWith('node:') || typeOnly) return [];
    const pure = pureNodeFunctions[specifier];
    const impure = pure && names.length > 0 ? names.filter((name) => !pure.has(name)) : ['*'];
    if (impure.length === 0) return [];
    const message = `domain/ takes only arithmetic from ${specifier}, not ${impure.join(', ')}`;
    return [{ path, line, message }];
  });
}
