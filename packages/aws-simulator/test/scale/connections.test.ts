// More than a thousand endpoints of a hundred accounts on one service, as the real SDK sees them.

import {
  AcceptVpcEndpointConnectionsCommand,
  DescribeVpcEndpointConnectionsCommand,
  DescribeVpcEndpointsCommand,
  type Filter,
  RejectVpcEndpointConnectionsCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { VENDOR } from '../lab.ts';
import { type Crowd, createEndpoint, deleteEndpoint, openCrowd } from './crowd.ts';

const CUSTOMERS = 100;
const EACH = 12;

let crowd: Crowd;
beforeAll(async () => {
  crowd = await openCrowd(CUSTOMERS, EACH);
});
afterAll(() => crowd.lab.close());

test.each([5, 100, 1000])(
  'when pages of %i are read while endpoints come, go and move, none is lost or doubled',
  async (size) => {
    const atFirst = currentIds().filter((id) => !stateOf(id).startsWith('delet'));
    const gone = new Set<string>();
    let turn = 0;
    const seen = await readPages(size, [], async (page) => {
      expect(page.length).toBeLessThanOrEqual(size);
      turn += 1;
      if (turn % 10 !== 1) return;
      const account = crowd.accounts[turn % CUSTOMERS] ?? '';
      await createEndpoint(crowd.lab, account, crowd.service.name);
      // One that was read and one that was not, if there is one; they are no longer listed at all.
      for (const id of [
        page[(turn >> 3) % page.length],
        atFirst.findLast((other) => !gone.has(other)),
      ]) {
        if (id === undefined) continue;
        gone.add(id);
        await deleteEndpoint(crowd.lab, ownerOf(id), id);
      }
      crowd.lab.advance(60_000);
      await accept(page.slice(-1));
    });
    expect(turn).toBeGreaterThanOrEqual(1);
    expect(new Set(seen).size).toBe(seen.length);
    const throughout = atFirst.filter((id) => !gone.has(id));
    const known = new Set(throughout);
    expect(seen.filter((id) => known.has(id))).toEqual(throughout);
  },
);

test('when some of those that wait are accepted between pages, the rest are all seen', async () => {
  const pending = [{ Name: 'vpc-endpoint-state', Values: ['pendingAcceptance'] }];
  const atFirst = currentIds().filter((id) => stateOf(id) === 'pendingAcceptance');
  const accepted = new Set<string>();
  const seen = await readPages(50, pending, async (page) => {
    const chosen = [page[3], atFirst.findLast((id) => !accepted.has(id))].filter((id) => id);
    for (const id of chosen) accepted.add(id ?? '');
    await accept(chosen as string[]);
  });
  expect(accepted.size).toBeGreaterThan(10);
  expect(new Set(seen).size).toBe(seen.length);
  const stayed = atFirst.filter((id) => !accepted.has(id));
  const stayedSet = new Set(stayed);
  expect(seen.filter((id) => stayedSet.has(id))).toEqual(stayed);
});

test('when an account asks for its endpoints, it and the vendor see the same ones', async () => {
  for (const account of crowd.accounts) {
    const expected = currentIds().filter((id) => ownerOf(id) === account);
    const { ec2 } = crowd.lab.as(account);
    const { VpcEndpoints = [] } = await ec2.send(new DescribeVpcEndpointsCommand({}));
    expect(VpcEndpoints.map(({ VpcEndpointId }) => VpcEndpointId)).toEqual(expected);
    expect(new Set(VpcEndpoints.map(({ OwnerId }) => OwnerId))).toEqual(new Set([account]));
    const ofAccount = [{ Name: 'vpc-endpoint-owner', Values: [account] }];
    expect(await readPages(100, ofAccount)).toEqual(expected);
  }
});

test('when many are accepted at once, each has its own outcome', async () => {
  const waiting: string[] = [];
  for (const account of crowd.accounts.slice(0, 40)) {
    waiting.push(await createEndpoint(crowd.lab, account, crowd.service.name));
  }
  const [rejected = '', leaving = '', ...fine] = waiting;
  await crowd.lab.as(VENDOR).ec2.send(
    new RejectVpcEndpointConnectionsCommand({
      ServiceId: crowd.service.id,
      VpcEndpointIds: [rejected],
    }),
  );
  await deleteEndpoint(crowd.lab, ownerOf(leaving), leaving);
  const unknown = 'vpce-0123456789abcdef0';
  const failures = await accept([...waiting, unknown, 'vpce-nonsense']);
  expect(Object.fromEntries(failures)).toEqual({
    [rejected]: 'InvalidState',
    [leaving]: 'InvalidState',
    [unknown]: 'InvalidVpcEndpointId.NotFound',
    'vpce-nonsense': 'InvalidVpcEndpointId.Malformed',
  });
  crowd.lab.advance(crowd.lab.simulator.world.delays.endpointAvailable);
  const available = [{ Name: 'vpc-endpoint-state', Values: ['available'] }];
  const seen = new Set(await readPages(1000, available));
  expect(fine.filter((id) => !seen.has(id))).toEqual([]);
  expect(seen.has(rejected)).toBe(false);
});

test('when filters name several values, it is one list in order, however it is found', async () => {
  const [first = '', second = ''] = crowd.accounts;
  const filters: [Filter, (id: string) => boolean][] = [
    [
      { Name: 'vpc-endpoint-owner', Values: [second, first, second] },
      (id) => ownerOf(id) === first || ownerOf(id) === second,
    ],
    [
      { Name: 'vpc-endpoint-state', Values: ['available', 'pendingAcceptance'] },
      (id) => stateOf(id) === 'available' || stateOf(id) === 'pendingAcceptance',
    ],
    [{ Name: 'service-id', Values: [crowd.service.id, 'vpce-svc-0123456789abcdef0'] }, () => true],
    [
      { Name: 'vpc-endpoint-owner', Values: [`${first.slice(0, 11)}?`] },
      (id) => ownerOf(id).startsWith(first.slice(0, 11)),
    ],
  ];
  for (const [filter, matches] of filters) {
    expect(await readPages(100, [filter])).toEqual(currentIds().filter(matches));
  }
  const both = filters.slice(0, 2);
  expect(
    await readPages(
      5,
      both.map(([filter]) => filter),
    ),
  ).toEqual(currentIds().filter((id) => both.every(([, matches]) => matches(id))));
});

test('when a token is used for another request, it is refused', async () => {
  const { ec2 } = crowd.lab.as(VENDOR);
  const { NextToken } = await ec2.send(
    new DescribeVpcEndpointConnectionsCommand({ MaxResults: 5 }),
  );
  const filtered = { Filters: [{ Name: 'service-id', Values: [crowd.service.id] }], NextToken };
  for (const call of [
    ec2.send(new DescribeVpcEndpointConnectionsCommand(filtered)),
    ec2.send(new DescribeVpcEndpointsCommand({ NextToken })),
    ec2.send(new DescribeVpcEndpointConnectionsCommand({ NextToken: `${NextToken}x` })),
    crowd.lab
      .as(VENDOR, 'eu-west-1')
      .ec2.send(new DescribeVpcEndpointConnectionsCommand({ NextToken })),
  ]) {
    await expect(call).rejects.toMatchObject({ name: 'InvalidNextToken' });
  }
});

/** The ids on all pages, in the order they came. */
async function readPages(
  size: number,
  Filters: Filter[],
  between: (page: string[]) => Promise<void> = async () => undefined,
): Promise<string[]> {
  const seen: string[] = [];
  for (let NextToken: string | undefined; ; ) {
    const answer = await crowd.lab
      .as(VENDOR)
      .ec2.send(
        new DescribeVpcEndpointConnectionsCommand({ Filters, MaxResults: size, NextToken }),
      );
    const page = (answer.VpcEndpointConnections ?? []).map((one) => one.VpcEndpointId ?? '');
    seen.push(...page);
    ({ NextToken } = answer);
    if (!NextToken) return seen;
    await between(page);
  }
}

/** Which were not accepted, and why. */
async function accept(ids: string[]): Promise<[string, string][]> {
  const { Unsuccessful = [] } = await crowd.lab.as(VENDOR).ec2.send(
    new AcceptVpcEndpointConnectionsCommand({
      ServiceId: crowd.service.id,
      VpcEndpointIds: ids,
    }),
  );
  return Unsuccessful.map(({ ResourceId, Error }) => [ResourceId ?? '', Error?.Code ?? '']);
}

function currentIds(): string[] {
  return [...crowd.lab.simulator.world.endpoints.values()].map(({ id }) => id);
}

function ownerOf(id: string): string {
  return crowd.lab.simulator.world.endpoints.get(id)?.account ?? '';
}

function stateOf(id: string): string {
  return crowd.lab.simulator.world.endpoints.get(id)?.state ?? '';
}
