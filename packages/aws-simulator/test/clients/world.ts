// A world with many equal vendors and customers: each test of a client takes a pair that no other
// test has, so that the tests of one process can share a simulator and not disturb each other.

import type { World } from '../../src/world/world.ts';
import type { StatementDocument as Statement } from '../../src/world/accounts/identity-spec.ts';
import type { AccountSpec, WorldSpec } from '../../src/world/world-spec.ts';

const BALANCERS = ['api-1', 'api-2', 'api-3', 'api-4', 'api-5', 'api-6'];

/**
 * Vendors are 100000000000 and counting, customers 200000000000 and counting. What is 300000000000
 * and counting is trusted by the role `partner` of the vendor of the same number.
 */
export function worldOfPairs(count: number): WorldSpec {
  const numbers = [...Array(count).keys()];
  return { accounts: [...numbers.map(vendor), ...numbers.map(customer), ...numbers.map(partner)] };
}

/** Takes every address of one subnet of each customer: the one in use1-az4 of its second VPC. */
export function fillSubnets(world: World): void {
  for (const { cidr = '', zoneId, usedAddresses } of world.subnets.values()) {
    if (zoneId !== 'use1-az4' || !cidr.startsWith('10.21.')) continue;
    const prefix = cidr.replace(/\d+\/24$/, '');
    for (let host = 4; host < 255; host += 1) usedAddresses.add(`${prefix}${host}`);
  }
}

function vendor(number: number): AccountSpec {
  const id = String(100_000_000_000 + number);
  return {
    id,
    hostedZones: [`vendor-${id}.example`],
    loadBalancers: [
      ...BALANCERS.map((name) => ({ name, region: 'us-east-1' })),
      { name: 'two-zones', region: 'eu-west-1', zoneIds: ['euw1-az1', 'euw1-az2'] },
    ],
    roles: [
      { name: 'reader', policies: [{ Statement: READING }] },
      {
        name: 'partner',
        trusts: [`arn:aws:iam::${partnerId(number)}:root`],
        externalId: 'shared-word',
      },
    ],
  };
}

function customer(number: number): AccountSpec {
  return {
    id: String(200_000_000_000 + number),
    roles: [{ name: 'one-region', policies: [{ Statement: [...READING, ONE_REGION] }] }],
    vpcs: [
      { region: 'us-east-1', cidr: '10.20.0.0/16' },
      OTHER_VPC,
      { region: 'eu-west-1', cidr: '10.30.0.0/16' },
    ],
  };
}

function partner(number: number): AccountSpec {
  return { id: partnerId(number) };
}

function partnerId(number: number): string {
  return String(300_000_000_000 + number);
}

const READING: Statement[] = [{ Effect: 'Allow', Action: 'ec2:Describe*', Resource: '*' }];

// Everything an endpoint takes but `vpce:AllowMultiRegion`.
const ONE_REGION: Statement = { Effect: 'Allow', Action: 'ec2:*', Resource: '*' };

// Without DNS hostnames, and with two subnets in one of its zones.
const OTHER_VPC = {
  region: 'us-east-1',
  cidr: '10.21.0.0/16',
  dnsHostnames: false,
  zoneIds: ['use1-az1', 'use1-az1', 'use1-az2', 'use1-az4'],
};
