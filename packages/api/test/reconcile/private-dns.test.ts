// Private DNS against the simulator: from nothing to verified, beside other hands' records and
// names.

import { describe, expect, it } from 'vitest';
import type { Modes } from '../../src/domain/endpoint-service.ts';
import type { PrivateDnsStatus } from '../../src/domain/private-dns-status.ts';
import * as privateDns from '../../src/usecases/private-dns.ts';
import { update } from '../../src/usecases/provider-accounts.ts';
import { aroundCalls, surviveDeaths } from './deaths.ts';
import {
  changesDuring,
  readAgain,
  serviceNow,
  serviceOnStage,
  stagesOfFile,
  type PresentService,
} from './harness.ts';
import { lostAnswer } from './hooked-aws.ts';
import { domain } from './other-hands.ts';
import type { Stage } from './stage.ts';

const stageOfTest = stagesOfFile();

const name = `api.${domain}`;
const otherName = `console.${domain}`;
const setName = 'ModifyVpcEndpointServiceConfiguration ok';
const changeRecord = 'ChangeResourceRecordSets ok';
const start = 'StartVpcEndpointServicePrivateDnsVerification ok';

const put = (stage: Stage, service: PresentService, wanted: string) =>
  stage.change((context) => privateDns.put(context, service.id, wanted));
const remove = (stage: Stage, service: PresentService) =>
  stage.change((context) => privateDns.remove(context, service.id));
const status = (stage: Stage, service: PresentService): Promise<PrivateDnsStatus> =>
  stage.change((context) => privateDns.get(context, service.id));

/** A service with a verified name of ours. */
async function verified(stage: Stage): Promise<PresentService> {
  const { service } = await serviceOnStage(stage);
  await put(stage, service, name);
  await stage.pass(8_000);
  expect(stage.glance.privateDns(service.serviceId)).toEqual({ name, state: 'verified' });
  return service;
}

/** A service made and named by hand. */
async function namedByHand(stage: Stage, modes: Partial<Modes>): Promise<PresentService> {
  const serviceId = await stage.hands.makeService();
  await nameByHand(stage, serviceId, otherName);
  const account = await stage.operator.providerAccount();
  const { id } = await stage.operator.register(account, serviceId, modes);
  await stage.pass(3_000);
  return serviceNow(stage, id);
}

async function nameByHand({ hands }: Stage, ServiceId: string, PrivateDnsName: string) {
  const { ec2 } = hands.vendor();
  await ec2.modifyVpcEndpointServiceConfiguration({ ServiceId, PrivateDnsName });
}

/** The name of the TXT record that AWS waits for, and its value. */
function recordOf({ simulator }: Stage, { serviceId }: PresentService) {
  const { label, value } = simulator.world.endpointServices.get(serviceId)!.privateDns!;
  return { label, value };
}

