// Changing and listing records: all or nothing, with Route 53's own words for what is wrong.

import {
  type Change,
  ChangeResourceRecordSetsCommand,
  GetChangeCommand,
  ListResourceRecordSetsCommand,
  type ListResourceRecordSetsCommandInput,
  type ListResourceRecordSetsCommandOutput,
  type ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import { describe, expect, test } from 'vitest';
import { CUSTOMER, failure, type Lab, startLab, VENDOR } from '../../lab.ts';
import { create, recordSet, remove, upsert, vendorZone } from './zones.ts';

function change(lab: Lab, ...Changes: Change[]) {
  return lab.as(VENDOR).route53.send(
    new ChangeResourceRecordSetsCommand({
      HostedZoneId: vendorZone(lab),
      ChangeBatch: { Changes, Comment: 'test' },
    }),
  );
}

function txt(name: string, ...values: string[]): ResourceRecordSet {
  return recordSet('TXT', name, ...values);
}

async function namesIn(lab: Lab): Promise<string[]> {
  const { ResourceRecordSets } = await lab
    .as(VENDOR)
    .route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: vendorZone(lab) }));
  return (ResourceRecordSets ?? []).map(({ Name, Type }) => `${Name} ${Type}`);
}

const apex = ['vendor.example. NS', 'vendor.example. SOA'];

test('when a change is made, it is listed at once and INSYNC later', async () => {
  const lab = await startLab();
  const { ChangeInfo } = await change(lab, create(txt('A.Vendor.Example', '"one"', '"two"')));
  expect(ChangeInfo).toMatchObject({ Status: 'PENDING', Comment: 'test', SubmittedAt: lab.now() });
  expect(await namesIn(lab)).toEqual([...apex, 'a.vendor.example. TXT']);
  const { route53 } = lab.as(VENDOR);
  const get = new GetChangeCommand({ Id: ChangeInfo?.Id });
  lab.advance(lab.simulator.world.delays.recordsInSync - 1);
  expect((await route53.send(get)).ChangeInfo?.Status).toBe('PENDING');
  lab.advance(1);
  expect((await route53.send(get)).ChangeInfo?.Status).toBe('INSYNC');
  expect((await failure(lab.as(CUSTOMER).route53.send(get))).code).toBe('NoSuchChange');
});

describe('a batch is refused', () => {
  const a = 'a.vendor.example.';
  const tried = (verb: string, name = a) =>
    `Tried to ${verb} resource record set [name='${name}', type='TXT'] but`;
  const cases: [string, Change[], string][] = [
    [
      'when it creates what is there',
      [create(txt(a, '"x"'))],
      `${tried('create')} it already exists`,
    ],
    [
      'when it deletes what is not there',
      [remove(txt('b.vendor.example', '"x"'))],
      `${tried('delete', 'b.vendor.example.')} it was not found`,
    ],
    [
      'when it deletes other values',
      [remove(txt(a, '"y"'))],
      `${tried('delete')} the values provided do not match the current values`,
    ],
    [
      'when it deletes with another TTL',
      [remove({ ...txt(a, '"x"'), TTL: 61 })],
      `${tried('delete')} the values provided do not match the current values`,
    ],
    [
      'when it deletes twice',
      [remove(txt(a, '"x"')), remove(txt(a, '"x"'))],
      "invalid set of changes for a resource record set 'TXT a.vendor.example.'",
    ],
    ['when a label is empty', [create(txt('a..vendor.example', '"x"'))], 'DomainLabelEmpty'],
    [
      'when a name is outside the zone',
      [create(txt('a.other.example', '"x"'))],
      'RRSet with DNS name a.other.example. is not permitted in zone vendor.example.',
    ],
    ['when TXT is not quoted', [upsert(txt(a, 'x'))], 'should be enclosed in quotation marks'],
    [
      'when a string is too long',
      [upsert(txt(a, `"${'x'.repeat(256)}"`))],
      'CharacterStringTooLong',
    ],
    ['when a value comes twice', [upsert(txt(a, '"x"', '"x"'))], 'Duplicate Resource Record'],
    ['when an address is none', [create(recordSet('A', a, '1.2.3'))], 'not a valid IPv4 address'],
    [
      'when CNAME meets TXT',
      [create(recordSet('CNAME', a, 'b.example'))],
      'it conflicts with other',
    ],
    [
      'when CNAME is at the apex',
      [create(recordSet('CNAME', 'vendor.example', 'b.example'))],
      'not permitted at apex',
    ],
  ];
  test.each(cases)('%s', async (_, changes, message) => {
    const lab = await startLab();
    await change(lab, create(txt(a, '"x"')));
    const before = await namesIn(lab);
    const found = await failure(change(lab, upsert(txt('new.vendor.example', '"n"')), ...changes));
    expect(found.code).toBe('InvalidChangeBatch');
    expect(found.message).toContain(message);
    expect(found.message).toMatch(/^\[.*\]$/);
    expect(await namesIn(lab)).toEqual(before);
  });
});

