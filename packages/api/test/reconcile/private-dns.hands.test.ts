// Private DNS, when calls are refused or lost and other hands are quicker.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EndpointService, ObservedPrivateDns } from '../../src/domain/endpoint-service.ts';
import * as storage from '../../src/storage/private-dns.ts';
import { setModes } from '../../src/usecases/endpoint-services.ts';
import * as privateDns from '../../src/usecases/private-dns.ts';
import { awsError } from './imagined-aws.ts';
import { startWorkerScene, type WorkerScene } from './worker-scene.ts';

const name = 'api.vendor.example';
const record = `Z1 _label.${name}`;

let world: WorkerScene;
let service: EndpointService;
beforeAll(async () => {
  world = await startWorkerScene();
});
afterAll(() => world.close());

beforeEach(async () => {
  await world.db.query('DELETE FROM targets');
  world.aws.before = () => undefined;
  world.aws.txt.clear();
  world.errors.length = 0;
  const hostedZones = [{ zoneId: 'Z1', roleArn: null }];
  const { id: providerAccountId } = await world.scene.providerAccount({ hostedZones });
  service = await world.scene.service({ providerAccountId });
  await world.wake(service);
});

const want = () => world.change((context) => privateDns.put(context, service.id, name));
const giveUp = () => world.change((context) => privateDns.remove(context, service.id));
const status = () => world.change((context) => privateDns.get(context, service.id));
const shown = () => world.aws.services.get(service.serviceId!)!;
const show = (observed: ObservedPrivateDns | null) =>
  world.aws.services.set(service.serviceId!, { ...shown(), privateDns: observed });
const foreign = (of: string): ObservedPrivateDns => {
  return { name: of, state: 'pendingVerification', label: '_other', value: 'vpce:other' };
};

/** From now on this call is answered so. */
function answer(call: string, error: Error) {
  world.aws.before = (made) => {
    if (made === call) throw error;
  };
}

/** Our name is set, its record written, and AWS is looking for it. */
async function verifying() {
  await want();
  await world.pass(8_000);
  expect((await status()).state).toBe('verifying');
}

describe('a name that other hands set', () => {
  it('when it takes the place of ours, it is neither changed nor taken away', async () => {
    await verifying();
    show(foreign('theirs.example'));
    await world.pass(70_000);
    expect(shown().privateDns?.name).toBe('theirs.example');
    expect(await status()).toMatchObject({ state: 'blocked' });
    await giveUp();
    await world.pass(10_000);
    expect(shown().privateDns?.name).toBe('theirs.example');
    expect([...world.aws.txt]).toEqual([]);
  });

  it('when AWS refused to set ours, the same name of other hands stays', async () => {
    answer('setPrivateDnsName', awsError('denied', 'UnauthorizedOperation'));
    await want();
    await world.pass(3_000);
    expect(await status()).toMatchObject({
      state: 'blocked',
      message: expect.stringContaining('UnauthorizedOperation'),
    });
    show(foreign(name));
    world.aws.before = () => undefined;
    await giveUp();
    await world.pass(5_000);
    expect(shown().privateDns?.name).toBe(name);
  });

  it('when the answer to our setting it was lost, it is ours and goes', async () => {
    const real = world.aws.endpointServices;
    world.aws.endpointServices = (...args) => {
      const port = real(...args);
      return {
        ...port,
        setPrivateDnsName: async (...request) => {
          await port.setPrivateDnsName(...request);
          throw awsError('unavailable', 'ECONNRESET');
        },
      };
    };
    await want();
    await world.round();
    world.aws.endpointServices = real;
    await giveUp();
    await world.pass(5_000);
    expect(shown().privateDns).toBeNull();
  });
});

