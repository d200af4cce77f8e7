// The public DNS of this world: which TXT values the name servers answer for a name. It sees the
// public hosted zones of every account, and of those only what is INSYNC.

import { type HostedZone, recordKey } from './hosted-zone.ts';
import type { World } from './world.ts';

/**
 * The TXT values at a name, each with its quoted strings joined.
 * @param name without the trailing dot.
 */
export function lookUpTxt(world: World, name: string): string[] {
  const absolute = `${name.toLowerCase()}.`;
  const zone = authoritativeZone(world, absolute);
  const record = zone && answer(zone, absolute);
  return (record ?? []).map(joinedStrings);
}

// Starts at the shortest zone name that fits, which is the registered domain, and follows NS
// records downwards. Where several zones have one name, the oldest is the one that is registered:
// anybody may create a hosted zone for a name, but that alone does not make it answer.
function authoritativeZone(world: World, name: string): HostedZone | undefined {
  const suffixes = suffixesOf(name);
  if (world.knobs.delegation === 'assumed') {
    return firstDefined(suffixes, (suffix) => publicZones(world, suffix)[0]);
  }
  const shortestFirst = [...suffixes].reverse();
  let zone: HostedZone | undefined;
  for (const suffix of shortestFirst) {
    if (!zone) zone = publicZones(world, suffix)[0];
    else zone = delegatedZone(world, zone, suffix) ?? zone;
  }
  return zone;
}

function delegatedZone(world: World, parent: HostedZone, name: string): HostedZone | undefined {
  const delegation = parent.published.get(recordKey(name, 'NS'));
  if (!delegation || name === parent.name) return undefined;
  const servers = new Set(delegation.values.map((value) => value.toLowerCase()));
  return publicZones(world, name).find((zone) =>
    zone.nameServers.some((server) => servers.has(`${server}.`) || servers.has(server)),
  );
}

function publicZones(world: World, name: string): HostedZone[] {
  return [...world.hostedZones.by('name', name)].filter((zone) => !zone.vpcs);
}

// A wildcard answers only where no record set of any type exists at the name itself (RFC 4592).
function answer(zone: HostedZone, name: string): readonly string[] | undefined {
  const exact = zone.published.get(recordKey(name, 'TXT'));
  if (exact) return exact.values;
  for (const record of zone.published.values()) if (record.name === name) return undefined;
  const parent = name.slice(name.indexOf('.') + 1);
  return zone.published.get(recordKey(`\\052.${parent}`, 'TXT'))?.values;
}

/** The name and its parents of two labels or more: a zone for a top-level domain is not served. */
function suffixesOf(name: string): string[] {
  const labels = name.slice(0, -1).split('.');
  return labels.slice(0, -1).map((_, index) => `${labels.slice(index).join('.')}.`);
}

/** `"vpce:" "abc"` is one value in two strings; escapes are `\"`, `\\` and octal `\101`. */
function joinedStrings(value: string): string {
  const strings = value.match(/"(?:[^"\\]|\\.)*"/g) ?? [];
  return strings.map((text) => unescaped(text.slice(1, -1))).join('');
}

function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3}|.)/g, (_, escaped: string) =>
    escaped.length === 3 ? String.fromCharCode(Number.parseInt(escaped, 8)) : escaped,
  );
}

function firstDefined<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
