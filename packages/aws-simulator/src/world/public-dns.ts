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
  return zone ? answer(zone, absolute).map(joinedStrings) : [];
}

// Starts at the shortest zone name that fits, which is the registered domain, and follows NS
// records downwards. Where several zones have one name, the oldest is the one that is registered:
// anybody may create a hosted zone for a name, but that alone does not make it answer.
function authoritativeZone(world: World, name: string): HostedZone | undefined {
  const suffixes = suffixesOf(name);
  if (world.knobs.delegation === 'assumed') {
    const served = suffixes.find((suffix) => publicZones(world, suffix).length > 0);
    return served === undefined ? undefined : publicZones(world, served)[0];
  }
  const shortestFirst = [...suffixes].reverse();
  const registered = shortestFirst.findIndex((suffix) => publicZones(world, suffix).length > 0);
  let zone = publicZones(world, shortestFirst[registered] ?? '')[0];
  for (const suffix of shortestFirst.slice(registered + 1)) {
    const delegation = zone?.published.get(recordKey(suffix, 'NS'));
    // A delegation to name servers of no zone here leaves the name without an answer.
    if (delegation) zone = servedBy(world, suffix, delegation.values);
  }
  return zone;
}

function servedBy(
  world: World,
  name: string,
  nameServers: readonly string[],
): HostedZone | undefined {
  const servers = new Set(nameServers.map((server) => server.toLowerCase().replace(/\.$/, '')));
  return publicZones(world, name).find((zone) =>
    zone.nameServers.some((server) => servers.has(server)),
  );
}

function publicZones(world: World, name: string): HostedZone[] {
  return [...world.hostedZones.by('name', name)].filter((zone) => !zone.vpcs);
}

// All record sets of the name, since routed ones may be several. A wildcard answers only where
// nothing exists at the name itself (RFC 4592). CNAME records are not followed.
function answer(zone: HostedZone, name: string): string[] {
  const here = [...zone.published.values()].filter((record) => record.name === name);
  const wildcard = `\\052.${name.slice(name.indexOf('.') + 1)}`;
  const found =
    here.length > 0 ? here : [...zone.published.values()].filter(({ name: n }) => n === wildcard);
  return found.filter(({ type }) => type === 'TXT').flatMap(({ values }) => values);
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