describe('a name of ours that is given up', () => {
  it('when one read is from before it was set, it is ours and goes', async () => {
    const real = world.aws.endpointServices;
    await want();
    await world.round();
    expect(shown().privateDns?.name).toBe(name);
    let stale = 1;
    world.aws.endpointServices = (...args) => {
      const port = real(...args);
      return {
        ...port,
        getService: async (...request) => {
          const facts = await port.getService(...request);
          return facts && stale-- > 0 ? { ...facts, privateDns: null } : facts;
        },
      };
    };
    await giveUp();
    await world.pass(5_000);
    world.aws.endpointServices = real;
    expect(stale).toBeLessThan(1);
    expect(shown().privateDns).toBeNull();
    expect(await status()).toMatchObject({ state: 'absent' });
  });

  it('when two reads do not show it, it is ours no longer', async () => {
    await want();
    await world.round();
    show(null);
    await giveUp();
    await world.pass(5_000);
    show(foreign(name));
    await world.pass(70_000);
    expect(shown().privateDns?.name).toBe(name);
    expect(await status()).toMatchObject({ state: 'absent' });
  });
});

describe('a name of ours that other hands take away', () => {
  it('when nobody says so, it is not put back', async () => {
    await verifying();
    show(null);
    await world.pass(130_000);
    expect(shown().privateDns).toBeNull();
    expect(await status()).toMatchObject({
      state: 'blocked',
      message: expect.stringContaining('taken the name away'),
    });
  });

  it('when it is given up and wanted anew, it is set again', async () => {
    await verifying();
    show(null);
    await world.pass(130_000);
    await giveUp();
    await want();
    await world.pass(5_000);
    expect(shown().privateDns?.name).toBe(name);
  });
});

describe('a record of ours', () => {
  it('when we died after writing it and the name is given up, it goes', async () => {
    const real = world.aws.hostedZones;
    world.aws.hostedZones = (access) => {
      const port = real(access);
      return {
        ...port,
        addTxtValue: async (...request) => {
          await port.addTxtValue(...request);
          throw awsError('unavailable', 'ECONNRESET');
        },
      };
    };
    world.aws.txt.set(record, ['of another service']);
    await want();
    await world.pass(2_000);
    expect(world.aws.txt.get(record)).toHaveLength(2);
    world.aws.hostedZones = real;
    await giveUp();
    await world.pass(10_000);
    expect(world.aws.txt.get(record)).toEqual(['of another service']);
  });

  it('when its zone was deleted, the name can be given up all the same', async () => {
    await verifying();
    answer('removeTxtValue', awsError('not_found', 'NoSuchHostedZone'));
    await giveUp();
    await world.pass(10_000);
    expect(await status()).toMatchObject({ state: 'absent' });
    expect(world.errors).toEqual([]);
  });

  it('when Route 53 has forgotten the change, it counts as in place', async () => {
    answer('changeStatus', awsError('not_found', 'NoSuchChange'));
    await verifying();
    expect(world.errors).toEqual([]);
  });
});

describe('a step that is overtaken', () => {
  it('when the aspect is switched to observe after the read, nothing is sent', async () => {
    await want();
    world.aws.calls.length = 0;
    world.aws.before = async (call) => {
      if (call !== 'getService') return;
      const modes = { privateDns: 'observe' } as const;
      await world.change((context) => setModes(context, service.id, modes));
    };
    await world.round();
    expect(world.aws.calls).not.toContain('setPrivateDnsName');
    expect(await storage.find(world.db, service.id)).toMatchObject({ ownedNames: [] });
  });

  it('when another name is wanted after the read, the first is not set', async () => {
    const names: unknown[] = [];
    let changed = false;
    world.aws.before = async (call, details) => {
      if (call === 'setPrivateDnsName') names.push((details as { name: string }).name);
      if (call !== 'getService' || changed) return;
      changed = true;
      await world.change((it) => privateDns.put(it, service.id, 'b.vendor.example'));
    };
    await want();
    await world.pass(3_000);
    expect(names).toEqual(['b.vendor.example']);
  });
});
