// Reads as a busy portal sends them, one every few milliseconds, of tables that have become large:
// pages of fifty and reads by id in turns.

import { setTimeout as pause } from 'node:timers/promises';
import { type Figure, median } from '../figure.ts';
import { waitedSeconds } from './cpu.ts';
import { p99 } from './quantiles.ts';
import type { RequestScene } from './scene.ts';

const perSecond = 200;
const turns = 7;
const turnMs = 4_000;
const seconds = (turns * turnMs) / 1_000;
const paths = ['/v1/connections?limit=50', '/v1/customers/quiet'];

export async function pacedReads(scene: RequestScene): Promise<Figure> {
  await settle(scene);
  const load = { paths, keys: [scene.operatorKey], perSecond, connections: 20, ms: turnMs };
  // What is compiled, and read from the disk, the first time counts for nobody.
  await scene.pace(load);
  const before = waitedSeconds(scene.pid);
  const found: number[][] = [];
  for (let turn = 0; turn < turns; turn++) found.push((await scene.pace(load)).times);
  const after = waitedSeconds(scene.pid);
  const all = found.map(p99).toSorted((a, b) => a - b);
  const by = paths.map((_, path) => {
    return median(found.map((times) => p99(times.filter((_time, n) => n % paths.length === path))));
  });
  const waited = before === null || after === null ? null : (after - before) / seconds;
  return {
    name: `p99 of reads at ${perSecond} a second`,
    value: `${median(all).toFixed(1)} ms`,
    beside:
      `goal ≤ 50 ms, on one core, with 10⁶ rows; ${all[0]!.toFixed(1)} to ` +
      `${all.at(-1)!.toFixed(1)} ms in ${turns} turns; a page of fifty ${by[0]!.toFixed(1)} ms, ` +
      `by id ${by[1]!.toFixed(1)} ms${waited === null ? '' : `; ${waitedInWords(waited)}`}`,
  };
}

/** Other work on the machine, which makes everything slower. */
function waitedInWords(share: number): string {
  return `the service waited for its core for ${Math.round(share * 100)} % of the time`;
}

/**
 * Resolves when the database has done what so many new rows give it to do: each row is marked as
 * seen by all, statistics are made, and no vacuum that they have caused is under way. A checkpoint
 * may be: the server spreads each over four minutes and a half, and begins the next one then.
 */
async function settle({ tables, rest }: RequestScene): Promise<void> {
  await rest();
  await tables.query('VACUUM (ANALYZE)');
  const deadline = performance.now() + 300_000;
  for (;;) {
    const { rows } = await tables.query<{ settled: boolean }>(
      `SELECT NOT EXISTS (SELECT FROM pg_stat_progress_vacuum)
         AND NOT EXISTS (SELECT FROM pg_stat_progress_analyze) AS settled`,
    );
    if (rows[0]?.settled) return;
    if (performance.now() > deadline) throw new Error('Waited in vain for the database to settle.');
    await pause(200);
  }
}
