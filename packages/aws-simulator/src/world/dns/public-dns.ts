// The public DNS of this world: which hosted zone answers for a name, and which TXT values anybody
// gets. It sees the public hosted zones of every account, and of those only what is INSYNC.

import { isInZone, normalName, suffixesOf } from './dns-names.ts';
import type { HostedZone } from './hosted-zone.ts';
import { recordKey } from './record-set.ts';
import type { World } from '../world.ts';
import { zoneAnswer } from './zone-answers.ts';

// As many as resolvers follow before they give up.
const LONGEST_CHAIN = 16;

/**
 * The TXT values at a name, each with its quoted strings joined. Of routed record sets all count,
 * since one query or another gets them.
 * @param name without the trailing dot.
 */
export function lookUpTxt(world: World, name: string): string[] {
  let current = normalName(name);
  for (let hop = 0; current !== undefined && hop < LONGEST_CHAIN; hop += 1) {
    const zone = authoritativeZone(world, current);
    if (!zone) return [];
    const view = { region: undefined, all: true };
    const { records } = zoneAnswer(zone, current, 'TXT', view);
    const values = records.filter(({ type }) => type === 'TXT').flatMap((record) => record.values);
    if (values.length > 0) return values.map(joinedStrings);
    const alias = records.find(({ type }) => type === 'CNAME');
    current = normalName(alias?.values[0] ?? '');
  }
  return [];
}

/**
 * The public zone whose name servers answer for a name, or undefined. It starts at the shortest
 * zone name that fits, which is the registered domain, and follows NS records downwards. Where
 * several zones have one name, the oldest is the one that is registered: anybody may create a
 * hosted zone for a name, but that alone does not make it answer.
 * @param name stored form.
 */
export function authoritativeZone(world: World, name: string): HostedZone | undefined {
  // A zone for a top-level domain is not served.
  const suffixes = suffixesOf(name).slice(0, -1);
  if (world.knobs.delegation === 'assumed') {
    const served = suffixes.find((suffix) => firstPublic(world, suffix) !== undefined);
    return served === undefined ? undefined : firstPublic(world, served);
  }
  const shortestFirst = suffixes.toReversed();
  const registered = shortestFirst.findIndex((suffix) => firstPublic(world, suffix) !== undefined);
  let zone = registered < 0 ? undefined : firstPublic(world, shortestFirst[registered] ?? '');
  for (const suffix of shortestFirst.slice(registered + 1)) {
    // A delegation to name servers of no zone here leaves the names below without an answer.
    if (zone === undefined || !isInZone(suffix, zone.name)) return undefined;
    const delegation = zone.published.get(recordKey(suffix, 'NS'));
    if (delegation) zone = servedBy(world, suffix, delegation.values);
  }
  return zone;
}

/** `"vpce:" "abc"` is one value in two strings; escapes are `\"`, `\\` and octal `\101`. */
export function joinedStrings(value: string): string {
  const strings = value.match(/"(?:[^"\\]|\\.)*"/g) ?? [];
  return strings.map((text) => unescaped(text.slice(1, -1))).join('');
}

function servedBy(
  world: World,
  name: string,
  nameServers: readonly string[],
): HostedZone | undefined {
  const servers = new Set(nameServers.map((server) => server.toLowerCase().replace(/\.$/, '')));
  return firstPublic(world, name, (zone) => zone.nameServers.some((one) => servers.has(one)));
}

function firstPublic(
  world: World,
  name: string,
  fits: (zone: HostedZone) => boolean = () => true,
): HostedZone | undefined {
  for (const zone of world.hostedZones.by('publicName', name)) if (fits(zone)) return zone;
  return undefined;
}

function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3}|.)/g, (_, escaped: string) =>
    escaped.length === 3 ? String.fromCharCode(Number.parseInt(escaped, 8)) : escaped,
  );
}
