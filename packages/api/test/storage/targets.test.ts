import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TargetName } from '../../src/domain/target.ts';
import * as targets from '../../src/storage/targets.ts';
import type { Lease } from '../../src/storage/targets.ts';
import { createAmbience } from '../ambience.ts';
import { temporaryDatabase, type TemporaryDatabase } from './postgres/temporary-database.ts';

const { clock } = createAmbience();
const leaseMs = 15_000;
const target = { kind: 'principals', key: 'svc_1' } as const;

let db: TemporaryDatabase;
beforeAll(async () => {
  db = await temporaryDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await db.query('DELETE FROM targets');
  clock.advance(3_600_000);
});

const nudge = (...list: TargetName[]) =>
  targets.nudge(db, list.length > 0 ? list : [target], clock.now());

const claim = (owner = 'a', limit = 10) =>
  targets.claim(db, {
    owner,
    now: clock.now(),
    leaseUntil: new Date(clock.now().getTime() + leaseMs),
    limit,
  });

const release = (lease: Lease, changes: Partial<targets.Release> = {}) => {
  const dueAt = new Date(clock.now().getTime() + 60_000);
  const usual = { report: { fine: true }, dueAt, failures: 0, completed: true, now: clock.now() };
  return targets.release(db, lease, { ...usual, ...changes });
};

async function stored() {
  const [row] = await db.query<Record<string, unknown>>('SELECT * FROM targets');
  return row;
}

describe('a claim', () => {
  it('when a target is due, one claimer gets it and another one nothing', async () => {
    await nudge();
    const [lease] = await claim('a');
    expect(lease).toMatchObject({ ...target, wanted: 1, done: 0, failures: 0, report: null });
    expect(await claim('b')).toEqual([]);
  });

  it('when a target is not due yet, nobody gets it', async () => {
    await nudge();
    const [lease] = await claim();
    await release(lease!);
    expect(await claim()).toEqual([]);
    clock.advance(60_000);
    expect(await claim()).toHaveLength(1);
  });

  it('when a lease is over, the next claimer gets the target under a newer fence', async () => {
    await nudge();
    const [first] = await claim('a');
    clock.advance(leaseMs - 1);
    expect(await claim('b')).toEqual([]);
    clock.advance(1);
    const [second] = await claim('b');
    expect(second!.fence).toBeGreaterThan(first!.fence);
  });

  it('when more are due than it takes, it takes those that have waited longest', async () => {
    for (const key of ['svc_1', 'svc_2', 'svc_3']) {
      await nudge({ kind: 'principals', key });
      clock.advance(1);
    }
    expect((await claim('a', 2)).map(({ key }) => key).sort()).toEqual(['svc_1', 'svc_2']);
  });

  it('when failing ones are due first, they get no more places than they may have', async () => {
    const keys = Array.from({ length: 6 }, (_, n) => `svc_${n}`);
    await nudge(...keys.map((key) => ({ kind: 'principals' as const, key })));
    await db.query(`UPDATE targets SET failures = 3 WHERE key <> 'svc_5'`);
    clock.advance(1);
    const claimSome = (failingMax: number) => {
      const leaseUntil = new Date(clock.now().getTime() + leaseMs);
      const terms = { owner: 'a', now: clock.now(), leaseUntil, limit: 4, failingMax };
      return targets.claim(db, terms);
    };
    expect((await claimSome(2)).map(({ key }) => key)).toEqual(['svc_0', 'svc_1', 'svc_5']);
    expect(await claimSome(0)).toEqual([]);
    expect(await claimSome(4)).toHaveLength(3);
  });

  it('when two claimers race, each target goes to one and no claim is too large', async () => {
    const keys = Array.from({ length: 60 }, (_, n) => `svc_${n}`);
    await targets.nudge(
      db,
      keys.map((key) => ({ kind: 'principals', key })),
      clock.now(),
    );
    const drain = async (owner: string) => {
      const mine: Lease[] = [];
      for (let got = await claim(owner, 7); got.length > 0; got = await claim(owner, 7)) {
        expect(got.length).toBeLessThanOrEqual(7);
        mine.push(...got);
      }
      return mine.map(({ key }) => key);
    };
    const [one, two] = await Promise.all([drain('a'), drain('b')]);
    expect([...one, ...two].sort()).toEqual(keys.sort());
  });
});

describe('a nudge', () => {
  it('when a target waits, it is due at once and its failures are forgotten', async () => {
    await nudge();
    const [lease] = await claim();
    await release(lease!, { failures: 3 });
    await nudge();
    const [again] = await claim();
    expect(again).toMatchObject({ wanted: 2, failures: 0 });
  });

  it('when it comes twice for one target in one call, it counts once', async () => {
    await nudge(target, target);
    expect(await stored()).toMatchObject({ wanted: 1 });
  });

  it('when a target is overdue, a nudge does not make it younger', async () => {
    await nudge();
    const dueAt = clock.now();
    clock.advance(1_000);
    await nudge();
    expect(await stored()).toMatchObject({ dueAt });
  });

  it('when it comes during a run, the target is due again after the run', async () => {
    await nudge();
    const [lease] = await claim();
    await nudge();
    await release(lease!);
    const [again] = await claim();
    expect(again).toMatchObject({ wanted: 2, done: 1 });
  });

  it('when two come at once for the same targets, both are counted', async () => {
    const both = [target, { kind: 'connections', key: 'pacc_1/us-east-1' } as const];
    const nudges = Array.from({ length: 8 }, (_, n) =>
      targets.nudge(db, n % 2 ? both : both.toReversed(), clock.now()),
    );
    await Promise.all(nudges);
    const rows = await db.query<{ wanted: number }>('SELECT wanted FROM targets');
    expect(rows).toEqual([{ wanted: 8 }, { wanted: 8 }]);
  });
});

