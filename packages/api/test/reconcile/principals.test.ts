// The allowlist of a service against the simulator: the least change, and nothing of other hands.

import { describe, expect, it } from 'vitest';
import * as accounts from '../../src/storage/accounts.ts';
import * as principals from '../../src/storage/principals.ts';
import * as grants from '../../src/usecases/grants.ts';
import { reconcile, setModes } from '../../src/usecases/endpoint-services.ts';
import { surviveDeaths } from './deaths.ts';
import {
  acme,
  changesDuring,
  globex,
  letIn,
  readAgain,
  rootArn,
  serviceOnStage,
  stagesOfFile,
  type PresentService,
} from './harness.ts';
import type { Stage } from './stage.ts';

const stageOfTest = stagesOfFile();

const change = 'ModifyVpcEndpointServicePermissions ok';
const byHand = [rootArn('444444444444'), 'arn:aws:iam::555555555555:role/console'];

/** The state of each entry that is known, by its ARN. */
async function statesOf({ db }: Stage, { id }: PresentService): Promise<Record<string, string>> {
  const page = { limit: 5_000, after: null };
  const filter = { customerId: null, endpointServiceId: id };
  const entries = await principals.list(db, filter, page);
  const removing = await principals.list(db, { ...filter, state: 'removing' }, page);
  expect(removing).toEqual(entries.filter(({ state }) => state === 'removing'));
  return Object.fromEntries(entries.map(({ arn, state }) => [arn, state]));
}

describe('what grants want', () => {
  it('when several are missing, they are added in one call, beside what is there', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    await stage.hands.allow(service.serviceId, byHand);
    const calls = await changesDuring(stage, async () => {
      await letIn(stage, service, acme);
      await letIn(stage, service, globex);
      const { customer } = await letIn(stage, service, '666666666666');
      await stage.operator.attest(customer, '777777777777');
      await readAgain(stage, service);
    });
    expect(calls).toEqual([change]);
    const ours = [acme, globex, '666666666666', '777777777777'].map(rootArn);
    expect(stage.glance.allowlist(service.serviceId)).toEqual([...ours, ...byHand].sort());
    expect(await statesOf(stage, service)).toEqual({
      ...Object.fromEntries(ours.map((arn) => [arn, 'allowed'])),
      ...Object.fromEntries(byHand.map((arn) => [arn, 'unmanaged'])),
    });
  });

  it('when roles are named, they are let in and the account is not', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    const customer = await stage.operator.customer('acme');
    await stage.operator.attest(customer, acme);
    const roleNames = ['network', 'intern'];
    const grant = await stage.operator.grant(customer, service, { roleNames });
    await stage.pass(3_000);
    const roles = roleNames.map((name) => `arn:aws:iam::${acme}:role/${name}`).sort();
    expect(stage.glance.allowlist(service.serviceId)).toEqual(roles);
    const narrower = { roleNames: ['network'] };
    const calls = await changesDuring(stage, async () => {
      await stage.change((context) => grants.update(context, grant.id, narrower));
      await stage.pass(5_000);
    });
    expect(calls).toEqual([change]);
    expect(stage.glance.allowlist(service.serviceId)).toEqual([
      `arn:aws:iam::${acme}:role/network`,
    ]);
  });

  it('when an account is only claimed, it is not let in', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    const { account } = await letIn(stage, service, acme);
    await accounts.setStanding(stage.db, account.id, { standing: 'claimed' }, stage.clock.now());
    expect(await changesDuring(stage, () => readAgain(stage, service))).toEqual([]);
    expect(stage.glance.allowlist(service.serviceId)).toEqual([]);
  });

  it('when AWS does not take one of them, the others land and it is told', async () => {
    const stage = await stageOfTest({ knobs: { absentPrincipal: 'refused' } });
    const { service } = await serviceOnStage(stage);
    const customer = await stage.operator.customer('acme');
    await stage.operator.attest(customer, acme);
    const roleNames = ['network', 'ghost', 'intern'];
    await stage.operator.grant(customer, service, { roleNames });
    await letIn(stage, service, globex);
    await stage.pass(3_000);
    const ghost = `arn:aws:iam::${acme}:role/ghost`;
    const landed = ['intern', 'network'].map((name) => `arn:aws:iam::${acme}:role/${name}`);
    expect(stage.glance.allowlist(service.serviceId)).toEqual([...landed, rootArn(globex)].sort());
    expect(await reportOf(stage, service)).toMatchObject({
      refused: [{ arn: ghost, code: 'InvalidParameter' }],
    });
    expect(await statesOf(stage, service)).toMatchObject({ [ghost]: 'pending' });
    expect(stage.errors).toEqual([]);
  });
});

