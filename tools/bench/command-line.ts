// How long the CLI takes to say something, beside Node doing nothing.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { median, milliseconds, type Figure } from './figure.ts';

const cli = fileURLToPath(new URL('../../packages/cli/dist/sallyport.cjs', import.meta.url));
const rounds = 15;

/** Takes turns with bare Node, so that a machine that slows down slows both. */
export function commandLineFigures(): Figure[] {
  const commands = { bare: ['-e', '0'], help: [cli, '--help'], version: [cli, '--version'] };
  const samples: Record<keyof typeof commands, number[]> = { bare: [], help: [], version: [] };
  for (let round = 0; round < rounds; round++) {
    for (const name of Object.keys(commands) as (keyof typeof commands)[]) {
      samples[name].push(time(commands[name]));
    }
  }
  const bare = median(samples.bare);
  return (['help', 'version'] as const).map((name) => {
    const took = median(samples[name]);
    const ratio = (took / bare).toFixed(2);
    return {
      name: `CLI --${name}`,
      value: milliseconds(took),
      beside: `${ratio} × \`node -e 0\` (${milliseconds(bare)}); goal ≤ 1.6 ×`,
    };
  });
}

function time(args: string[]): number {
  const startedAt = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`);
  return performance.now() - startedAt;
}
