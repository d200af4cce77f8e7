// Runs one of our programs by itself, attached to whoever launched it: it ends when they are gone.
// `node tools/attached.ts packages/aws-simulator/dist/main.js`. In production it is run directly.

import { spawn } from 'node:child_process';
import os from 'node:os';
import { onLauncherGone } from './launcher.ts';

const [script, ...args] = process.argv.slice(2);
if (script === undefined) {
  console.error('Usage: node tools/attached.ts SCRIPT [ARGUMENT...]');
  process.exit(2);
}

// Our programs end by themselves when this channel closes, so also when we are killed.
const child = spawn(process.execPath, [script, ...args], {
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => child.kill(signal));
}
onLauncherGone(() => child.kill('SIGTERM'));

child.on('error', (error) => {
  console.error(`${script} could not be started: ${error.message}`);
  process.exitCode = 1;
});
child.on('exit', (code, signal) => {
  // As a shell tells it.
  process.exitCode = signal === null ? (code ?? 1) : 128 + os.constants.signals[signal];
});
