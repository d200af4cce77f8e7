// What the public DNS answers: delegations are followed, squatters are not, routed and wildcard
// records are.

import { expect, test } from 'vitest';
import { defaultKnobs } from '../../src/world/settings/knobs.ts';
import { delayProfiles } from '../../src/world/settings/delays.ts';
import type { HostedZone } from '../../src/world/dns/hosted-zone.ts';
import { createHostedZone } from '../../src/world/dns/hosted-zones.ts';
import { lookUpTxt } from '../../src/world/dns/public-dns.ts';
import { defaultQuotas } from '../../src/world/settings/quotas.ts';
import { recordKey } from '../../src/world/dns/record-set.ts';
import { createWorld, type World } from '../../src/world/world.ts';

function emptyWorld(): World {
  let state = 1;
  return createWorld({
    start: 0,
    random: () => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647;
    },
    delays: delayProfiles.compressed,
    knobs: defaultKnobs,
    quotas: defaultQuotas,
  });
}

function zone(world: World, account: string, name: string): HostedZone {
  return createHostedZone(world, { account, name, callerReference: `${account} ${name}` });
}

function publish(into: HostedZone, name: string, type: string, values: string[], id?: string) {
  const record = { name, type, setIdentifier: id, ttl: 60, values, rest: {} };
  into.published.set(recordKey(name, type, id), record);
}

test('when two accounts have a zone of one name, the older one answers', () => {
  const world = emptyWorld();
  const older = zone(world, 'a', 'vendor.example');
  const younger = zone(world, 'b', 'vendor.example');
  publish(younger, 'vendor.example.', 'TXT', ['"forged"']);
  expect(lookUpTxt(world, 'vendor.example')).toEqual([]);
  publish(older, 'vendor.example.', 'TXT', ['"one"', '"t" "wo"']);
  expect(lookUpTxt(world, 'VENDOR.example')).toEqual(['one', 'two']);
});

test('when a child zone is not delegated to, its parent answers for its names', () => {
  const world = emptyWorld();
  const parent = zone(world, 'a', 'vendor.example');
  const child = zone(world, 'b', 'api.vendor.example');
  publish(parent, 'api.vendor.example.', 'TXT', ['"parent"']);
  publish(child, 'api.vendor.example.', 'TXT', ['"child"']);
  expect(lookUpTxt(world, 'api.vendor.example')).toEqual(['parent']);
  const servers = child.nameServers.map((server) => `${server}.`);
  publish(parent, 'api.vendor.example.', 'NS', servers);
  expect(lookUpTxt(world, 'api.vendor.example')).toEqual(['child']);
  publish(parent, 'api.vendor.example.', 'NS', ['ns.elsewhere.test.']);
  expect(lookUpTxt(world, 'api.vendor.example')).toEqual([]);
});

test('when record sets are routed or a wildcard, their values count', () => {
  const world = emptyWorld();
  const own = zone(world, 'a', 'vendor.example');
  publish(own, 'm.vendor.example.', 'TXT', ['"1"'], 'one');
  publish(own, 'm.vendor.example.', 'TXT', ['"2"'], 'two');
  publish(own, '\\052.vendor.example.', 'TXT', ['"any"']);
  publish(own, 'taken.vendor.example.', 'A', ['192.0.2.1']);
  expect(lookUpTxt(world, 'm.vendor.example')).toEqual(['1', '2']);
  expect(lookUpTxt(world, 'free.vendor.example')).toEqual(['any']);
  expect(lookUpTxt(world, 'taken.vendor.example')).toEqual([]);
  expect(lookUpTxt(world, 'elsewhere.test')).toEqual([]);
});

test('when a zone is only listed and not yet published, it does not answer', () => {
  const world = emptyWorld();
  const own = zone(world, 'a', 'vendor.example');
  const record = { name: 'vendor.example.', type: 'TXT', ttl: 60, values: ['"x"'], rest: {} };
  own.records.set(recordKey('vendor.example.', 'TXT'), { ...record, setIdentifier: undefined });
  expect(lookUpTxt(world, 'vendor.example')).toEqual([]);
});

test('when the name is an alias of another one, the values are those of the other', () => {
  const world = emptyWorld();
  const own = zone(world, 'a', 'vendor.example');
  const other = zone(world, 'b', 'dns.test');
  publish(own, '_token.vendor.example.', 'CNAME', ['Token.dns.test']);
  publish(other, 'token.dns.test.', 'TXT', ['"vpce:a" "b"']);
  publish(own, 'x.vendor.example.', 'CNAME', ['x.vendor.example.']);
  expect(lookUpTxt(world, '_token.vendor.example')).toEqual(['vpce:ab']);
  expect(lookUpTxt(world, 'x.vendor.example')).toEqual([]);
});
