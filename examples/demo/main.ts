// The demo: plays the main job on real processes against a simulated AWS, and leaves nothing
// behind.

import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFlags } from '../../tools/flags.ts';
import { startGuard } from '../../tools/guard.ts';
import { onLauncherGone } from '../../tools/launcher.ts';
import { freePort, stageOf, startService, startSimulator } from './processes.ts';
import {
  awsCallsText,
  diagnosisText,
  exploreText,
  nextText,
  stepLine,
  stuckText,
  type PlayedStep,
  type Report,
} from './report.ts';
import { createScene, story, type Scene } from './story.ts';
import { stuckConnection, type StuckConnection } from './stuck-connection.ts';

const options = readFlags({
  usage: [
    'Usage: pnpm demo [--keep] [--stuck] [--json]',
    '',
    '  --keep   leave it running afterwards, to explore',
    '  --stuck  the same with a connection that waits for a person, as in docs/support.md',
    '  --json   print one report for programs instead of lines for people',
  ].join('\n'),
  options: {
    json: { type: 'boolean' },
    keep: { type: 'boolean' },
    stuck: { type: 'boolean' },
  },
});
const stays = options.keep || options.stuck;
const say = (text: string) => {
  if (!options.json) process.stdout.write(`${text}\n`);
};

/** Resolves when the user, or the end of whatever started this, wants it to stop. */
const stopped = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, resolve);
  onLauncherGone(() => resolve());
});

async function main(): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), 'sallyport-demo-'));
  const guard = await startGuard();
  guard.removes(directory);
  const stops: (() => Promise<void>)[] = [];
  try {
    const startedAt = Date.now();
    const simulator = await startSimulator(directory);
    stops.unshift(() => simulator.stop());
    guard.ends(simulator.pid);
    const service = await startService(directory, simulator.url, await freePort());
    stops.unshift(() => service.stop('SIGTERM'));
    guard.ends(service.pid);
    const scene = createScene(stageOf(directory, simulator.url, service.url, randomUUID()));
    say(`Sallyport at ${service.url}, a simulated AWS at ${simulator.url}`);
    say(`(${((Date.now() - startedAt) / 1000).toFixed(1)} s to start, data in ${directory})\n`);
    const ending = await Promise.race([play(scene), stopped.then(() => null)]);
    if (ending === null) return 130;
    const played = places(scene, directory);
    const stuck = options.stuck && ending.ok ? await stuckConnection(played) : undefined;
    await tell(stays ? { ...ending, ...played } : ending, directory);
    if (stays && ending.ok) {
      say(`\n${stuck ? await practiceText(stuck, directory) : exploreText(scene, directory)}`);
      await stopped;
    }
    return ending.ok ? 0 : 1;
  } finally {
    for (const stop of stops) await stop();
    await rm(directory, { recursive: true, force: true });
    await guard.release();
  }
}

/** Where the processes are that `--keep` leaves running. */
function places({ stage }: Scene, directory: string) {
  return {
    api_url: stage.apiUrl,
    aws_url: stage.awsUrl,
    operator_key_file: join(directory, 'data/operator.key'),
  };
}

/** The keys are in files of the names that the page has. */
async function practiceText(stuck: StuckConnection, directory: string): Promise<string> {
  const folder = join(directory, 'practice');
  await mkdir(folder, { mode: 0o700 });
  await writeFile(join(folder, 'support.key'), stuck.supportKey, { mode: 0o600 });
  await copyFile(stuck.operatorKeyFile, join(folder, 'ops.key'));
  return stuckText(stuck, folder);
}

async function play(scene: Scene): Promise<Report> {
  const steps: PlayedStep[] = [];
  for (const { title, who, play } of story) {
    const startedAt = Date.now();
    const played = await play(scene).then(
      (detail) => ({ ok: true, detail }),
      (error: unknown) => ({ ok: false, detail: String(error) }),
    );
    const step = { title, who, took_ms: Date.now() - startedAt, ...played };
    steps.push(step);
    say(stepLine(step, steps.length));
    if (!step.ok) break;
  }
  const calls = await fetch(`${scene.stage.awsUrl}/_simulator/calls/summary`);
  const { connection, diagnosis } = scene;
  const ok = steps.every((step) => step.ok);
  return { ok, steps, connection, diagnosis, aws_calls: (await calls.json()) as never };
}

async function tell(report: Report, directory: string): Promise<void> {
  if (options.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  if (!report.ok) {
    process.stderr.write(`\nThe service's last words:\n${await lastWarnings(directory)}\n`);
    return;
  }
  say(`\n${diagnosisText(report.diagnosis!)}`);
  say(`\n${awsCallsText(report.aws_calls)}`);
  if (!stays) say(`\n${nextText}`);
}

/** What a person wants to see when a step failed: the last warnings of the service's log. */
async function lastWarnings(directory: string): Promise<string> {
  const log = await readFile(join(directory, 'service.log'), 'utf8').catch(() => '');
  const lines = log.split('\n').filter((line) => /"level":"(warn|error|fatal)"/.test(line));
  return lines.slice(-5).join('\n') || '(nothing)';
}

// A step that was interrupted may still be waiting for an answer that will not come.
process.exit(await main());