describe('a release', () => {
  it('when a run went well, what was wanted is done and the report is kept', async () => {
    await nudge();
    const [lease] = await claim();
    await release(lease!);
    expect(await stored()).toMatchObject({
      done: 1,
      failures: 0,
      report: { fine: true },
      leaseOwner: null,
      leaseUntil: null,
    });
  });

  it('when a run failed, what was wanted is not done', async () => {
    await nudge();
    const [lease] = await claim();
    await release(lease!, { failures: 1, completed: false });
    expect(await stored()).toMatchObject({ done: 0, failures: 1 });
  });

  it('when nothing is left to look after, the target goes', async () => {
    await nudge();
    const [lease] = await claim();
    await release(lease!, { dueAt: null });
    expect(await stored()).toBeUndefined();
  });

  it('when nothing was left but a nudge came meanwhile, the target stays and is due', async () => {
    await nudge();
    const [lease] = await claim();
    await nudge();
    await release(lease!, { dueAt: null });
    expect(await claim()).toHaveLength(1);
  });

  it('when the lease was lost, nothing is written', async () => {
    await nudge();
    const [lost] = await claim('a');
    clock.advance(leaseMs);
    await claim('b');
    const before = await stored();
    await release(lost!, { report: { stale: true } });
    await release(lost!, { dueAt: null });
    expect(await stored()).toEqual(before);
  });
});

describe('holds', () => {
  it('when nobody has claimed since, it holds; afterwards it does not', async () => {
    await nudge();
    const [lease] = await claim('a');
    expect(await targets.holds(db, lease!)).toBe(true);
    clock.advance(leaseMs);
    expect(await targets.holds(db, lease!)).toBe(true);
    await claim('b');
    expect(await targets.holds(db, lease!)).toBe(false);
  });

  it('when a transaction holds on, nobody claims until it ends', async () => {
    await nudge();
    const [lease] = await claim('a');
    clock.advance(leaseMs);
    const during = await db.transaction(async (tx) => {
      await targets.holds(tx, lease!);
      return claim('b');
    });
    expect(during).toEqual([]);
    expect(await claim('b')).toHaveLength(1);
  });

  it('when the target has gone, it does not hold', async () => {
    await nudge();
    const [lease] = await claim();
    await db.query('DELETE FROM targets');
    expect(await targets.holds(db, lease!)).toBe(false);
  });

  it('when the target has gone and come back, an old lease holds nothing', async () => {
    await nudge();
    const [zombie] = await claim('a');
    clock.advance(leaseMs);
    const [last] = await claim('b');
    await release(last!, { dueAt: null });
    await nudge();
    for (const owner of ['c', 'd']) {
      const [lease] = await claim(owner);
      expect([zombie!.fence, last!.fence]).not.toContain(lease!.fence);
      expect(await targets.holds(db, zombie!)).toBe(false);
      clock.advance(leaseMs);
    }
  });
});

describe('a hint', () => {
  const asked = { kind: 'connections', key: 'pacc_1/us-east-1' } as const;
  const hint = () => targets.hint(db, asked, clock.now());

  it('when it comes, the target is due at once, and no full run is asked for', async () => {
    await nudge(asked);
    const [first] = await claim();
    await release(first!);
    await hint();
    const [lease] = await claim();
    expect(lease).toMatchObject({ ...asked, wanted: 1, done: 1, hints: 1, hintsDone: 0 });
    await release(lease!);
    expect(await claim()).toEqual([]);
    expect(await stored()).toMatchObject({ hints: 1, hintsDone: 1 });
  });

  it('when it comes during a run, there is one more', async () => {
    await nudge(asked);
    const [lease] = await claim();
    await hint();
    await release(lease!);
    expect(await claim()).toMatchObject([{ hints: 1, hintsDone: 0 }]);
  });

  it('when it comes during a run that fails, the target keeps its pause', async () => {
    await nudge(asked);
    const [lease] = await claim();
    await hint();
    await release(lease!, { failures: 1, completed: false });
    await hint();
    expect(await claim()).toEqual([]);
    expect(await stored()).toMatchObject({ hints: 2, hintsDone: 0 });
  });

  it('when nothing looks after the place, nothing is made', async () => {
    await hint();
    expect(await stored()).toBeUndefined();
  });

  it('when a claimer asks for some kinds only, it gets no others', async () => {
    await nudge(target, asked);
    const owner = { owner: 'a', now: clock.now(), leaseUntil: clock.now(), limit: 10 };
    const leases = await targets.claim(db, { ...owner, kinds: ['connections'] });
    expect(leases.map(({ kind }) => kind)).toEqual(['connections']);
  });
});
