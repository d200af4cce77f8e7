// What may be beside what at one name of a zone: CNAME excludes every other type, routed record
// sets of a name and type have one policy, and the apex keeps its NS and SOA.

import { WILDCARD } from '../../world/dns/dns-names.ts';
import type { HostedZone } from '../../world/dns/hosted-zone.ts';
import { type RecordSet, recordKey } from '../../world/dns/record-set.ts';
import type { RecordDraft } from './record-draft.ts';
import { policyOf } from './routing.ts';

// Route 53 API reference, ResourceRecordSet, Weight.
const MOST_WEIGHTED = 100;

/** Problems at a name, as the draft leaves it; texts are from the field or from memory. */
export function nameConflicts(zone: HostedZone, draft: RecordDraft, name: string): string[] {
  const here = draft.at(name);
  const problems = [...cnameProblems(zone, here, name), ...typeProblems(zone, here, name)];
  if (name === zone.name) problems.push(...apexProblems(zone, draft));
  for (const sets of Map.groupBy(here, ({ type }) => type).values()) {
    problems.push(...routingProblems(sets));
  }
  return problems;
}

function cnameProblems(zone: HostedZone, here: readonly RecordSet[], name: string): string[] {
  const types = new Set(here.map(({ type }) => type));
  if (!types.has('CNAME')) return [];
  const cname = `RRSet of type CNAME with DNS name ${name} is not permitted`;
  if (name === zone.name) return [`${cname} at apex in zone ${zone.name}`];
  if (types.size === 1) return [];
  return [
    `${cname} as it conflicts with other records with the same DNS name in zone ${zone.name}`,
  ];
}

function typeProblems(zone: HostedZone, here: readonly RecordSet[], name: string): string[] {
  const labels = name.split('.');
  // Route 53 Developer Guide, DNS domain name format: the leftmost label, and not of type NS.
  const problems = labels.slice(1).includes(WILDCARD)
    ? [`RRSet with DNS name ${name} is not permitted: * can only replace the leftmost label`]
    : [];
  for (const { type } of here) {
    const isPlaced =
      !(type === 'SOA' && name !== zone.name) &&
      !(type === 'DS' && name === zone.name) &&
      !(type === 'NS' && labels[0] === WILDCARD);
    if (!isPlaced) {
      problems.push(`RRSet of type ${type} with DNS name ${name} is not permitted in ${zone.name}`);
    }
  }
  return problems;
}

function apexProblems(zone: HostedZone, draft: RecordDraft): string[] {
  const problems: string[] = [];
  if (!draft.get(recordKey(zone.name, 'SOA'))) {
    problems.push('A HostedZone must contain exactly one SOA record.');
  }
  if (!draft.get(recordKey(zone.name, 'NS'))) {
    problems.push('A HostedZone must contain at least one NS record for the zone itself.');
  }
  return problems;
}

function routingProblems(sets: readonly RecordSet[]): string[] {
  const [first] = sets;
  if (!first || sets.length === 1) return [];
  const rrset = `RRSet with DNS name ${first.name}, type ${first.type}`;
  const policies = new Set(sets.map(policyOf));
  if (policies.has(undefined)) {
    return [`${rrset} cannot be created as other RRSets exist with the same name and type.`];
  }
  if (policies.size > 1) {
    return [
      `${rrset} cannot be created because RRSets with another routing policy exist with the ` +
        'same name and type.',
    ];
  }
  const [policy] = policies;
  if (policy === 'Weight') return weightProblems(rrset, sets);
  if (policy === 'MultiValueAnswer') return [];
  return samePlaceProblems(rrset, policy ?? '', sets);
}

function weightProblems(rrset: string, sets: readonly RecordSet[]): string[] {
  const problems: string[] = [];
  if (sets.length > MOST_WEIGHTED) {
    problems.push(`${rrset} cannot be created: there can be ${MOST_WEIGHTED} weighted RRSets.`);
  }
  // Aliases have none.
  const ttls = new Set(sets.flatMap(({ ttl }) => ttl ?? []));
  if (ttls.size > 1) {
    problems.push(`${rrset} cannot be created as weighted sets must have the same TTL.`);
  }
  return problems;
}

// One record set per Region, location, primary and secondary.
function samePlaceProblems(rrset: string, policy: string, sets: readonly RecordSet[]): string[] {
  const seen = new Set<string>();
  return sets.flatMap(({ rest, setIdentifier }) => {
    const place = JSON.stringify(rest[policy]);
    if (!seen.has(place)) {
      seen.add(place);
      return [];
    }
    const kind = policy === 'Region' ? `Region Name=${String(rest.Region)}` : `${policy} ${place}`;
    return [
      `${rrset}, SetIdentifier ${setIdentifier}, and ${kind} cannot be created because a ` +
        `${nameOf(policy)} RRSet with the same name, type and ${wordFor(policy)} already exists.`,
    ];
  });
}

function nameOf(policy: string): string {
  return policy === 'Region' ? 'latency' : policy.toLowerCase();
}

function wordFor(policy: string): string {
  return policy === 'Region' ? 'region' : 'value';
}