describe('a name that is wanted', () => {
  it('when there is none, it is set, published and verified by one change each', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    const calls = await changesDuring(stage, async () => {
      await put(stage, service, name);
      await stage.pass(8_000);
    });
    expect(calls).toEqual([setName, changeRecord, start]);
    const { label, value } = recordOf(stage, service);
    expect(stage.glance.txt()).toEqual({ [`${label}.${name}`]: [value] });
    expect(await status(stage, service)).toMatchObject({ state: 'verified', name });
    expect(await changesDuring(stage, () => readAgain(stage, service))).toEqual([]);
    expect(stage.errors).toEqual([]);
  });

  it('when its record has a value of others, that value stays, also in the end', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    let recordName = '';
    stage.hooks.before = async (call) => {
      if (call.name !== 'addTxtValue' || recordName) return;
      recordName = String(call.args[1]);
      await stage.hands.publishTxt(recordName, ['theirs', 'vpce:of-another-region']);
    };
    await put(stage, service, name);
    await stage.pass(8_000);
    const { value } = recordOf(stage, service);
    const theirs = ['theirs', 'vpce:of-another-region'];
    expect(stage.glance.txt()).toEqual({ [recordName]: [...theirs, value].sort() });
    expect(await status(stage, service)).toMatchObject({ state: 'verified' });
    await remove(stage, service);
    await stage.pass(5_000);
    expect(stage.glance.txt()).toEqual({ [recordName]: theirs });
  });

  it('when the answer to each change is lost once, it is verified all the same', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    const lost = new Set<string>();
    stage.hooks.after = (call) => {
      if (!call.mutating || lost.has(call.name)) return;
      lost.add(call.name);
      throw lostAnswer();
    };
    await put(stage, service, name);
    await stage.pass(15_000);
    expect([...lost]).toEqual([
      'mark',
      'setPrivateDnsName',
      'addTxtValue',
      'startPrivateDnsVerification',
    ]);
    const { label, value } = recordOf(stage, service);
    expect(stage.glance.txt()).toEqual({ [`${label}.${name}`]: [value] });
    expect(stage.glance.privateDns(service.serviceId)).toEqual({ name, state: 'verified' });
  });

  it('when it is changed, the new name is verified and the old record goes', async () => {
    const stage = await stageOfTest();
    const service = await verified(stage);
    await put(stage, service, otherName);
    await stage.pass(10_000);
    const { label, value } = recordOf(stage, service);
    expect(stage.glance.privateDns(service.serviceId)).toEqual({
      name: otherName,
      state: 'verified',
    });
    expect(stage.glance.txt()).toEqual({ [`${label}.${otherName}`]: [value] });
  });

  it('when it is changed after AWS was read, the first name is never set', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    let changed = false;
    const set: unknown[] = [];
    stage.hooks.before = (call) => {
      if (call.name === 'setPrivateDnsName') set.push(call.args[1]);
    };
    stage.hooks.after = async (call) => {
      if (call.name !== 'getService' || changed) return;
      changed = true;
      await put(stage, service, otherName);
    };
    await put(stage, service, name);
    await stage.pass(8_000);
    expect(set).toEqual([otherName]);
    expect(stage.glance.privateDns(service.serviceId)).toMatchObject({ state: 'verified' });
    expect(stage.errors).toEqual([]);
  });

  it('when AWS gives up on it, the verification is started again and succeeds', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    let hidden: [string, string] | undefined;
    stage.hooks.before = async (call) => {
      if (call.name !== 'startPrivateDnsVerification' || hidden) return;
      const { label, value } = recordOf(stage, service);
      hidden = [`${label}.${name}`, value];
      await stage.hands.publishTxt(hidden[0], ['something else']);
    };
    await put(stage, service, name);
    await stage.pass(10_000);
    expect(stage.glance.privateDns(service.serviceId)).toEqual({ name, state: 'failed' });
    expect(await status(stage, service)).toMatchObject({ state: 'failed' });
    await stage.hands.publishTxt(hidden![0], ['something else', hidden![1]]);
    const calls = await changesDuring(stage, () => stage.pass(125_000));
    expect(calls).toEqual([start]);
    expect(stage.glance.privateDns(service.serviceId)).toEqual({ name, state: 'verified' });
  });

  it('when private DNS is in observe mode, nothing is changed', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage, { privateDns: 'observe' });
    const calls = await changesDuring(stage, async () => {
      await put(stage, service, name);
      await readAgain(stage, service);
    });
    expect(calls).toEqual([]);
    expect(await status(stage, service)).toMatchObject({ state: 'blocked' });
  });
});

describe('a domain that no zone of ours holds', () => {
  async function withoutZone(stage: Stage): Promise<PresentService> {
    const account = await stage.operator.providerAccount({ hostedZones: [] });
    const { id } = await stage.operator.service(account);
    await stage.pass(3_000);
    return serviceNow(stage, id);
  }

  it('when the record is not placed, it is told, and no zone is touched', async () => {
    const stage = await stageOfTest();
    const service = await withoutZone(stage);
    await put(stage, service, name);
    await stage.pass(5_000);
    const { label, value } = recordOf(stage, service);
    expect(await status(stage, service)).toMatchObject({
      state: 'blocked',
      message: `No hosted zone of ours holds ${name}. Publish TXT ${label}.${name} "${value}".`,
      record: { name: `${label}.${name}`, type: 'TXT', value, zoneId: null },
    });
    expect(stage.glance.txt()).toEqual({});
  });

  it('when somebody places the record, the name is verified within minutes', async () => {
    const stage = await stageOfTest();
    const service = await withoutZone(stage);
    await put(stage, service, name);
    await stage.pass(35_000);
    const { label, value } = recordOf(stage, service);
    await stage.hands.publishTxt(`${label}.${name}`, [value]);
    const calls = await changesDuring(stage, () => stage.pass(155_000));
    expect(calls).toEqual([start]);
    expect(stage.glance.privateDns(service.serviceId)).toEqual({ name, state: 'verified' });
    expect(await status(stage, service)).toMatchObject({ state: 'verified' });
    await remove(stage, service);
    await stage.pass(5_000);
    expect(stage.glance.privateDns(service.serviceId)).toBeNull();
    expect(stage.glance.txt()).toEqual({ [`${label}.${name}`]: [value] });
  });

  it('when the zone is registered, the record is written there at once', async () => {
    const stage = await stageOfTest();
    const service = await withoutZone(stage);
    await put(stage, service, name);
    await stage.pass(5_000);
    const hostedZones = [{ zoneId: stage.glance.zoneId(), roleArn: null }];
    const { providerAccountId } = service;
    await stage.change((context) => update(context, providerAccountId, { hostedZones }));
    await stage.pass(20_000);
    expect(stage.glance.privateDns(service.serviceId)).toEqual({ name, state: 'verified' });
    expect(Object.values(stage.glance.txt())).toEqual([[recordOf(stage, service).value]]);
  });
});