test('when the apex NS or SOA would go, or the batch is too big, it is refused', async () => {
  const lab = await startLab();
  const { ResourceRecordSets } = await lab
    .as(VENDOR)
    .route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: vendorZone(lab) }));
  for (const existing of ResourceRecordSets ?? []) {
    expect((await failure(change(lab, remove(existing)))).message).toContain('must contain');
  }
  const values = Array.from({ length: 400 }, (_, i) => `"${i}"`);
  const large = ['a', 'b'].map((name) => upsert(txt(`${name}.vendor.example`, ...values)));
  expect((await failure(change(lab, ...large))).message).toContain('limit of 1000');
  const characters = Array.from({ length: 70 }, (_, i) => `"${String(i).padEnd(250, 'x')}"`);
  const wordy = upsert(txt('a.vendor.example', ...characters));
  expect((await failure(change(lab, wordy))).message).toContain('limit of 32000');
});

test('when a record set is not one, it is InvalidInput', async () => {
  const lab = await startLab();
  const cases: ResourceRecordSet[] = [
    { Name: 'a.vendor.example', Type: 'TXT' },
    { ...txt('a.vendor.example', '"x"'), TTL: -1 },
    recordSet('TEXT', 'a.vendor.example', '"x"'),
    { ...txt('a.vendor.example', '"x"'), Weight: 1 },
    { ...txt('a.vendor.example', '"x"'), SetIdentifier: 'one' },
  ];
  for (const input of cases) {
    expect((await failure(change(lab, create(input)))).code).toBe('InvalidInput');
  }
});

test('when values are replaced by DELETE and CREATE in one batch, it is one step', async () => {
  const lab = await startLab();
  await change(lab, create(txt('a.vendor.example', '"x"', '"y"')));
  await change(
    lab,
    remove(txt('a.vendor.example', '"y"', '"x"')),
    create(txt('a.vendor.example', '"x"', '"z"')),
  );
  const [zone] = lab.simulator.world.hostedZones.values();
  expect(zone?.records.get('a.vendor.example. TXT ')?.values).toEqual(['"x"', '"z"']);
});

test('when record sets are routed, each identifier is its own', async () => {
  const lab = await startLab();
  const routed = (SetIdentifier: string, value: string) => ({
    ...txt('m.vendor.example', value),
    SetIdentifier,
    MultiValueAnswer: true,
  });
  await change(lab, create(routed('one', '"1"')), create(routed('two', '"2"')));
  expect(await namesIn(lab)).toEqual([...apex, 'm.vendor.example. TXT', 'm.vendor.example. TXT']);
  const mixed = change(lab, create(txt('m.vendor.example', '"3"')));
  expect((await failure(mixed)).code).toBe('InvalidChangeBatch');
  await change(lab, remove(routed('one', '"1"')));
  expect(await namesIn(lab)).toHaveLength(3);
});

test('when a zone is listed, order is by reversed name and pages join up', async () => {
  const lab = await startLab();
  const names = ['b', '*.b', 'a.b', 'a', 'z.a', '_x.a'].map((name) => `${name}.vendor.example`);
  await change(lab, ...names.map((name) => create(txt(name, '"x"'))));
  const expected = [
    ...apex,
    'a.vendor.example. TXT',
    '_x.a.vendor.example. TXT',
    'z.a.vendor.example. TXT',
    'b.vendor.example. TXT',
    '\\052.b.vendor.example. TXT',
    'a.b.vendor.example. TXT',
  ];
  expect(await namesIn(lab)).toEqual(expected);
  const { route53: client } = lab.as(VENDOR);
  const seen: string[] = [];
  const first = { HostedZoneId: vendorZone(lab), MaxItems: 3 };
  let next: Partial<ListResourceRecordSetsCommandInput> | undefined = {};
  while (next) {
    const page: ListResourceRecordSetsCommandOutput = await client.send(
      new ListResourceRecordSetsCommand({ ...first, ...next }),
    );
    seen.push(...(page.ResourceRecordSets ?? []).map(({ Name, Type }) => `${Name} ${Type}`));
    const { NextRecordName: StartRecordName, NextRecordType: StartRecordType } = page;
    next = page.IsTruncated ? { StartRecordName, StartRecordType } : undefined;
  }
  expect(seen).toEqual(expected);
  const start = {
    ...first,
    StartRecordName: '_x.a.vendor.example',
    StartRecordType: 'TXT',
  } as const;
  const { ResourceRecordSets } = await client.send(new ListResourceRecordSetsCommand(start));
  expect(ResourceRecordSets?.[0]?.Name).toBe('_x.a.vendor.example.');
  const typeOnly = { HostedZoneId: vendorZone(lab), StartRecordType: 'TXT' } as const;
  const alone = client.send(new ListResourceRecordSetsCommand(typeOnly));
  expect((await failure(alone)).code).toBe('InvalidInput');
});
