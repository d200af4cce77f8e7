// Many runs of the built file in one process, one after the other, as a hundred starts of Node are
// ten seconds of a processor. What a start has to do with it is for `sallyport` of harness.ts.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { bundleBuilt, environment, type Outcome, type Surroundings } from './harness.ts';

/** Gives each turn's outcome, in order. */
export async function inTurns(
  turns: readonly { args: readonly string[]; surroundings?: Surroundings }[],
): Promise<Outcome[]> {
  const file = await bundleBuilt();
  const given = turns.map(({ args, surroundings = {} }) => ({
    args,
    env: environment(surroundings),
    cwd: surroundings.cwd,
  }));
  const running = promisify(execFile)(process.execPath, ['--eval', program, file], {
    maxBuffer: 64 * 1024 * 1024,
  });
  running.child.stdin!.end(JSON.stringify(given));
  const { stdout } = await running;
  return JSON.parse(stdout) as Outcome[];
}

/** The module is made anew for each turn, and tells when its command is over. */
const program = `
  const fs = require('node:fs');
  const { text } = require('node:stream/consumers');
  const [, file] = process.argv;
  const write = process.stdout.write.bind(process.stdout);
  process.setMaxListeners(0);
  for (const name of ['stdout', 'stderr']) process[name].setMaxListeners(0);
  (async () => {
    const outcomes = [];
    for (const { args, env, cwd } of JSON.parse(await text(process.stdin))) {
      const told = { stdout: '', stderr: '' };
      for (const name of ['stdout', 'stderr']) {
        process[name].write = (chunk) => (told[name] += chunk, true);
      }
      fs.writeSync = (fd, bytes) => (told[fd === 1 ? 'stdout' : 'stderr'] += bytes, bytes.length);
      process.argv = [process.execPath, file, ...args];
      process.env = env;
      if (cwd) process.chdir(cwd);
      delete require.cache[file];
      await require(file).done;
      outcomes.push({ code: process.exitCode, ...told });
    }
    process.exitCode = 0;
    write(JSON.stringify(outcomes));
  })();
`;
