// What a resolver answers, like `dig`: the one inside a VPC, or one on the internet. Inside a VPC
// its private zones come first, and the zones that AWS keeps for private names of endpoints; a
// private zone that fits hides the public DNS even where it has no such record.

import { isInZone, normalName } from './dns-names.ts';
import type { Endpoint } from '../privatelink/endpoint.ts';
import {
  endpointNamed,
  type EndpointZone,
  endpointZonesOf,
  type NamedEndpoint,
  publicZoneOf,
} from './endpoint-dns.ts';
import type { HostedZone } from './hosted-zone.ts';
import type { RecordSet } from './record-set.ts';
import { zonesOfVpc } from './hosted-zones.ts';
import { authoritativeZone } from './public-dns.ts';
import type { World } from '../world.ts';
import { type Viewpoint, zoneAnswer } from './zone-answers.ts';

export interface DnsQuestion {
  /** With or without the trailing dot. */
  readonly name: string;
  /** A record type, for example `A`, `AAAA`, `CNAME` or `TXT`. */
  readonly type: string;
  /** Asks the resolver of this VPC; without it, one on the internet. */
  readonly vpcId?: string | undefined;
}

/** FORMERR: not a name. SERVFAIL: nobody answers, a loop, or a VPC without DNS or that is none. */
export type DnsStatus = 'NOERROR' | 'NXDOMAIN' | 'SERVFAIL' | 'FORMERR';

export interface DnsRecord {
  readonly name: string;
  readonly type: string;
  /** Seconds. */
  readonly ttl: number;
  readonly value: string;
  /** The hosted zone or the endpoint it is from, and whether only VPCs of its own see it. */
  readonly source: { readonly id: string; readonly private: boolean };
}

export interface DnsResponse {
  readonly status: DnsStatus;
  /** The answer section: a chain of CNAME records, then the records of the asked type. */
  readonly answers: readonly DnsRecord[];
}

/** One step of a chain: what a name has, and the name to go on with. */
interface Step extends DnsResponse {
  readonly next?: string | undefined;
}

interface View {
  readonly world: World;
  readonly type: string;
  readonly viewpoint: Viewpoint;
  /** The private zones that are visible. */
  readonly zones: readonly HostedZone[];
  readonly endpointZones: readonly EndpointZone[];
}

// As many as resolvers follow before they give up.
const LONGEST_CHAIN = 16;
// Seconds; of the names that AWS itself answers (from memory).
const ENDPOINT_TTL = 60;

/** What a resolver answers now; it changes nothing. */
export function resolve(world: World, question: DnsQuestion): DnsResponse {
  const name = normalName(question.name);
  if (name === undefined) return { status: 'FORMERR', answers: [] };
  const view = viewOf(world, question);
  if (!view) return { status: 'SERVFAIL', answers: [] };
  const answers: DnsRecord[] = [];
  let current = name;
  for (let hop = 0; hop < LONGEST_CHAIN; hop += 1) {
    const step = stepAt(view, current);
    answers.push(...step.answers);
    if (step.next === undefined) return { status: step.status, answers };
    current = step.next;
  }
  return { status: 'SERVFAIL', answers };
}

/** What an alias record set answers: the addresses behind its target; [] when it has none. */
export function aliasValues(world: World, zone: HostedZone, record: RecordSet): string[] {
  const viewpoint = { region: undefined, all: false };
  const view = { world, type: record.type, viewpoint, zones: [], endpointZones: [] };
  return aliasAnswers(view, zone, record, record.name, LONGEST_CHAIN).map(({ value }) => value);
}

// Private zones need both DNS attributes of the VPC (Route 53 Developer Guide, private zones).
function viewOf(world: World, { type, vpcId }: DnsQuestion): View | undefined {
  const common = { world, type: type.toUpperCase() };
  if (vpcId === undefined) {
    const viewpoint = { region: undefined, all: false };
    return { ...common, viewpoint, zones: [], endpointZones: [] };
  }
  const vpc = world.vpcs.get(vpcId);
  if (!vpc?.dnsSupport) return undefined;
  const viewpoint = { region: vpc.region, all: false };
  if (!vpc.dnsHostnames) return { ...common, viewpoint, zones: [], endpointZones: [] };
  const visible = zonesOfVpc(world, vpcId).filter(([, { answers }]) => answers);
  const zones = visible.map(([zone]) => zone);
  return { ...common, viewpoint, zones, endpointZones: endpointZonesOf(world, vpcId) };
}

