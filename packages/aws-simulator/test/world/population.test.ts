// What a world may begin with, and that a seed gives the same world again.

import { expect, test } from 'vitest';
import { type AccountSpec, defaultWorldSpec, startSimulator } from '../../src/index.ts';
import { CUSTOMER, OTHER_CUSTOMER, startLab, VENDOR } from '../lab.ts';

test('when nothing is said, the world is the documented one', async () => {
  const { simulator } = await startLab();
  const { world } = simulator;
  expect([...world.accounts.keys()]).toEqual([VENDOR, CUSTOMER, OTHER_CUSTOMER]);
  expect([...world.loadBalancers.values()].map(({ name, region }) => [name, region])).toEqual([
    ['api-1', 'us-east-1'],
    ['api-2', 'us-east-1'],
    ['api-eu', 'eu-west-1'],
  ]);
  expect([...world.hostedZones.values()].map(({ name }) => name)).toEqual(['vendor.example.']);
  for (const account of [CUSTOMER, OTHER_CUSTOMER]) {
    expect(world.subnets.count('owner', `${account}/us-east-1`)).toBe(3);
  }
  expect([...(world.accounts.get(CUSTOMER)?.roles.keys() ?? [])]).toEqual(['network', 'intern']);
  expect(JSON.parse(JSON.stringify(defaultWorldSpec()))).toEqual(defaultWorldSpec());
});

test('when a spec is not sound, the error says what to write', async () => {
  const { simulator } = await startLab();
  const cases: [AccountSpec, RegExp][] = [
    [{ id: '42' }, /12 digits/],
    [{ id: VENDOR }, /exists already/],
    [{ id: '600000000001', vpcs: [{ region: 'mars-1' }] }, /mars-1/],
    [
      { id: '600000000002', vpcs: [{ region: 'us-east-1', zoneIds: ['euw1-az1'] }] },
      /use1-az1, use1-az2, use1-az4/,
    ],
  ];
  for (const [spec, message] of cases) expect(() => simulator.addAccount(spec)).toThrow(message);
});

test('when a spec is not sound, nothing of the account is there', async () => {
  const { simulator } = await startLab();
  const id = '600000000001';
  const user = { name: 'ann', secret: 'ann' };
  const balancer = { name: 'nlb', region: 'us-east-1' };
  const cases: [Omit<AccountSpec, 'id'>, RegExp][] = [
    [{ vpcs: [{ region: 'us-east-1' }, { region: 'mars-1' }] }, /mars-1/],
    [{ hostedZones: ['a.example'], loadBalancers: [{ name: 'x', region: 'mars-1' }] }, /mars-1/],
    [{ vpcs: [{ region: 'us-east-1', subnets: [{ zoneId: 'euw1-az1' }] }] }, /use1-az1/],
    [{ roles: [{ name: 'a' }, { name: 'a' }] }, /role 'a' twice/],
    [
      {
        users: [
          { ...user, accessKeyId: 'AKIAONE' },
          { ...user, accessKeyId: 'AKIATWO' },
        ],
      },
      /user 'ann' twice/,
    ],
    [{ loadBalancers: [balancer, balancer] }, /load balancer 'nlb' in us-east-1 twice/],
  ];
  for (const [spec, message] of cases) {
    expect(() => simulator.addAccount({ id, ...spec })).toThrow(message);
    expect(simulator.world.accounts.has(id)).toBe(false);
  }
  simulator.addAccount({ id });
  expect(simulator.world.vpcs.count('owner', `${id}/us-east-1`)).toBe(0);
});

test('when the randomness is the same, the ids are the same', async () => {
  const vpcIds = async (seed: number) => {
    let state = seed;
    const random = () => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647;
    };
    const simulator = await startSimulator({ random });
    await simulator.close();
    return [...simulator.world.vpcs.values()].map(({ id }) => id);
  };
  expect(await vpcIds(7)).toEqual(await vpcIds(7));
  expect(await vpcIds(7)).not.toEqual(await vpcIds(8));
});
