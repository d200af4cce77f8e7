// Lets a worker die at moment after moment, and another one go on once the lease has ended.

import { expect } from 'vitest';
import type { TargetKind } from '../../src/domain/target.ts';
import { leaseMs } from '../../src/reconcile/kept-lease.ts';
import { mortal } from './mortality.ts';
import type { Stage } from './stage.ts';

export interface Deaths {
  /** What the worker works on until it dies, while the rest waits; everything by default. */
  kind?: TargetKind;
  /** How long it works at most. */
  worksMs: number;
  /** How long the other worker then needs; 3 seconds by default. */
  settlingMs?: number;
  /** Which moments are tried, by the deeds of one undisturbed life. Every one by default. */
  moments?: (deeds: readonly string[]) => number[];
  /** Sets something new up for one death. */
  arrange: () => Promise<unknown>;
  /** Holds whatever the moment of the death was. */
  check: () => Promise<unknown>;
}

/** @returns how many deaths were tried */
export async function surviveDeaths(stage: Stage, deaths: Deaths): Promise<number> {
  const { worksMs, settlingMs = 3_000, moments = everyMoment, check } = deaths;
  const arrange = async () => {
    await deaths.arrange();
    if (deaths.kind) await postponeOthers(stage, deaths.kind, worksMs);
  };
  await arrange();
  const undisturbed = mortal(stage.worker);
  await stage.pass(worksMs, undisturbed.worker);
  await stage.pass(settlingMs);
  await check();
  const tried = moments(undisturbed.life.deeds);
  for (const moment of tried) {
    await arrange();
    const { worker, life } = mortal(stage.worker, moment);
    await stage.pass(worksMs, { ...worker, name: 'worker-2' }).catch((error: unknown) => {
      if (!life.dead) throw error;
    });
    expect(life.dead, `it died at moment ${moment}`).toBe(true);
    // So that the other worker may take over.
    stage.clock.advance(leaseMs);
    await stage.pass(settlingMs);
    await check();
  }
  return tried.length;
}

/** Between an intent and its call, and between a call and the record of its outcome. */
export function aroundCalls(...names: string[]) {
  return (deeds: readonly string[]): number[] =>
    deeds.flatMap((deed, moment) => (names.includes(deed) ? [moment, moment + 1] : []));
}

function everyMoment(deeds: readonly string[]): number[] {
  return deeds.map((_, moment) => moment);
}

async function postponeOthers({ db, clock }: Stage, kind: TargetKind, ms: number): Promise<void> {
  const until = new Date(clock.now().getTime() + ms + 1_000);
  await db.query('UPDATE targets SET due_at = greatest(due_at, $2) WHERE kind <> $1', [
    kind,
    until,
  ]);
}