function stepAt(view: View, name: string): Step {
  const zone = longestFitting(view.zones, name);
  const endpointZone = longestFitting(view.endpointZones, name);
  if (zone && zone.name.length >= (endpointZone?.name.length ?? 0)) return inZone(view, zone, name);
  if (endpointZone) return inEndpointZone(view, endpointZone, name);
  const named = endpointNamed(view.world, name);
  if (named) {
    const source = { id: named.endpoint.id, private: false };
    return { status: 'NOERROR', answers: addresses(view.type, name, named, source) };
  }
  const authoritative = authoritativeZone(view.world, name);
  if (authoritative) return inZone(view, authoritative, name);
  return { status: 'NXDOMAIN', answers: [] };
}

function longestFitting<T extends { readonly name: string }>(
  zones: readonly T[],
  name: string,
): T | undefined {
  let longest: T | undefined;
  for (const zone of zones) {
    if (isInZone(name, zone.name) && zone.name.length > (longest?.name.length ?? 0)) longest = zone;
  }
  return longest;
}

function inZone(view: View, zone: HostedZone, name: string): Step {
  const { exists, records } = zoneAnswer(zone, name, view.type, view.viewpoint);
  if (!exists) return { status: 'NXDOMAIN', answers: [] };
  const answers = records.flatMap((record) =>
    record.rest.AliasTarget === undefined
      ? plainAnswers(zone, record, name)
      : aliasAnswers(view, zone, record, name, LONGEST_CHAIN),
  );
  const [record] = records;
  const isChain = record?.type === 'CNAME' && view.type !== 'CNAME';
  const next = isChain ? normalName(answers[0]?.value ?? '') : undefined;
  return { status: 'NOERROR', answers, next };
}

function plainAnswers(zone: HostedZone, record: RecordSet, name: string): DnsRecord[] {
  const source = { id: zone.id, private: zone.vpcs !== undefined };
  const { type, ttl = ENDPOINT_TTL } = record;
  return record.values.map((value) => ({ name, type, ttl, value, source }));
}

// An alias answers with the addresses of its target under its own name: those of a record of the
// same type in its zone, or of an endpoint.
function aliasAnswers(
  view: View,
  zone: HostedZone,
  record: RecordSet,
  name: string,
  hops: number,
): DnsRecord[] {
  const target = record.rest.AliasTarget as { HostedZoneId: string; DNSName: string };
  const source = { id: zone.id, private: zone.vpcs !== undefined };
  const named = endpointNamed(view.world, target.DNSName);
  if (named && publicZoneOf(named.endpoint) === target.HostedZoneId) {
    const found = addresses(record.type, name, named, { id: named.endpoint.id, private: false });
    return found.map((answer) => ({ ...answer, source }));
  }
  if (target.HostedZoneId !== zone.id || hops === 0) return [];
  const { records } = zoneAnswer(zone, target.DNSName, record.type, view.viewpoint);
  return records
    .filter(({ type }) => type === record.type)
    .flatMap((found) =>
      found.rest.AliasTarget === undefined
        ? plainAnswers(zone, found, name)
        : aliasAnswers(view, zone, found, name, hops - 1),
    );
}

function inEndpointZone(view: View, zone: EndpointZone, name: string): Step {
  const isWildcard = zone.recordName !== zone.name;
  const fits = isWildcard ? name !== zone.name : name === zone.name;
  // Of the zone for `*.name`, the name itself exists and has no address.
  if (!fits) return { status: isWildcard ? 'NOERROR' : 'NXDOMAIN', answers: [] };
  const { endpoint } = zone;
  const interfaces = endpoint.networkInterfaceIds.flatMap(
    (id) => view.world.networkInterfaces.get(id) ?? [],
  );
  const source = { id: endpoint.id, private: true };
  return {
    status: 'NOERROR',
    answers: addresses(view.type, name, { endpoint, interfaces }, source),
  };
}

function addresses(
  type: string,
  name: string,
  { endpoint, interfaces }: NamedEndpoint,
  source: DnsRecord['source'],
): DnsRecord[] {
  const types = typesOf(endpoint, source.private);
  if (!types.includes(type)) return [];
  const values = interfaces.flatMap((eni) => (type === 'A' ? eni.address : eni.ipv6Address) ?? []);
  return values.map((value) => ({ name, type, ttl: ENDPOINT_TTL, value, source }));
}

// DnsRecordIpType (EC2 API reference, DnsOptionsSpecification): service-defined gives the private
// name A records only.
function typesOf({ dnsRecordIpType }: Endpoint, isPrivate: boolean): string[] {
  if (dnsRecordIpType === 'ipv4') return ['A'];
  if (dnsRecordIpType === 'ipv6') return ['AAAA'];
  return dnsRecordIpType === 'service-defined' && isPrivate ? ['A'] : ['A', 'AAAA'];
}
