// The mark on each service in AWS: written before the first change of a run, and by nothing else.

import { describe, expect, it } from 'vitest';
import * as deployments from '../../src/storage/deployments.ts';
import * as endpointServices from '../../src/storage/endpoint-services.ts';
import * as grants from '../../src/usecases/grants.ts';
import { put } from '../../src/usecases/private-dns.ts';
import { aroundCalls, surviveDeaths } from './deaths.ts';
import {
  acme,
  changesDuring,
  globex,
  letIn,
  readAgain,
  rootArn,
  serviceNow,
  serviceOnStage,
  stagesOfFile,
  type PresentService,
} from './harness.ts';
import { awsFailure } from './hooked-aws.ts';
import { startOther } from './other-sallyport.ts';
import type { Stage } from './stage.ts';

const stageOfTest = stagesOfFile();
const key = 'sallyport:deployment';

const tagOf = ({ simulator }: Stage, serviceId: string) =>
  simulator.world.endpointServices.get(serviceId)!.tags.get(key);

/** The mark that the database would write now. */
async function last({ db }: Stage): Promise<string> {
  const { id, epoch } = (await deployments.find(db))!;
  return `${id}/${epoch}`;
}

const tagByHand = ({ hands }: Stage, serviceId: string, Value: string) =>
  hands.vendor().ec2.createTags({ Resources: [serviceId], Tags: [{ Key: key, Value }] });

const find = async ({ db }: Stage, { id }: PresentService) =>
  (await endpointServices.find(db, id))!;

async function marksDuring(stage: Stage, work: () => Promise<unknown>): Promise<string[]> {
  const before = stage.simulator.calls().at(-1)!.number;
  await work();
  return stage.glance.ourMarks(before);
}

describe('a mark', () => {
  it('when a service is made, it is there from the start', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    expect(tagOf(stage, service.serviceId)).toBe(await last(stage));
    expect(stage.glance.ourMarks()).toEqual([]);
  });

  it('when a run changes much of a service, one comes before all of it', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    const { grant } = await letIn(stage, service, acme);
    await readAgain(stage, service);
    const before = stage.simulator.calls().at(-1)!.number;
    await stage.change((context) => grants.remove(context, grant.id));
    await letIn(stage, service, globex);
    await stage.pass(500);
    const calls = stage.glance.ourCalls(before).filter(({ mutating }) => mutating);
    const change = 'ModifyVpcEndpointServicePermissions';
    expect(calls.map(({ action }) => action)).toEqual(['CreateTags', change, change]);
    expect(tagOf(stage, service.serviceId)).toBe(await last(stage));
    expect(stage.glance.allowlist(service.serviceId)).toEqual([rootArn(globex)]);
  });

  it('when a run changes several services, one call marks them, but for a quarantine', async () => {
    const stage = await stageOfTest();
    const { service, account } = await serviceOnStage(stage);
    const more = [await stage.operator.service(account), await stage.operator.service(account)];
    await stage.pass(3_000);
    const { customer } = await letIn(stage, service, acme);
    for (const one of more) await stage.operator.grant(customer, one);
    await stage.pass(3_000);
    const [second, third] = [
      await serviceNow(stage, more[0]!.id),
      await serviceNow(stage, more[1]!.id),
    ];
    const before = tagOf(stage, third.serviceId);
    for (const one of [service, second, third]) await stage.hands.connect(acme, one.serviceId);
    stage.hooks.after = async ({ name }) => {
      if (name !== 'listConnections') return;
      const quarantine = "UPDATE endpoint_services SET quarantine = 'another_deployment'";
      await stage.db.query(`${quarantine} WHERE id = $1`, [third.id]);
    };
    expect(await marksDuring(stage, () => stage.pass(9_000))).toEqual(['CreateTags ok']);
    expect(tagOf(stage, service.serviceId)).toBe(await last(stage));
    expect(tagOf(stage, second.serviceId)).toBe(await last(stage));
    expect(tagOf(stage, third.serviceId)).toBe(before);
  });

  it('when nothing is to be changed, none is written', async () => {
    const stage = await stageOfTest();
    const { service, account } = await serviceOnStage(stage);
    await letIn(stage, service, acme);
    await stage.pass(5_000);
    const byHand = await stage.hands.makeService();
    const observed = await stage.operator.register(account, byHand);
    await letIn(stage, observed, globex);
    await stage.hands.connect(acme, service.serviceId);
    await stage.pass(10_000);
    expect(await marksDuring(stage, () => stage.pass(130_000))).toEqual([]);
    expect(tagOf(stage, byHand)).toBeUndefined();
  });

  it('when somebody removes it, the next change writes it, and no other', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    const { ec2 } = stage.hands.vendor();
    await ec2.deleteTags({ Resources: [service.serviceId], Tags: [{ Key: key }] });
    expect(await marksDuring(stage, () => stage.pass(70_000))).toEqual([]);
    await letIn(stage, service, acme);
    expect(await marksDuring(stage, () => stage.pass(5_000))).toEqual(['CreateTags ok']);
    expect(tagOf(stage, service.serviceId)).toBe(await last(stage));
    expect(stage.glance.allowlist(service.serviceId)).toEqual([rootArn(acme)]);
  });

  it('when a run is overtaken by another one, the last epoch stays', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    const other = await startOther(stage);
    await stage.pass(1_000);
    await letIn(stage, service, acme);
    let marks = 0;
    stage.hooks.before = async ({ name }) => {
      if (name !== 'mark' || marks++ > 0) return;
      await stage.change((context) => put(context, service.id, 'api.vendor.example'));
      await other.round();
      expect(stage.glance.privateDns(service.serviceId)).not.toBeNull();
    };
    await stage.round();
    expect(stage.glance.allowlist(service.serviceId)).toEqual([rootArn(acme)]);
    expect(marks).toBe(3);
    expect(tagOf(stage, service.serviceId)).toBe(await last(stage));
    await stage.pass(70_000);
    expect(await find(stage, service)).toMatchObject({ quarantine: null, problem: null });
    expect(stage.errors).toEqual([]);
  });

  it('when a worker dies around it, the change is made once, and it goes on', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    let [number, before] = [800_000_000_000, 0];
    const tried = await surviveDeaths(stage, {
      kind: 'principals',
      worksMs: 0,
      moments: aroundCalls('mark', 'changePrincipals'),
      arrange: async () => {
        before = stage.simulator.calls().at(-1)!.number;
        await letIn(stage, service, String(++number));
      },
      check: async () => {
        await readAgain(stage, service, 1);
        expect(stage.glance.ourChanges(before)).toEqual(['ModifyVpcEndpointServicePermissions ok']);
        expect(stage.glance.allowlist(service.serviceId)).toContain(rootArn(String(number)));
        expect(await find(stage, service)).toMatchObject({ quarantine: null });
        const open = 'SELECT action FROM effects WHERE finished_at IS NULL';
        expect(await stage.db.query(open)).toEqual([]);
      },
    });
    expect(tried).toBe(4);
  });
});

