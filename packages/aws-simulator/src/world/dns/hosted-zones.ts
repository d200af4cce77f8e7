// Making and removing hosted zones, their VPCs, and publishing them. Checking what a caller asked
// for is not here.

import { suffixesOf } from './dns-names.ts';
import type { HostedZone, VpcName, ZoneAssociation } from './hosted-zone.ts';
import { UPPER_ALNUM } from '../ids.ts';
import { type RecordSet, recordKey } from './record-set.ts';
import { createRecordTable } from './record-table.ts';
import type { World } from '../world.ts';

export interface NewHostedZone {
  readonly account: string;
  /** With or without the trailing dot; lower case. */
  readonly name: string;
  readonly callerReference: string;
  readonly comment?: string | undefined;
  /** Given for a private zone. */
  readonly vpc?: VpcName | undefined;
}

// Every private zone shows the same name servers, which nobody asks (from memory).
const PRIVATE_NAME_SERVERS = [
  'ns-1536.awsdns-00.co.uk',
  'ns-0.awsdns-00.com',
  'ns-1024.awsdns-00.org',
  'ns-512.awsdns-00.net',
];

// A source of randomness that always says the same must not hang the world.
const MOST_DRAWS = 100;

/** Adds a zone with the NS and SOA records Route 53 gives every zone; it answers at once. */
export function createHostedZone(world: World, wanted: NewHostedZone): HostedZone {
  const zone = addHostedZone(world, wanted);
  publishHostedZone(zone);
  return zone;
}

/** Adds a zone that is listed and does not answer yet. */
export function addHostedZone(world: World, wanted: NewHostedZone): HostedZone {
  const name = wanted.name.endsWith('.') ? wanted.name : `${wanted.name}.`;
  const nameServers = wanted.vpc ? PRIVATE_NAME_SERVERS : freeNameServers(world, name);
  const zone: HostedZone = {
    id: `Z${world.ids.text(UPPER_ALNUM, 20)}`,
    account: wanted.account,
    name,
    order: world.nextOrder(),
    callerReference: wanted.callerReference,
    comment: wanted.comment,
    vpcs: wanted.vpc ? [] : undefined,
    authorizedVpcs: new Map(),
    nameServers,
    tags: new Map(),
    records: createRecordTable(),
    published: createRecordTable(),
    busyUntil: Number.NEGATIVE_INFINITY,
  };
  for (const record of apexRecords(name, nameServers)) {
    zone.records.set(recordKey(name, record.type), record);
  }
  world.hostedZones.add(zone);
  if (wanted.vpc) associateVpc(world, zone, wanted.vpc);
  return zone;
}

/** Lets a zone that was just added answer: its apex records, and in its first VPC. */
export function publishHostedZone(zone: HostedZone): void {
  for (const type of ['NS', 'SOA']) {
    const key = recordKey(zone.name, type);
    const record = zone.records.get(key);
    if (record) zone.published.set(key, record);
  }
  for (const association of zone.vpcs ?? []) association.answers = true;
}

/** Removes a zone; from then on it does not answer any more. */
export function removeHostedZone(world: World, zone: HostedZone): void {
  for (const { id } of zone.vpcs ?? []) world.zoneAssociations.remove(id);
  world.hostedZones.remove(zone.id);
}

/** Adds a VPC to a private zone; its resolver does not answer from the zone yet. */
export function associateVpc(world: World, zone: HostedZone, vpc: VpcName): ZoneAssociation {
  const association: ZoneAssociation = {
    id: `${zone.id}/${vpc.vpcId}`,
    order: world.nextOrder(),
    zoneId: zone.id,
    vpcId: vpc.vpcId,
    region: vpc.region,
    answers: false,
  };
  zone.vpcs?.push(association);
  return world.zoneAssociations.add(association);
}

/** Takes a VPC from a private zone; its resolver answers from it until `forgetVpc`. */
export function disassociateVpc(zone: HostedZone, vpcId: string): void {
  const index = zone.vpcs?.findIndex((association) => association.vpcId === vpcId) ?? -1;
  if (index >= 0) zone.vpcs?.splice(index, 1);
}

/** From now on the resolver of a VPC that was taken from a zone does not answer from it. */
export function forgetVpc(world: World, zone: HostedZone, vpcId: string): void {
  world.zoneAssociations.remove(`${zone.id}/${vpcId}`);
}

/** The private zones of a VPC with the association, in the order they were associated. */
export function zonesOfVpc(world: World, vpcId: string): [HostedZone, ZoneAssociation][] {
  return [...world.zoneAssociations.by('vpc', vpcId)].flatMap((association) => {
    const zone = world.hostedZones.get(association.zoneId);
    return zone ? [[zone, association] as [HostedZone, ZoneAssociation]] : [];
  });
}

function apexRecords(name: string, nameServers: readonly string[]): RecordSet[] {
  const common = { name, setIdentifier: undefined, rest: {} };
  const soa = `${nameServers[0]}. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400`;
  return [
    { ...common, type: 'NS', ttl: 172_800, values: nameServers.map((server) => `${server}.`) },
    { ...common, type: 'SOA', ttl: 900, values: [soa] },
  ];
}

// Zones of one name, and a zone and its parent, never share a name server (Route 53 API reference,
// ConflictingDomainExists): which zone a delegation means is always clear.
function freeNameServers(world: World, name: string): string[] {
  const taken = new Set<string>();
  for (const suffix of suffixesOf(name)) {
    for (const zone of world.hostedZones.by('publicName', suffix)) {
      for (const server of zone.nameServers) taken.add(server);
    }
  }
  let found = fourNameServers(world);
  for (let draws = 1; draws < MOST_DRAWS && found.some((one) => taken.has(one)); draws += 1) {
    found = fourNameServers(world);
  }
  return found;
}

function fourNameServers(world: World): string[] {
  const number = (from: number) => from + (Number(world.ids.text('0123456789', 3)) % 512);
  return [
    `ns-${number(0)}.awsdns-${number(0) % 64}.com`,
    `ns-${number(512)}.awsdns-${number(0) % 64}.net`,
    `ns-${number(1024)}.awsdns-${number(0) % 64}.org`,
    `ns-${number(1536)}.awsdns-${number(0) % 64}.co.uk`,
  ];
}
