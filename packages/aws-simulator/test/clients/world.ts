// A world with many equal vendors and customers: each test of a client takes a pair that no other
// test has, so that the tests of one process can share a simulator and not disturb each other.

import type { AccountSpec, WorldSpec } from '../../src/world/world-spec.ts';

const BALANCERS = ['api-1', 'api-2', 'api-3', 'api-4', 'api-5', 'api-6'];

/** Vendors are 100000000000 and counting, customers 200000000000 and counting. */
export function worldOfPairs(count: number): WorldSpec {
  const numbers = [...Array(count).keys()];
  return { accounts: [...numbers.map(vendor), ...numbers.map(customer)] };
}

function vendor(number: number): AccountSpec {
  const id = String(100_000_000_000 + number);
  const customerId = String(200_000_000_000 + number);
  return {
    id,
    hostedZones: [`vendor-${id}.example`],
    loadBalancers: [
      ...BALANCERS.map((name) => ({ name, region: 'us-east-1' })),
      { name: 'two-zones', region: 'eu-west-1', zoneIds: ['euw1-az1', 'euw1-az2'] },
    ],
    roles: [
      { name: 'own' },
      { name: 'partner', trusts: [`arn:aws:iam::${customerId}:root`], externalId: 'shared-word' },
    ],
  };
}

function customer(number: number): AccountSpec {
  return {
    id: String(200_000_000_000 + number),
    vpcs: [
      { region: 'us-east-1', cidr: '10.20.0.0/16' },
      { region: 'us-east-1', cidr: '10.21.0.0/16', dnsHostnames: false },
      { region: 'eu-west-1', cidr: '10.30.0.0/16' },
    ],
  };
}