describe('a mark that AWS refuses', () => {
  it('when the permission is missing, the service says which, and others go on', async () => {
    const stage = await stageOfTest();
    const { service, account } = await serviceOnStage(stage);
    const { id } = await stage.operator.service(account);
    await stage.pass(3_000);
    const other = (await endpointServices.find(stage.db, id)) as PresentService;
    const { customer } = await letIn(stage, service, acme);
    await stage.operator.grant(customer, other);
    await readAgain(stage, service);
    stage.hooks.before = ({ name, args }) => {
      if (name !== 'mark' || !(args[0] as string[]).includes(service.serviceId)) return;
      throw awsFailure('denied', 'UnauthorizedOperation');
    };
    const endpoints = [service, other].map((one) => stage.hands.connect(acme, one.serviceId));
    const [asking, lucky] = await Promise.all(endpoints);
    await letIn(stage, service, globex);
    const refused = () => stage.pass(20_000);
    expect(await changesDuring(stage, refused)).toEqual(['AcceptVpcEndpointConnections ok']);
    expect([asking!, lucky!].map(stage.glance.state)).toEqual(['pendingAcceptance', 'available']);
    const { problem } = await find(stage, service);
    expect(problem).toContain('UnauthorizedOperation');
    expect(problem).toContain('ec2:CreateTags');
    // Nothing was sent, so what may appear under this name is of other hands.
    const ledger = 'SELECT owned FROM principals WHERE arn = $1 AND endpoint_service_id = $2';
    const [entry] = await stage.db.query(ledger, [rootArn(globex), service.id]);
    expect(entry).toEqual({ owned: false });
    expect(await endpointServices.find(stage.db, id)).toMatchObject({ problem: null });

    stage.hooks.before = () => undefined;
    await stage.pass(90_000);
    expect([asking!, lucky!].map(stage.glance.state)).toEqual(['available', 'available']);
    expect(stage.glance.allowlist(service.serviceId)).toContain(rootArn(globex));
    expect(await find(stage, service)).toMatchObject({ problem: null });
  });

  it('when AWS throttles it, the change waits and is made once', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    await letIn(stage, service, acme);
    let throttled = 0;
    stage.hooks.before = ({ name }) => {
      if (name === 'mark' && throttled++ < 2) throw awsFailure('throttled', 'RequestLimitExceeded');
    };
    expect(await changesDuring(stage, () => stage.pass(40_000))).toEqual([
      'ModifyVpcEndpointServicePermissions ok',
    ]);
    expect(await find(stage, service)).toMatchObject({ problem: null, quarantine: null });
  });
});

