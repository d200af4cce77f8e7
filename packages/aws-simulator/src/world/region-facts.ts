// What AWS publishes about Regions: zones by id, names, and the hosted zone of endpoints' DNS
// names. Plain data. Lists of zone ids are from memory, and so are hosted zones, except the ones of
// us-east-1 and us-east-2 (2021 guide).

export interface RegionFacts {
  /** For example `US East (N. Virginia)`. */
  readonly longName: string;
  readonly geography: string;
  /** A part of the geography, for example `Virginia`; only known of the United States. */
  readonly subGeography?: string;
  /** Three zones, for worlds that do not name any. */
  readonly usualZones: readonly string[];
  readonly otherZones?: readonly string[];
  readonly localZones?: readonly ZoneFacts[];
  /** Hosted zone that owns the endpoints' public DNS names. */
  readonly endpointHostedZone: string;
  /** Accounts must ask for it. */
  readonly optIn?: true;
  /** Ids of AWS's own prefix lists, for S3 and DynamoDB. From memory. */
  readonly prefixLists?: readonly string[];
}

/** A Local Zone; its parent is the zone that runs its control plane. */
export interface ZoneFacts {
  readonly id: string;
  readonly name: string;
  readonly group: string;
  readonly longName: string;
  readonly parentZoneId: string;
}

const unitedStates = 'United States of America';

export const regions: Readonly<Record<string, RegionFacts>> = {
  'us-east-1': {
    longName: 'US East (N. Virginia)',
    geography: unitedStates,
    subGeography: 'Virginia',
    usualZones: ['use1-az1', 'use1-az2', 'use1-az4'],
    otherZones: ['use1-az3', 'use1-az5', 'use1-az6'],
    localZones: [
      {
        id: 'use1-bos1-az1',
        name: 'us-east-1-bos-1a',
        group: 'us-east-1-bos-1',
        longName: 'US East (Boston)',
        parentZoneId: 'use1-az4',
      },
    ],
    endpointHostedZone: 'Z7HUB22UULQXV',
    prefixLists: ['pl-63a5400a', 'pl-02cd2c6b'],
  },
  'us-east-2': {
    longName: 'US East (Ohio)',
    geography: unitedStates,
    subGeography: 'Ohio',
    usualZones: ['use2-az1', 'use2-az2', 'use2-az3'],
    endpointHostedZone: 'ZC8PG0KIFKBRI',
    prefixLists: ['pl-7ba54012', 'pl-4ca54025'],
  },
  'us-west-1': {
    longName: 'US West (N. California)',
    geography: unitedStates,
    subGeography: 'California',
    usualZones: ['usw1-az1', 'usw1-az2', 'usw1-az3'],
    endpointHostedZone: 'Z12I86A8N7VCZO',
  },
  'us-west-2': {
    longName: 'US West (Oregon)',
    geography: unitedStates,
    subGeography: 'Oregon',
    usualZones: ['usw2-az1', 'usw2-az2', 'usw2-az3'],
    otherZones: ['usw2-az4'],
    localZones: [
      {
        id: 'usw2-lax1-az1',
        name: 'us-west-2-lax-1a',
        group: 'us-west-2-lax-1',
        longName: 'US West (Los Angeles)',
        parentZoneId: 'usw2-az3',
      },
    ],
    endpointHostedZone: 'Z1YSA3EXCYUU9Z',
    prefixLists: ['pl-68a54001', 'pl-00a54069'],
  },
  'eu-west-1': {
    longName: 'Europe (Ireland)',
    geography: 'Ireland',
    usualZones: ['euw1-az1', 'euw1-az2', 'euw1-az3'],
    endpointHostedZone: 'Z38GZ743OKFT7T',
    prefixLists: ['pl-6da54004', 'pl-6fa54006'],
  },
  'eu-central-1': {
    longName: 'Europe (Frankfurt)',
    geography: 'Germany',
    usualZones: ['euc1-az1', 'euc1-az2', 'euc1-az3'],
    endpointHostedZone: 'Z273ZU8SZ5RJPC',
    prefixLists: ['pl-6ea54007', 'pl-66a5400f'],
  },
  'eu-south-1': {
    longName: 'Europe (Milan)',
    geography: 'Italy',
    usualZones: ['eus1-az1', 'eus1-az2', 'eus1-az3'],
    endpointHostedZone: 'Z2L6G6JFKK1HA0',
    optIn: true,
  },
  'ap-northeast-1': {
    longName: 'Asia Pacific (Tokyo)',
    geography: 'Japan',
    usualZones: ['apne1-az1', 'apne1-az2', 'apne1-az4'],
    otherZones: ['apne1-az3'],
    endpointHostedZone: 'Z2E726K9Y6RL4W',
  },
  'ap-northeast-2': {
    longName: 'Asia Pacific (Seoul)',
    geography: 'Republic of Korea',
    usualZones: ['apne2-az1', 'apne2-az2', 'apne2-az3'],
    otherZones: ['apne2-az4'],
    endpointHostedZone: 'Z27UANNT0PRK1T',
  },
};
