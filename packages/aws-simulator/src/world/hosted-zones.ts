// Making hosted zones and publishing their records. Checking what a caller asked for is not here.

import type { HostedZone, RecordSet } from './hosted-zone.ts';
import { recordKey } from './hosted-zone.ts';
import { UPPER_ALNUM } from './ids.ts';
import type { World } from './world.ts';

export interface NewHostedZone {
  readonly account: string;
  /** With or without the trailing dot; lower case. */
  readonly name: string;
  readonly callerReference: string;
  readonly comment?: string | undefined;
  /** Given for a private zone. */
  readonly vpc?: { readonly vpcId: string; readonly region: string } | undefined;
}

/** Adds a zone with the NS and SOA records Route 53 gives every zone; these answer at once. */
export function createHostedZone(world: World, wanted: NewHostedZone): HostedZone {
  const name = wanted.name.endsWith('.') ? wanted.name : `${wanted.name}.`;
  const nameServers = fourNameServers(world);
  const zone: HostedZone = {
    id: `Z${world.ids.text(UPPER_ALNUM, 20)}`,
    account: wanted.account,
    name,
    order: world.nextOrder(),
    callerReference: wanted.callerReference,
    comment: wanted.comment,
    vpcs: wanted.vpc ? [wanted.vpc] : undefined,
    nameServers,
    records: new Map(),
    published: new Map(),
  };
  for (const record of apexRecords(name, nameServers)) {
    zone.records.set(recordKey(name, record.type), record);
    zone.published.set(recordKey(name, record.type), record);
  }
  return world.hostedZones.add(zone);
}

function apexRecords(name: string, nameServers: readonly string[]): RecordSet[] {
  const common = { name, setIdentifier: undefined, rest: {} };
  const soa = `${nameServers[0]}. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400`;
  return [
    { ...common, type: 'NS', ttl: 172_800, values: nameServers.map((server) => `${server}.`) },
    { ...common, type: 'SOA', ttl: 900, values: [soa] },
  ];
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
