// Every import goes in the direction that the design allows. The rules are in import-rules.ts.

import path from 'node:path';
import { composition, layers, optionalPeers, packages, reserved } from './import-rules.ts';
import { type Finding, isTest } from './repository.ts';
import type { Import, ParsedFile } from './syntax.ts';

/** Looks at the imports of packages, examples and tools. Tests may import what they like. */
export function checkImports(files: readonly ParsedFile[]): Finding[] {
  return files.flatMap((file) => {
    if (isTest(file.path)) return [];
    return file.imports.flatMap((imported) => {
      const message = complaint(file.path, imported);
      return message === undefined ? [] : [{ path: file.path, line: imported.line, message }];
    });
  });
}

/** The file that a relative import means, from the root; undefined for an import by name. */
export function importedFile(from: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  return path.posix.join(path.posix.dirname(from), specifier);
}

function complaint(from: string, imported: Import): string | undefined {
  const target = importedFile(from, imported.specifier);
  if (target !== undefined) return complaintAboutFile(from, target, imported);
  if (imported.specifier.startsWith('node:')) return undefined;
  return complaintAboutPackage(from, imported);
}

function complaintAboutFile(from: string, target: string, imported: Import): string | undefined {
  const home = packageOf(from);
  if (home === undefined) return complaintFromOutside(from, target);
  if (packageOf(target) !== home) {
    return `${target} is outside packages/${home}/src: import packages by name`;
  }
  if (composition.includes(target) && !composition.includes(from)) {
    return `nobody imports ${target} but tests`;
  }
  return home === 'api' ? complaintAboutLayer(from, target, imported) : undefined;
}

/** Examples show what a user of the packages can do; tools may look inside. */
function complaintFromOutside(from: string, target: string): string | undefined {
  if (from.startsWith('examples/') && target.startsWith('packages/')) {
    return `an example imports packages by name, as its reader will, not ${target}`;
  }
  if (composition.includes(target)) return `nobody imports ${target} but tests`;
  return undefined;
}

function complaintAboutLayer(from: string, target: string, imported: Import): string | undefined {
  const [layer, other] = [layerOf(from), layerOf(target)];
  if (layer === undefined || layer === other) return undefined;
  const rule = layers[layer];
  if (!rule) return `no rule for ${layer}/: give it one in tools/checks/import-rules.ts`;
  if (other === undefined) return `${layer}/ takes what it needs as arguments, not from ${target}`;
  if (rule.folders.includes(other)) return undefined;
  if (!rule.typesOf.includes(other)) return `${layer}/ never imports ${other}/`;
  if (imported.typeOnly || rule.valuesFrom.includes(target)) return undefined;
  return `${layer}/ imports only types from ${other}/: use import type`;
}

function complaintAboutPackage(from: string, imported: Import): string | undefined {
  const name = packageName(imported.specifier);
  const home = packageOf(from);
  if (name.startsWith('@sallyport/')) {
    const allowed = home === undefined || packages[home]?.includes(name);
    return allowed ? undefined : `packages/${home} never imports ${name}`;
  }
  if (home === undefined && !from.startsWith('examples/')) return undefined;
  const reservation = reserved.find((entry) => matches(name, entry.packages));
  if (reservation && !reservation.places.test(from)) return reservation.why;
  if (home === 'sdk') return complaintAboutPeer(from, name, imported);
  const layer = home === 'api' ? layerOf(from) : undefined;
  const rule = layer === undefined ? undefined : layers[layer];
  if (!rule || matches(name, rule.packages)) return undefined;
  return `${layer}/ does not use ${name}`;
}

/** What may be missing is loaded when it is needed, or not at all. */
function complaintAboutPeer(from: string, name: string, imported: Import): string | undefined {
  const { places, packages: peers } = optionalPeers;
  if (!places.test(from) || !matches(name, peers)) {
    return `the SDK has no dependencies, so not ${name} either`;
  }
  if (imported.typeOnly || imported.dynamic) return undefined;
  return `${name} may be missing: take its types, and load it with import()`;
}

/** `api` for a file in packages/api/src, undefined for one that belongs to no package's source. */
function packageOf(file: string): string | undefined {
  return /^packages\/([^/]+)\/src\//.exec(file)?.[1];
}

function layerOf(file: string): string | undefined {
  return /^packages\/api\/src\/([^/]+)\//.exec(file)?.[1];
}

function packageName(specifier: string): string {
  const parts = specifier.split('/');
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

function matches(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) =>
    pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern,
  );
}
