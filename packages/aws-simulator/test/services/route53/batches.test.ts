// Rules between the record sets of a batch and of a zone: routing policies, aliases, the places of
// some types, and the limits of a zone.

import type { Change, ResourceRecordSet } from '@aws-sdk/client-route-53';
import { describe, expect, test } from 'vitest';
import { failure, type Lab, startLab } from '../../lab.ts';
import { connect, endpointNow, offerService } from '../../scenes.ts';
import { alias, change, create, recordSet, remove, upsert, vendorZone } from './zones.ts';

const NAME = 'r.vendor.example';

function routed(SetIdentifier: string, policy: Partial<ResourceRecordSet>): ResourceRecordSet {
  const value = `192.0.2.${SetIdentifier.length}`;
  return { ...recordSet('A', NAME, value), SetIdentifier, ...policy };
}

async function refusal(lab: Lab, ...changes: Change[]) {
  return failure(change(lab, vendorZone(lab), changes));
}

describe('a routed record set is refused', () => {
  const weighted = routed('one', { Weight: 1 });
  const cases: [string, ResourceRecordSet[], string, string][] = [
    [
      'when it has an identifier and no policy',
      [{ ...recordSet('A', NAME, '192.0.2.1'), SetIdentifier: 'one' }],
      'InvalidInput',
      'of [Weight, Region, Failover, GeoLocation, or MultiValueAnswer], but found none in Change',
    ],
    [
      'when it has two policies',
      [routed('one', { Weight: 1, Failover: 'PRIMARY' })],
      'InvalidInput',
      'but found more than one in Change with [Action=CREATE, Name=r.vendor.example, Type=A, ' +
        'SetIdentifier=one]',
    ],
    [
      'when it has a policy and no identifier',
      [{ ...recordSet('A', NAME, '192.0.2.1'), MultiValueAnswer: false }],
      'InvalidInput',
      "Invalid request: Missing field 'SetIdentifier' in Change with",
    ],
    ['when its weight is too much', [routed('one', { Weight: 256 })], 'InvalidInput', 'weight'],
    [
      'when its Region is none',
      [routed('one', { Region: 'mars-1' as 'us-east-1' })],
      'InvalidInput',
      'enum value set',
    ],
    [
      'when its location is two',
      [routed('one', { GeoLocation: { ContinentCode: 'EU', CountryCode: 'DE' } })],
      'InvalidInput',
      'ContinentCode cannot be given with',
    ],
    [
      'when its subdivision has no country',
      [routed('one', { GeoLocation: { CountryCode: 'DE', SubdivisionCode: 'BE' } })],
      'InvalidInput',
      'SubdivisionCode',
    ],
    [
      'when a location is taken',
      ['one', 'four'].map((id) => routed(id, { GeoLocation: { ContinentCode: 'EU' } })),
      'InvalidChangeBatch',
      'already exists',
    ],
    [
      'when a Region is taken',
      ['one', 'four'].map((id) => routed(id, { Region: 'eu-west-1' })),
      'InvalidChangeBatch',
      'and Region Name=eu-west-1 cannot be created because a latency RRSet with the same name, ' +
        'type and region already exists.',
    ],
    [
      'when there is a primary',
      ['one', 'four'].map((id) => routed(id, { Failover: 'PRIMARY' })),
      'InvalidChangeBatch',
      'already exists',
    ],
    [
      'when another policy is there',
      [weighted, routed('four', { Region: 'eu-west-1' })],
      'InvalidChangeBatch',
      'another routing policy',
    ],
    [
      'when a weighted one has another TTL',
      [weighted, { ...routed('four', { Weight: 1 }), TTL: 61 }],
      'InvalidChangeBatch',
      'must have the same TTL',
    ],
    [
      'when a weighted one has two values',
      [{ ...recordSet('A', NAME, '192.0.2.1', '192.0.2.2'), SetIdentifier: 'one', Weight: 1 }],
      'InvalidInput',
      'one ResourceRecord',
    ],
    [
      'when a name server is routed',
      [{ ...recordSet('NS', NAME, 'ns.example.com'), SetIdentifier: 'one', Weight: 1 }],
      'InvalidInput',
      'cannot have a routing policy',
    ],
    [
      'when a CNAME is multivalue',
      [{ ...recordSet('CNAME', NAME, 'a.example'), SetIdentifier: 'a', MultiValueAnswer: true }],
      'InvalidInput',
      'MultiValueAnswer',
    ],
  ];
  test.each(cases)('%s', async (_, sets, code, message) => {
    const found = await refusal(await startLab(), ...sets.map(create));
    expect(found.code).toBe(code);
    expect(found.message).toContain(message);
  });
});