describe('a name that other hands set', () => {
  it('when another one is wanted, it is blocked, and theirs stays', async () => {
    const stage = await stageOfTest();
    const service = await namedByHand(stage, { privateDns: 'manage' });
    const calls = await changesDuring(stage, async () => {
      await put(stage, service, name);
      await readAgain(stage, service);
    });
    expect(calls).toEqual([]);
    expect(stage.glance.privateDns(service.serviceId)).toMatchObject({ name: otherName });
    expect(await status(stage, service)).toMatchObject({
      state: 'blocked',
      message: expect.stringContaining(otherName),
    });
  });

  it('when none is wanted, theirs stays', async () => {
    const stage = await stageOfTest();
    const service = await namedByHand(stage, { privateDns: 'manage' });
    const calls = await changesDuring(stage, async () => {
      await put(stage, service, name);
      await readAgain(stage, service, 1);
      await remove(stage, service);
      await readAgain(stage, service);
    });
    expect(calls).toEqual([]);
    expect(stage.glance.privateDns(service.serviceId)).toMatchObject({ name: otherName });
  });

  it('when they put it in the place of ours, ours is not put back', async () => {
    const stage = await stageOfTest();
    const service = await verified(stage);
    await nameByHand(stage, service.serviceId, otherName);
    expect(await changesDuring(stage, () => readAgain(stage, service))).toEqual([]);
    expect(stage.glance.privateDns(service.serviceId)).toMatchObject({ name: otherName });
    expect(await status(stage, service)).toMatchObject({ state: 'blocked' });
  });

  it('when ours was in its place and shall go, theirs stays and our record goes', async () => {
    const stage = await stageOfTest();
    const service = await verified(stage);
    await nameByHand(stage, service.serviceId, otherName);
    await remove(stage, service);
    await readAgain(stage, service);
    expect(stage.glance.privateDns(service.serviceId)).toMatchObject({ name: otherName });
    expect(stage.glance.txt()).toEqual({});
  });

  it('when ours was never set because the worker died, theirs stays', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    let died = false;
    stage.hooks.before = async (call) => {
      if (call.name !== 'setPrivateDnsName' || died) return;
      died = true;
      await nameByHand(stage, service.serviceId, otherName);
      throw lostAnswer();
    };
    await put(stage, service, name);
    await stage.pass(10_000);
    expect(died).toBe(true);
    expect(stage.glance.privateDns(service.serviceId)).toMatchObject({ name: otherName });
  });
});

describe('a name that shall go', () => {
  it('when it is ours, the name and our record go, by one change each', async () => {
    const stage = await stageOfTest();
    const service = await verified(stage);
    await stage.hands.publishTxt(domain, ['v=spf1 -all']);
    const calls = await changesDuring(stage, async () => {
      await remove(stage, service);
      await readAgain(stage, service);
    });
    expect(calls).toEqual([setName, changeRecord]);
    expect(stage.glance.privateDns(service.serviceId)).toBeNull();
    expect(stage.glance.txt()).toEqual({ [domain]: ['v=spf1 -all'] });
    expect(await status(stage, service)).toMatchObject({ state: 'absent' });
  });
});

describe('a worker that dies', () => {
  it('when it dies around any change of AWS, the name is verified and then gone', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    const calls = ['setPrivateDnsName', 'addTxtValue', 'startPrivateDnsVerification'];
    const tried = await surviveDeaths(stage, {
      kind: 'private_dns',
      worksMs: 6_000,
      moments: aroundCalls(...calls),
      arrange: () => put(stage, service, name),
      check: async () => {
        await stage.pass(6_000);
        const { label, value } = recordOf(stage, service);
        expect(stage.glance.privateDns(service.serviceId)).toEqual({ name, state: 'verified' });
        expect(stage.glance.txt()).toEqual({ [`${label}.${name}`]: [value] });
        await remove(stage, service);
        await stage.pass(4_000);
        expect(stage.glance.privateDns(service.serviceId)).toBeNull();
        expect(stage.glance.txt()).toEqual({});
      },
    });
    expect(tried).toBe(6);
  });

  it('when it dies around any change that takes it away, it is gone all the same', async () => {
    const stage = await stageOfTest();
    const { service } = await serviceOnStage(stage);
    const tried = await surviveDeaths(stage, {
      kind: 'private_dns',
      worksMs: 4_000,
      moments: aroundCalls('setPrivateDnsName', 'removeTxtValue'),
      arrange: async () => {
        await put(stage, service, name);
        await stage.pass(6_000);
        expect(Object.keys(stage.glance.txt())).toHaveLength(1);
        await remove(stage, service);
      },
      check: async () => {
        expect(stage.glance.privateDns(service.serviceId)).toBeNull();
        expect(stage.glance.txt()).toEqual({});
      },
    });
    expect(tried).toBe(4);
  });
});