describe('a mark that is not what it should be', () => {
  it('when it is lower, as in a slow read, nothing comes of it', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    await letIn(stage, service, acme);
    await stage.pass(5_000);
    const [id] = (await last(stage)).split('/');
    await tagByHand(stage, service.serviceId, `${id}/0`);
    await stage.pass(70_000);
    expect(await find(stage, service)).toMatchObject({ quarantine: null });
    await letIn(stage, service, globex);
    await stage.pass(5_000);
    expect(tagOf(stage, service.serviceId)).toBe(await last(stage));
  });

  it.each(['written by hand', '', 'dep_01kaqy0v5ne4rvk3z4m5t6w7x8/3'])(
    'when it is "%s", the service stands still, and no read ends that',
    async (value) => {
      const stage = await stageOfTest();
      const { service } = await serviceOnStage(stage);
      const mine = await last(stage);
      await tagByHand(stage, service.serviceId, value);
      await readAgain(stage, service, 1);
      await letIn(stage, service, acme);
      await tagByHand(stage, service.serviceId, mine);
      const waiting = () => readAgain(stage, service);
      expect(await changesDuring(stage, waiting)).toEqual([]);
      expect(stage.glance.ourMarks()).toEqual([]);
      expect(await find(stage, service)).toMatchObject({
        quarantine: 'another_deployment',
        problem: `Its mark in AWS is "${value}".`,
      });
      const entries = await stage.db.query(
        `SELECT subject_id, after FROM audit_entries WHERE action LIKE 'quarantine%'`,
      );
      const after = { quarantine: 'another_deployment', mark: value };
      expect(entries).toEqual([{ subjectId: service.id, after }]);
    },
  );
});

describe('a worker that has just started', () => {
  it('when a service was not read since, it is not changed yet', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    stage.clock.advance(1_000);
    const other = await startOther(stage);
    await letIn(stage, service, acme);
    let denied = true;
    stage.hooks.before = ({ name }) => {
      if (denied && name === 'listServices') throw awsFailure('unavailable', 'ECONNREFUSED');
    };
    expect(await changesDuring(stage, () => other.pass(20_000))).toEqual([]);
    denied = false;
    await other.pass(40_000);
    expect(stage.glance.allowlist(service.serviceId)).toEqual([rootArn(acme)]);
  });

  it('when one region cannot be read, the others wait for it no longer than a minute', async () => {
    const stage = await stageOfTest();
    const { service, account } = await serviceOnStage(stage);
    const lost = 'vpce-svc-0123456789abcdef0';
    await stage.operator.register(account, lost, {}, 'eu-west-1');
    stage.clock.advance(1_000);
    const other = await startOther(stage);
    await letIn(stage, service, acme);
    await stage.db.query("DELETE FROM targets WHERE key LIKE '%/eu-west-1'");
    expect(await changesDuring(stage, () => other.pass(50_000))).toEqual([]);
    await other.pass(30_000);
    expect(stage.glance.allowlist(service.serviceId)).toEqual([rootArn(acme)]);
  });
});

describe('a worker that runs for long', () => {
  it('when a service was not read for minutes, it is not changed until it is', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    await stage.db.query("UPDATE targets SET due_at = due_at + interval '400 s'");
    stage.clock.advance(301_000);
    await letIn(stage, service, acme);
    expect(await changesDuring(stage, () => stage.pass(60_000))).toEqual([]);
    await stage.pass(120_000);
    expect(stage.glance.allowlist(service.serviceId)).toEqual([rootArn(acme)]);
  });

  it('when the database is replaced under it by a copy, nothing is changed any more', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    await stage.pass(90_000);
    await stage.db.query("UPDATE deployment SET home = 'another place'");
    await letIn(stage, service, acme);
    await stage.db.query(
      "UPDATE targets SET due_at = due_at + interval '90 s' WHERE kind = 'configurations'",
    );
    const passing = () => stage.pass(60_000);
    expect(await changesDuring(stage, passing)).toEqual([]);
    expect(await find(stage, service)).toMatchObject({ quarantine: null });
    await stage.pass(90_000);
    expect(await find(stage, service)).toMatchObject({ quarantine: 'moved_database' });
    expect(stage.glance.allowlist(service.serviceId)).toEqual([]);
    expect(stage.errors).toEqual([]);
  });
});
