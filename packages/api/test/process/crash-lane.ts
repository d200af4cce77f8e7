// Rounds of one deployment that is killed: load, a kill at a random moment, the next start, and
// everything that has to hold then. Which process is killed, and how it starts, is the launcher's.

import { setTimeout as pause } from 'node:timers/promises';
import type { Effect } from '@sallyport/sdk';
import { expect } from 'vitest';
import type { Choice } from '../../../../tools/simulate/choice.ts';
import { checkAcknowledged, checkAudit, checkDeeds, type Scene, settle } from './crash-checks.ts';
import { createLoad } from './crash-load.ts';
import { createPersistentClient, type PersistentClient } from './persistent-client.ts';
import type { ServiceProcess } from './service-process.ts';
import type { WitnessedAws } from './witnessed-aws.ts';

export interface Launcher {
  start(): Promise<ServiceProcess>;
  /** Kills; resolves once what is killed is gone. @returns what, in a few words */
  crash(service: ServiceProcess): Promise<string>;
  /** The operator's key, once the service has started for the first time. */
  key(): Promise<string>;
}

export interface Lane {
  /** Sets up the vendor, without a kill. */
  open(): Promise<void>;
  /** @returns how often the service was killed: once, or again while it recovered */
  round(): Promise<number>;
  /** What came of the rounds so far. */
  figures(): Promise<LaneFigures>;
  close(): Promise<void>;
}

export interface LaneFigures {
  kills: number;
  changes: number;
  /** Changes that were sent again, as the first answer never came. */
  repeated: number;
  /** Answers that had been given already when the request came again. */
  replayed: number;
  /** Changes that AWS made and nobody heard of, as the caller was killed meanwhile. */
  unheard: number;
  /** The longest time from the listening of the next process until all was well. */
  slowestMs: number;
}

export interface LaneOptions {
  launcher: Launcher;
  aws: WitnessedAws;
  choice: Choice;
  vendor: string;
  region: string;
}

/** From the start of a round's load; it is longer than the load, and shorter than all its work. */
const killWithinMs = 900;
const secondKillWithinMs = 500;

export function createLane(options: LaneOptions): Lane {
  const { launcher, aws, choice, vendor } = options;
  let service: ServiceProcess;
  let key = '';
  // While there is none, nobody listens at the address of the last one.
  const address = () => service.address;
  const client = createPersistentClient({ address, key: () => key }, vendor);
  const load = createLoad({ ...options, client });
  const scene = { client, load, aws, vendor };
  const figures = { kills: 0, slowestMs: 0 };

  async function crashAndRestart(from: number): Promise<void> {
    const how = await launcher.crash(service);
    figures.kills += 1;
    const acknowledged = client.changes.slice(from).filter(({ answer }) => answer !== null);
    if (await hasEnded(service)) service = await launcher.start();
    await checkAcknowledged(client, acknowledged, how);
  }

  return {
    figures: async () => ({ ...figures, ...(await countChanges(scene)) }),
    open: async () => {
      service = await launcher.start();
      key = await launcher.key();
      await load.open();
      await settle(scene);
    },
    round: async () => {
      const from = client.changes.length;
      const again = choice.chance(0.25) ? choice.below(secondKillWithinMs) : null;
      const after = choice.below(killWithinMs);
      const playing = load.play();
      playing.catch(() => {});
      await pause(after);
      await crashAndRestart(from);
      if (again !== null) {
        await pause(again);
        await crashAndRestart(from);
      }
      const startedAt = performance.now();
      await playing;
      const changes = client.changes.slice(from);
      await settle(scene);
      figures.slowestMs = Math.max(figures.slowestMs, performance.now() - startedAt);
      await checkReplay(client, changes, choice);
      await checkAudit(client, changes);
      checkDeeds(scene);
      return again === null ? 1 : 2;
    },
    close: async () => {
      await service?.end('SIGTERM');
    },
  };
}

/** A server that was killed takes its service along, in its own time. */
async function hasEnded(service: ServiceProcess): Promise<boolean> {
  const answers = async () => {
    const response = await fetch(`${service.address}/readyz`).catch(() => null);
    return response?.ok ?? false;
  };
  const ended = service.ended.then(() => true);
  for (;;) {
    const isOver = await Promise.race([ended, pause(20).then(() => false)]);
    if (isOver) return true;
    if (await answers()) return false;
  }
}

/** The same key gives the same answer, whichever process gave the first one. */
async function checkReplay(
  client: PersistentClient,
  changes: PersistentClient['changes'],
  choice: Choice,
): Promise<void> {
  const change = choice.of(changes.filter(({ method }) => method === 'POST'));
  const { status, body } = change.answer!;
  expect(await client.repeat(change)).toEqual({ status, body, replayed: true });
}

async function countChanges({ client, aws, vendor }: Scene) {
  const { changes } = client;
  const effects = await client.list<Effect>('/v1/effects');
  const heard = new Set(effects.map(({ aws_request_id: id }) => id));
  const performed = aws.changes(vendor).filter(({ record }) => record.performed);
  return {
    changes: changes.length,
    repeated: changes.filter(({ attempts }) => attempts > 1).length,
    replayed: changes.filter(({ answer }) => answer?.replayed).length,
    unheard: performed.filter(({ record }) => !heard.has(record.requestId)).length,
  };
}
