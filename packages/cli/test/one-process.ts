// Runs the built file as `sallyport` of harness.ts does, but one run after the other in a process
// that stays: a start of Node costs more than what most tests look at. What a start, a signal or
// stdin has to do with it is for harness.ts.

import { type ChildProcess, spawn } from 'node:child_process';
import { bundleBuilt, environment, type Outcome, sallyport, type Surroundings } from './harness.ts';

let child: ChildProcess | undefined;
let last: Promise<unknown> = Promise.resolve();

export function inOneProcess(
  args: readonly string[],
  surroundings: Surroundings = {},
): Promise<Outcome> {
  if (surroundings.stdin !== undefined) return sallyport(args, surroundings);
  const turn = last.then(() => take(args, surroundings));
  last = turn.catch(() => undefined);
  return turn;
}

async function take(args: readonly string[], surroundings: Surroundings): Promise<Outcome> {
  const file = await bundleBuilt();
  child ??= start(file);
  const own = child;
  const env = environment(surroundings);
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error('The process of the command line ended.'));
    own.once('exit', fail);
    own.once('message', (outcome) => {
      own.off('exit', fail);
      resolve(outcome as Outcome);
    });
    own.send({ args, env, cwd: surroundings.cwd ?? '/' });
  });
}

/** It ends with the worker: nothing else holds its channel. */
function start(file: string): ChildProcess {
  const stdio = ['ignore', 'ignore', 'inherit', 'ipc'] as const;
  const process_ = spawn(process.execPath, ['--eval', program, file], { stdio: [...stdio] });
  process_.unref();
  process_.channel?.unref();
  process_.once('exit', () => {
    child = undefined;
  });
  return process_;
}

const program = `
  const fs = require('node:fs');
  const [, file] = process.argv;
  process.setMaxListeners(0);
  for (const name of ['stdout', 'stderr']) process[name].setMaxListeners(0);
  process.on('disconnect', () => process.exit());
  process.on('message', async ({ args, env, cwd }) => {
    const told = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr']) {
      process[name].write = (chunk) => (told[name] += chunk, true);
    }
    fs.writeSync = (fd, bytes) => (told[fd === 1 ? 'stdout' : 'stderr'] += bytes, bytes.length);
    process.argv = [process.execPath, file, ...args];
    process.env = env;
    process.chdir(cwd);
    delete require.cache[file];
    await require(file).done;
    const code = process.exitCode;
    process.exitCode = 0;
    process.send({ code, ...told });
  });
`;
