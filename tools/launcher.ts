// Notices that whoever started this program is gone: npx, npm or pnpm.
//
// `npx -y pnpm@12 demo` is a chain of processes: npx, sh, pnpm, sh, node. A SIGTERM or SIGKILL to
// npx or pnpm ends that one process only. npx forwards nothing, and pnpm runs scripts in a process
// group of their own, so not even a signal to npx's group need arrive here: so we watch.

import path from 'node:path';
import { isStillThere, type ProcessInfo, type Processes, processesOf } from './processes.ts';

export type LauncherOptions = {
  processes?: Processes;
  /** Of whom to watch the ancestors. */
  pid?: number;
  /** What the launcher left in the environment tells whether there was one. */
  environment?: Readonly<Record<string, string | undefined>>;
  pollMs?: number;
};

/**
 * Calls back once when any process between this one and its outermost npm, npx or pnpm has died;
 * never when there is no such launcher, as under systemd or in a container. Returns how to stop
 * watching. The watch does not keep the process alive.
 */
export function onLauncherGone(callback: () => void, options: LauncherOptions = {}): () => void {
  const {
    processes = processesOf(process.platform),
    pid = process.pid,
    environment = process.env,
    // Reading /proc costs microseconds; elsewhere each look is a run of ps.
    pollMs = process.platform === 'linux' ? 200 : 1000,
  } = options;
  const launchers = launchersOf(processes, pid);
  const diedBefore = missesLauncher(launchers, environment);
  const timer = setInterval(() => {
    if (!diedBefore && launchers.every((known) => isStillThere(processes, known))) return;
    clearInterval(timer);
    callback();
  }, pollMs);
  timer.unref();
  if (launchers.length === 0 && !diedBefore) clearInterval(timer);
  return () => clearInterval(timer);
}

/** The ancestors of `pid` up to the outermost launcher, the nearest first; empty without one. */
export function launchersOf(processes: Processes, pid: number): ProcessInfo[] {
  const ancestors: ProcessInfo[] = [];
  let next = processes.read(pid)?.parent ?? 0;
  // Process 1 is the system's, and starts nothing by npm.
  while (next > 1) {
    const ancestor = processes.read(next);
    if (!ancestor) break;
    ancestors.push(ancestor);
    next = ancestor.parent;
  }
  const outermost = ancestors.findLastIndex(({ argv }) => launcherName(argv) !== undefined);
  return ancestors.slice(0, outermost + 1);
}

const launcherNames = new Set(['npm', 'npx', 'pnpm', 'pnpx']);

/** `npx` for `npx …`, `node /usr/bin/npx …` and the title `npm exec …` that npx gives itself. */
function launcherName(argv: readonly string[]): string | undefined {
  const words = argv.flatMap((argument, index) => (index === 0 ? argument.split(' ') : argument));
  const program = baseName(words[0]);
  const script = words.slice(1).find((word) => !word.startsWith('-'));
  const name = program === 'node' ? baseName(script) : program;
  return launcherNames.has(name) ? name : undefined;
}

function baseName(file: string | undefined): string {
  return path.basename(file ?? '').replace(/(-cli)?(\.[cm]?js|\.exe)?$/, '');
}

/**
 * Whether the launcher died before we could look, while it was still installing or building. It
 * left its marks in the environment, but none of it is among our ancestors.
 */
function missesLauncher(
  launchers: readonly ProcessInfo[],
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  const names = new Set(launchers.map(({ argv }) => launcherName(argv)));
  // pnpm names the script it runs. Other programs that it started inherit that, so it must be ours.
  const script = environment['npm_lifecycle_script'] ?? '';
  const own = path.basename(process.argv[1] ?? '');
  if (own === '' || !script.includes(own)) return false;
  // From the cache of npx, pnpm is run by npx only, which lives as long as pnpm does.
  const byNpx = /[\\/]_npx[\\/]/.test(environment['npm_execpath'] ?? '');
  return byNpx ? !names.has('npx') && !names.has('npm') : names.size === 0;
}