describe('what other hands did', () => {
  it('when the list has more entries than a page, all of it is read and left alone', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    const many = Array.from({ length: 1_100 }, (_, i) => rootArn(String(700_000_000_000 + i)));
    await stage.hands.allow(service.serviceId, many);
    const last = many.at(-1)!;
    expect(stage.glance.allowlist(service.serviceId)).toHaveLength(1_100);
    const calls = await changesDuring(stage, async () => {
      await letIn(stage, service, last.split(':')[4]!);
      await letIn(stage, service, acme);
      await stage.pass(5_000);
    });
    expect(calls).toEqual([change]);
    expect(stage.glance.allowlist(service.serviceId)).toEqual([...many, rootArn(acme)].sort());
    const states = await statesOf(stage, service);
    expect(states[last]).toBe('allowed');
    expect(Object.values(states).filter((state) => state === 'unmanaged')).toHaveLength(1_099);
  });

  it('when the grant ends, only our entries go', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    await stage.hands.allow(service.serviceId, byHand);
    const { grant } = await letIn(stage, service, acme);
    await letIn(stage, service, globex);
    await stage.pass(3_000);
    const calls = await changesDuring(stage, async () => {
      await stage.change((context) => grants.remove(context, grant.id));
      await readAgain(stage, service);
    });
    expect(calls).toEqual([change]);
    expect(stage.glance.allowlist(service.serviceId)).toEqual([rootArn(globex), ...byHand].sort());
    expect(await statesOf(stage, service)).toMatchObject({ [rootArn(acme)]: 'gone' });
  });

  it('when a wanted entry is there by hand already, it is never ours to remove', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    await stage.hands.allow(service.serviceId, [rootArn(acme)]);
    const calls = await changesDuring(stage, async () => {
      const { grant } = await letIn(stage, service, acme);
      await stage.pass(5_000);
      expect(await statesOf(stage, service)).toEqual({ [rootArn(acme)]: 'allowed' });
      await stage.change((context) => grants.remove(context, grant.id));
      await readAgain(stage, service);
    });
    expect(calls).toEqual([]);
    expect(stage.glance.allowlist(service.serviceId)).toEqual([rootArn(acme)]);
    expect(await statesOf(stage, service)).toEqual({ [rootArn(acme)]: 'unmanaged' });
  });

  it('when ours is removed by another hand, it is contested, and not put back', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    await letIn(stage, service, acme);
    await stage.pass(3_000);
    await stage.hands.disallow(service.serviceId, [rootArn(acme)]);
    expect(await changesDuring(stage, () => readAgain(stage, service))).toEqual([]);
    expect(stage.glance.allowlist(service.serviceId)).toEqual([]);
    expect(await statesOf(stage, service)).toEqual({ [rootArn(acme)]: 'contested' });
    await stage.hands.allow(service.serviceId, [rootArn(acme)]);
    await readAgain(stage, service);
    expect(await statesOf(stage, service)).toEqual({ [rootArn(acme)]: 'allowed' });
  });

  it('when one read does not show ours, it is not contested yet', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    await letIn(stage, service, acme);
    await stage.pass(3_000);
    let reads = 0;
    stage.hooks.after = ({ name }, result) => {
      if (name === 'listPrincipals' && reads++ === 0) (result as unknown[]).length = 0;
    };
    await readAgain(stage, service, 1);
    expect(reads).toBeGreaterThan(1);
    expect(await factsOf(stage, rootArn(acme))).toMatchObject({ observed: true, missedReads: 0 });
    stage.hooks.after = ({ name }, result) => {
      if (name === 'listPrincipals') (result as unknown[]).length = 0;
    };
    await stage.change((context) => reconcile(context, service.id));
    await stage.round();
    expect(await statesOf(stage, service)).toEqual({ [rootArn(acme)]: 'pending' });
    await stage.pass(1_000);
    expect(await statesOf(stage, service)).toEqual({ [rootArn(acme)]: 'contested' });
  });

  it('when somebody allows everybody, that is reported and left to people', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    await stage.hands.allow(service.serviceId, ['*']);
    expect(await changesDuring(stage, () => readAgain(stage, service))).toEqual([]);
    expect(await statesOf(stage, service)).toEqual({ '*': 'unmanaged' });
    expect(await reportOf(stage, service)).toMatchObject({ plan: { unmanaged: ['*'] } });
  });

  it('when everybody is allowed for less than a minute, that is an alarm too', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    await stage.pass(1_000);
    await stage.hands.allow(service.serviceId, ['*']);
    await readAgain(stage, service);
    const raised = await stage.db.query('SELECT kind, subject FROM alarms', []);
    expect(raised).toEqual([{ kind: 'open_to_everyone', subject: '*' }]);
    const nextLook = () => stage.db.query("SELECT due_at FROM targets WHERE kind = 'alarms'", []);
    const next = await nextLook();
    await readAgain(stage, service);
    expect(await nextLook()).toEqual(next);
  });
});