describe('an alias is refused', () => {
  const tried = (name: string, zone: string) =>
    `Tried to create an alias that targets ${name}, type A in zone ${zone}, but`;

  test('when its target is not there, or not in its zone', async () => {
    const lab = await startLab();
    const zone = vendorZone(lab);
    const missing = await refusal(lab, create(alias(NAME, zone, 'b.vendor.example')));
    expect(missing.message).toBe(`[${tried('b.vendor.example.', zone)} that target was not found]`);
    const outside = await refusal(lab, create(alias(NAME, zone, 'b.example')));
    expect(outside.message).toContain(
      `${tried('b.example.', zone)} the alias target name does not lie within the target zone`,
    );
    const nowhere = await refusal(lab, create(alias(NAME, 'ZNONE', 'b.example')));
    expect(nowhere.code).toBe('NoSuchHostedZone');
    const elsewhere = 'api.elb.us-east-1.amazonaws.com';
    const elb = await refusal(lab, create(alias(NAME, 'Z26RNL4JYFTOTI', elsewhere)));
    expect(elb).toMatchObject({
      code: 'UnsupportedOperation',
      message: expect.stringContaining(`AliasTarget ${elsewhere}`),
    });
  });

  test('when it names an endpoint that is none, or has another type', async () => {
    const lab = await startLab();
    const { VpcEndpointId = '' } = await connect(lab, await offerService(lab));
    const [{ DnsName = '', HostedZoneId = '' } = {}] =
      (await endpointNow(lab, VpcEndpointId))?.DnsEntries ?? [];
    await change(lab, vendorZone(lab), [create(alias(NAME, HostedZoneId, DnsName.toUpperCase()))]);
    const wrong = alias('s.vendor.example', HostedZoneId, DnsName.replace('vpce-', 'vpce-f'));
    expect((await refusal(lab, create(wrong))).message).toContain('that target was not found');
    const text = { ...alias('t.vendor.example', HostedZoneId, DnsName), Type: 'TXT' as const };
    expect((await refusal(lab, create(text))).code).toBe('InvalidChangeBatch');
  });

  test('when it is half a record set, or its type has no aliases', async () => {
    const lab = await startLab();
    const whole = alias(NAME, vendorZone(lab), 'vendor.example');
    const both = await refusal(lab, create({ ...whole, TTL: 60 }));
    expect([both.code, both.message]).toEqual([
      'InvalidInput',
      expect.stringContaining('or TrafficPolicyInstanceId], but found more than one in Change'),
    ]);
    expect((await refusal(lab, create({ ...whole, Type: 'NS' }))).code).toBe('InvalidInput');
    const empty = alias(NAME, vendorZone(lab), '');
    expect((await refusal(lab, create(empty))).message).toBe(
      "[FATAL problem: DomainNameEmpty (Domain name is empty) encountered with '']",
    );
  });
});

test('when a type stands where it cannot, it is refused', async () => {
  const lab = await startLab();
  const soa = 'ns.example. a.example. 1 2 3 4 5';
  const sets = [
    recordSet('SOA', NAME, soa),
    recordSet('DS', 'vendor.example', '1 2 3 abcd'),
    recordSet('NS', '*.vendor.example', 'ns.example'),
    recordSet('A', 'a.*.vendor.example', '192.0.2.1'),
  ];
  for (const set of sets) {
    const found = await refusal(lab, create(set));
    expect([set.Type, found.code]).toEqual([set.Type, 'InvalidChangeBatch']);
    expect(found.message).toContain('is not permitted');
  }
});

test('when a batch has many faults, it names each of them', async () => {
  const lab = await startLab();
  const { code, message } = await refusal(
    lab,
    create(recordSet('TXT', 'a.else.example', 'bare')),
    create(recordSet('A', NAME, '1.2.3')),
    remove(recordSet('A', 'none.vendor.example', '192.0.2.1')),
  );
  expect(code).toBe('InvalidChangeBatch');
  expect(message).toBe(
    "[Invalid Resource Record: 'FATAL problem: InvalidCharacterString (Value should be enclosed " +
      "in quotation marks) encountered with 'bare'', RRSet with DNS name a.else.example. is not " +
      "permitted in zone vendor.example., Invalid Resource Record: 'FATAL problem: " +
      'ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address) encountered with ' +
      "'1.2.3'', Tried to delete resource record set [name='none.vendor.example.', type='A'] but " +
      'it was not found]',
  );
});

test('when a zone is full, only what does not add to it is taken', async () => {
  const lab = await startLab({ quotas: { recordsPerZone: 3 } });
  const zone = vendorZone(lab);
  const one = recordSet('A', NAME, '192.0.2.1');
  await change(lab, zone, [create(one)]);
  const second = recordSet('A', 's.vendor.example', '192.0.2.1');
  expect((await refusal(lab, create(second))).message).toContain('limit of 3 exceeded');
  await change(lab, zone, [upsert({ ...one, TTL: 5 })]);
  await change(lab, zone, [remove({ ...one, TTL: 5 }), create(second)]);
  expect(lab.simulator.world.hostedZones.get(zone)?.records.size).toBe(3);
});

test('when one UPSERT counts twice, the limits of a batch are half as wide', async () => {
  const lab = await startLab();
  const sets = (count: number, values: number) =>
    Array.from({ length: count }, (_, set) => {
      const strings = Array.from({ length: values }, (__, index) => `"${index}"`);
      return recordSet('TXT', `n${set}.vendor.example`, ...strings);
    });
  await change(lab, vendorZone(lab), sets(4, 250).map(create));
  expect((await refusal(lab, ...sets(4, 126).map(upsert))).message).toBe(
    '[Number of records limit of 1000 exceeded.]',
  );
  await change(lab, vendorZone(lab), sets(4, 125).map(upsert));
});
