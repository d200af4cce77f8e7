// What the packages say about themselves: licence, versions, dependencies, scripts.

import type { Finding, SourceFile } from './repository.ts';

type Manifest = {
  name?: string;
  version?: string;
  private?: boolean;
  license?: string;
  engines?: Record<string, string>;
  files?: string[];
  scripts?: Record<string, string>;
} & { [Kind in (typeof dependencyKinds)[number]]?: Record<string, string> };

type Listed = { path: string; manifest: Manifest };

const dependencyKinds = [
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'peerDependencies',
] as const;

const licence = 'Apache-2.0';

/** Looks at the root's package.json, those of the packages, the LICENSE and the lockfile. */
export function checkManifests(files: readonly SourceFile[]): Finding[] {
  const listed = files
    .filter(({ path }) => /^(packages\/[^/]+\/)?package\.json$/.test(path))
    .map(({ path, text }): Listed => ({ path, manifest: JSON.parse(text) as Manifest }));
  return [
    ...listed.flatMap((one) => [...checkFacts(one), ...checkScripts(one), ...checkPins(one)]),
    ...checkAgreement(listed),
    ...checkLicenceText(files),
    ...checkLockfile(files),
  ];
}

function checkFacts({ path, manifest }: Listed): Finding[] {
  const findings: Finding[] = [];
  if (manifest.license !== licence) {
    findings.push({ path, message: `"license" must be "${licence}"` });
  }
  if (manifest.engines?.['node'] === undefined) {
    findings.push({ path, message: '"engines.node" must say which Node it needs' });
  }
  if (path !== 'package.json' && manifest.private !== true && manifest.files === undefined) {
    findings.push({ path, message: '"files" must say what is published' });
  }
  if (manifest.name === '@sallyport/sdk' && Object.keys(manifest.dependencies ?? {}).length > 0) {
    findings.push({ path, message: 'the SDK has no dependencies' });
  }
  return findings;
}

/** What npm runs on the machine of somebody who installs. Ours run nothing there. */
const installScripts = ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish'];

function checkScripts({ path, manifest }: Listed): Finding[] {
  return installScripts
    .filter((script) => manifest.scripts?.[script] !== undefined)
    .map((script) => ({ path, message: `the script "${script}" would run at install` }));
}

function checkPins({ path, manifest }: Listed): Finding[] {
  return dependencyKinds.flatMap((kind) =>
    Object.entries(manifest[kind] ?? {})
      // A peer is chosen by whoever installs us, within a range.
      .filter(([, version]) => kind !== 'peerDependencies' && !isPinned(version))
      .map(([name, version]) => ({
        path,
        message: `${name}: "${version}" is not one exact version`,
      })),
  );
}

function isPinned(version: string): boolean {
  return version === 'workspace:*' || /^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version);
}

/** One version of the product, and one version of each dependency. */
function checkAgreement(listed: readonly Listed[]): Finding[] {
  const findings: Finding[] = [];
  const seen = new Map<string, { version: string; path: string }>();
  function see(path: string, name: string, version: string): void {
    const before = seen.get(name);
    if (!before) seen.set(name, { version, path });
    else if (before.version !== version) {
      const message = `${name} is ${version} here and ${before.version} in ${before.path}`;
      findings.push({ path, message });
    }
  }
  for (const { path, manifest } of listed) {
    see(path, 'the version', manifest.version ?? 'missing');
    for (const kind of dependencyKinds) {
      if (kind === 'peerDependencies') continue;
      for (const [name, version] of Object.entries(manifest[kind] ?? {})) see(path, name, version);
    }
  }
  return findings;
}

function checkLicenceText(files: readonly SourceFile[]): Finding[] {
  const text = files.find(({ path }) => path === 'LICENSE')?.text ?? '';
  const isWhole = text.includes('Apache License') && text.includes('END OF TERMS AND CONDITIONS');
  return isWhole ? [] : [{ path: 'LICENSE', message: `must be the whole text of ${licence}` }];
}

/** The lockfile says what to install, by hash. Where it comes from is the installer's business. */
function checkLockfile(files: readonly SourceFile[]): Finding[] {
  const path = 'pnpm-lock.yaml';
  const lines = files.find((file) => file.path === path)?.text.split('\n') ?? [];
  return lines.flatMap((content, index) =>
    /\btarball: *\S*:\/\//.test(content)
      ? [{ path, line: index + 1, message: 'names a host: an install elsewhere cannot reach it' }]
      : [],
  );
}