describe('observing', () => {
  it('when principals are observed, nothing changes, and the plan says what would', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage, { principals: 'observe' });
    await stage.hands.allow(service.serviceId, byHand);
    const calls = await changesDuring(stage, async () => {
      await letIn(stage, service, acme);
      await readAgain(stage, service);
    });
    expect(calls).toEqual([]);
    expect(stage.glance.allowlist(service.serviceId)).toEqual(byHand.toSorted());
    expect(await reportOf(stage, service)).toMatchObject({
      plan: { add: [rootArn(acme)], remove: [] },
    });
  });

  it('when it is observed again while an entry is ours, the entry stays', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    const { grant } = await letIn(stage, service, acme);
    await stage.pass(3_000);
    await stage.change((context) => setModes(context, service.id, { principals: 'observe' }));
    await stage.change((context) => grants.remove(context, grant.id));
    expect(await changesDuring(stage, () => readAgain(stage, service))).toEqual([]);
    expect(stage.glance.allowlist(service.serviceId)).toEqual([rootArn(acme)]);
    expect(await statesOf(stage, service)).toEqual({ [rootArn(acme)]: 'removing' });
  });
});

describe('standing that lapses', () => {
  it('when the entry is there, it stays', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    const { account } = await letIn(stage, service, acme);
    await stage.pass(3_000);
    await accounts.setStanding(stage.db, account.id, { standing: 'lapsed' }, stage.clock.now());
    expect(await changesDuring(stage, () => readAgain(stage, service))).toEqual([]);
    expect(stage.glance.allowlist(service.serviceId)).toEqual([rootArn(acme)]);
  });

  it('when the entry is not there, it is not added', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    const { account } = await letIn(stage, service, acme);
    await accounts.setStanding(stage.db, account.id, { standing: 'lapsed' }, stage.clock.now());
    expect(await changesDuring(stage, () => readAgain(stage, service))).toEqual([]);
    expect(stage.glance.allowlist(service.serviceId)).toEqual([]);
  });
});

describe('a worker that dies', () => {
  it('when it dies at any moment of an addition, the entry is added once', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    let [number, before] = [800_000_000_000, 0];
    const tried = await surviveDeaths(stage, {
      kind: 'principals',
      worksMs: 0,
      arrange: async () => {
        before = stage.simulator.calls().at(-1)!.number;
        await letIn(stage, service, String(++number));
      },
      check: async () => {
        expect(stage.glance.allowlist(service.serviceId)).toContain(rootArn(String(number)));
        expect(stage.glance.ourChanges(before)).toEqual([change]);
        expect(await openEffects(stage)).toEqual([]);
        expect(await factsOf(stage, rootArn(String(number)))).toMatchObject({ owned: true });
      },
    });
    expect(tried).toBeGreaterThan(8);
  });

  it('when it dies at any moment of a removal, the entry is removed once and gone', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    await stage.hands.allow(service.serviceId, byHand);
    let [number, before] = [800_000_000_000, 0];
    await surviveDeaths(stage, {
      kind: 'principals',
      worksMs: 0,
      arrange: async () => {
        const { grant } = await letIn(stage, service, String(++number));
        await stage.pass(3_000);
        before = stage.simulator.calls().at(-1)!.number;
        await stage.change((context) => grants.remove(context, grant.id));
      },
      check: async () => {
        expect(stage.glance.allowlist(service.serviceId)).toEqual(byHand.toSorted());
        expect(stage.glance.ourChanges(before)).toEqual([change]);
        expect(await openEffects(stage)).toEqual([]);
        expect(await factsOf(stage, rootArn(String(number)))).toMatchObject({ owned: false });
      },
    });
  });
});

async function reportOf({ db }: Stage, { id }: PresentService) {
  const [row] = await db.query<{ report: Record<string, unknown> }>(
    `SELECT report FROM targets WHERE kind = 'principals' AND key = $1`,
    [id],
  );
  return row?.report;
}

async function factsOf({ db }: Stage, arn: string) {
  const [row] = await db.query<{ owned: boolean }>('SELECT * FROM principals WHERE arn = $1', [
    arn,
  ]);
  return row;
}

function openEffects({ db }: Stage) {
  return db.query('SELECT action FROM effects WHERE finished_at IS NULL');
}
