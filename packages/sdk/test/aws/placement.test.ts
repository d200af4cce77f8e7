// Which subnets an endpoint goes to.
import { expect, test } from 'vitest';
import { placementOf } from '../../src/aws/placement.ts';

const subnet = (id: string, zoneId: string, freeAddresses = 100) => ({
  id,
  zoneId,
  freeAddresses,
  ownerId: '222222222222',
});

const subnets = [
  subnet('subnet-a', 'use1-az1', 5),
  subnet('subnet-b', 'use1-az1', 50),
  subnet('subnet-c', 'use1-az2', 0),
  subnet('subnet-d', 'use1-az3', 9),
  subnet('subnet-e', 'use1-az4', 9),
];
const zoneIds = ['use1-az1', 'use1-az2', 'use1-az4'];
const idsOf = (list: readonly { id: string }[]) => list.map(({ id }) => id);

test('when none is named, each zone of the service gets the one with the most room', () => {
  const facts = { subnets, wanted: undefined, zoneIds, crossRegion: false };
  const placement = placementOf(facts);
  expect(idsOf(placement.subnets)).toEqual(['subnet-b', 'subnet-e']);
  expect(idsOf(placement.full)).toEqual(['subnet-c']);
  const turned = placementOf({ ...facts, subnets: [...subnets].reverse() });
  expect(idsOf(turned.subnets)).toEqual(['subnet-b', 'subnet-e']);
});

test('when the service is in another region, any zone will do but those that AWS excepts', () => {
  const facts = { subnets, wanted: undefined, zoneIds: ['euw1-az1'], crossRegion: true };
  expect(idsOf(placementOf(facts).subnets)).toEqual(['subnet-b', 'subnet-e']);
});

test('when some are named, what does not fit is told apart', () => {
  const wanted = ['subnet-a', 'subnet-b', 'subnet-c', 'subnet-d', 'subnet-x'];
  const placement = placementOf({ subnets, wanted, zoneIds, crossRegion: false });
  expect(idsOf(placement.subnets)).toEqual(['subnet-a']);
  expect(idsOf(placement.doubled)).toEqual(['subnet-b']);
  expect(idsOf(placement.full)).toEqual(['subnet-c']);
  expect(idsOf(placement.outside)).toEqual(['subnet-d']);
  expect(placement.missing).toEqual(['subnet-x']);
});
