// Runs before every repository tool, as `node --require ./tools/preflight.cjs tools/x.ts`.
// It says that Node is too old, in syntax that an old Node can still read. It checks nothing else.
'use strict';

// Node runs TypeScript files as they are, without a flag, and without known defects, from here on.
const needed = [22, 22];

/** Returns what to tell somebody whose Node is too old, or undefined when it is new enough. */
function complaint(version, platform, binary) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  if (major > needed[0] || (major === needed[0] && minor >= needed[1])) return undefined;
  const advice =
    platform === 'linux'
      ? `On Linux x64 and arm64 the install brings its own Node 24, and pnpm puts it first on
the path. Run the command through pnpm, for example:
  npx -y pnpm@12 install && npx -y pnpm@12 build`
      : 'Install Node 24 (https://nodejs.org, or your version manager), then run this again.';
  const need = `Sallyport needs Node ${needed.join('.')} or newer. This is Node ${version}:`;
  return [need, `  ${binary}`, advice].join('\n');
}

/** Keeps Node 22 from warning on each start that type stripping and SQLite are experimental. */
function silenceExperimentalWarnings(target) {
  const emitWarning = target.emitWarning;
  target.emitWarning = (warning, kind, ...rest) => {
    const type = typeof kind === 'object' && kind !== null ? kind.type : kind;
    if (type !== 'ExperimentalWarning') emitWarning.call(target, warning, kind, ...rest);
  };
}

const problem = complaint(process.version, process.platform, process.execPath);
if (problem !== undefined) {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}
silenceExperimentalWarnings(process);

module.exports = { complaint };
