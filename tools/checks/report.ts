// What `pnpm check` prints: a line for each check, then each finding. It decides nothing.

import type { Finding } from './repository.ts';

export type Outcome = {
  name: string;
  findings: readonly Finding[];
  /** How long it took, in milliseconds. Checks run side by side, so these do not add up. */
  durationMs: number;
};

/** Runs a check and takes its time. A check that throws has failed, with what it threw. */
export async function timed(name: string, check: () => Promise<Finding[]>): Promise<Outcome> {
  const start = performance.now();
  const findings = await check().catch((error: unknown) => [
    { message: error instanceof Error ? error.message : String(error) },
  ]);
  return { name, findings, durationMs: performance.now() - start };
}

export function report(outcomes: readonly Outcome[]): string {
  const width = Math.max(...outcomes.map(({ name }) => name.length));
  const lines = outcomes.map(({ name, findings, durationMs }) => {
    const verdict = findings.length === 0 ? 'ok  ' : 'FAIL';
    const time = `${(durationMs / 1000).toFixed(1)} s`;
    const count = findings.length === 0 ? '' : `  ${findings.length} found`;
    return `${verdict}  ${name.padEnd(width)}  ${time}${count}`;
  });
  const details = outcomes
    .filter(({ findings }) => findings.length > 0)
    .map(({ name, findings }) => [`\n${name}:`, ...findings.map(describe)].join('\n'));
  return [...lines, ...details].join('\n');
}

function describe({ path, line, message }: Finding): string {
  const place = [path, line].filter((part) => part !== undefined).join(':');
  const text = place === '' ? message : `${place}: ${message}`;
  return text.replace(/^/gm, '  ');
}
