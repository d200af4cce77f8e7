import { assert as assertProperty, property, string } from 'fast-check';
import { expect, test } from 'vitest';

import { replacement, textOf, withoutValue, withValue } from '../../src/aws/txt-records.ts';
import type { HostedZonePort } from '../../src/aws/ports.ts';
import { quoteTxt } from '../../src/domain/private-dns.ts';
import { access, fakeAws, patience, restError } from './fake-aws.ts';
import type { FakeAnswer, FakeRequest, Respond } from './fake-aws.ts';

const name = '_x.vendor.example';
const isChange = ({ method }: FakeRequest) => method === 'POST';

async function port(respond: Respond) {
  const { fake, aws } = await fakeAws(respond);
  return { fake, zones: aws.hostedZones(access) };
}

function route53Answer(action: string, inner: string): FakeAnswer {
  const space = 'https://route53.amazonaws.com/doc/2013-04-01/';
  const body = `<${action}Response xmlns="${space}">${inner}</${action}Response>`;
  return { headers: { 'content-type': 'text/xml', 'x-amzn-requestid': 'req-1' }, body };
}

function zonePage(zones: [id: string, name: string, isPrivate?: boolean][], next = '') {
  const items = zones.map(
    ([id, zoneName, isPrivate = false]) =>
      `<HostedZone><Id>/hostedzone/${id}</Id><Name>${zoneName}</Name><CallerReference>r` +
      `</CallerReference><Config><PrivateZone>${isPrivate}</PrivateZone></Config></HostedZone>`,
  );
  const more = `<IsTruncated>${next !== ''}</IsTruncated>${next}<MaxItems>100</MaxItems>`;
  return route53Answer(
    'ListHostedZonesByName',
    `<HostedZones>${items.join('')}</HostedZones>${more}`,
  );
}

function records(inner: string): FakeAnswer {
  return route53Answer(
    'ListResourceRecordSets',
    `<ResourceRecordSets>${inner}</ResourceRecordSets><IsTruncated>false</IsTruncated>` +
      '<MaxItems>1</MaxItems>',
  );
}

function txt(values: string[], more = '<TTL>60</TTL>', owner = `${name}.`): string {
  const items = values.map((value) => `<ResourceRecord><Value>${value}</Value></ResourceRecord>`);
  return (
    `<ResourceRecordSet><Name>${owner}</Name><Type>TXT</Type>${more}` +
    `<ResourceRecords>${items.join('')}</ResourceRecords></ResourceRecordSet>`
  );
}

const changed = route53Answer(
  'ChangeResourceRecordSets',
  '<ChangeInfo><Id>/change/C123</Id><Status>PENDING</Status>' +
    '<SubmittedAt>2026-01-01T00:00:00Z</SubmittedAt></ChangeInfo>',
);

test('when other zones follow in the list, only the one with this very name counts', async () => {
  const { fake, zones } = await port(() =>
    zonePage([
      ['ZPRIVATE', 'vendor.example.', true],
      ['ZRIGHT', 'vendor.example.'],
      ['ZCHILD', 'api.vendor.example.'],
    ]),
  );
  expect(await zones.findZone('Vendor.Example', patience())).toBe('ZRIGHT');
  expect(fake.requests[0]!.parameters).toMatchObject({ dnsname: 'vendor.example.' });
});

test('when no zone has exactly this name, there is none', async () => {
  const { zones } = await port(() => zonePage([['ZOTHER', 'vendor.exampled.']]));
  expect(await zones.findZone('vendor.example', patience())).toBeNull();
});

test('when two public zones have the name, only saying which one helps', async () => {
  const { zones } = await port(() =>
    zonePage([
      ['ZONE', 'vendor.example.'],
      ['ZTWO', 'vendor.example.'],
    ]),
  );
  await expect(zones.findZone('vendor.example', patience())).rejects.toMatchObject({
    kind: 'conflict',
    code: 'AmbiguousHostedZone',
    message: expect.stringContaining('ZONE, ZTWO'),
  });
  expect(await zones.findZone('vendor.example', patience(), ['ZTWO'])).toBe('ZTWO');
  expect(await zones.findZone('vendor.example', patience(), ['ZNEITHER'])).toBeNull();
});

test('when zones of the name go on in a second page, it is read too', async () => {
  const next =
    '<NextDNSName>vendor.example.</NextDNSName><NextHostedZoneId>ZTWO</NextHostedZoneId>';
  const { fake, zones } = await port((_, index) =>
    index === 0
      ? zonePage([['ZPRIVATE', 'vendor.example.', true]], next)
      : zonePage([['ZTWO', 'vendor.example.']]),
  );
  expect(await zones.findZone('vendor.example', patience())).toBe('ZTWO');
  expect(fake.requests[1]!.parameters).toMatchObject({ hostedzoneid: 'ZTWO' });
});

test('when the list starts after the name, there is no record', async () => {
  const { zones } = await port(() => records(txt(['"v"'], '<TTL>60</TTL>', '_y.vendor.example.')));
  expect(await zones.readTxt('Z1', name, patience())).toBeNull();
});

test('when there is a record, its values come raw', async () => {
  const { fake, zones } = await port(() => records(txt(['"v=spf1" " -all"', '"b"'])));
  expect(await zones.readTxt('Z1', `${name}.`, patience())).toEqual({
    values: ['"v=spf1" " -all"', '"b"'],
    ttl: 60,
  });
  expect(fake.requests[0]!.parameters).toEqual({
    name: `${name}.`,
    type: 'TXT',
    maxitems: '1',
  });
});

test.each([
  ['a routing policy', txt(['"v"'], '<SetIdentifier>a</SetIdentifier><TTL>60</TTL>')],
  [
    'an alias',
    `<ResourceRecordSet><Name>${name}.</Name><Type>TXT</Type><AliasTarget><HostedZoneId>Z` +
      '</HostedZoneId><DNSName>d</DNSName><EvaluateTargetHealth>false</EvaluateTargetHealth>' +
      '</AliasTarget></ResourceRecordSet>',
  ],
])('when the record has %s, it is left alone and named', async (_, set) => {
  const { fake, zones } = await port(() => records(set));
  await expect(zones.addTxtValue('Z1', name, 'vpce:a', patience())).rejects.toMatchObject({
    kind: 'conflict',
    code: 'UnsupportedRecordSet',
    message: expect.stringContaining(name),
  });
  expect(fake.requests.filter(isChange)).toEqual([]);
});

test('when another hand is quicker, it reads again and keeps that value too', async () => {
  const states = [txt(['"theirs"']), txt(['"theirs"', '"newer"'])];
  const { fake, zones } = await port((request, index) => {
    if (!isChange(request)) return records(states.shift()!);
    return index === 1 ? restError('InvalidChangeBatch', 'values do not match') : changed;
  });
  expect(await zones.addTxtValue('Z1', name, 'vpce:a', patience())).toEqual({ changeId: 'C123' });
  const last = fake.requests.filter(isChange).at(-1)!.body.replaceAll('&quot;', '"');
  expect(last).not.toContain('UPSERT');
  expect([...last.matchAll(/<(Action|Value|TTL)>([^<]*)</g)].map(([, , text]) => text)).toEqual([
    'DELETE',
    '60',
    '"theirs"',
    '"newer"',
    'CREATE',
    '60',
    '"theirs"',
    '"newer"',
    '"vpce:a"',
  ]);
});

test('when the answer to a change was lost, the repeat sends nothing', async () => {
  const states = ['', txt(['"vpce:a"'])];
  const { fake, zones } = await port((request) =>
    isChange(request)
      ? restError('InvalidChangeBatch', 'it already exists')
      : records(states.shift()!),
  );
  expect(await zones.addTxtValue('Z1', name, 'vpce:a', patience())).toEqual({ changeId: null });
  expect(fake.requests.filter(isChange)).toHaveLength(1);
});

test('when Route 53 refuses the change every time, it gives up with the reason', async () => {
  const reason = 'a conflicting RRSet of type CNAME exists';
  const { fake, zones } = await port((request) =>
    isChange(request) ? restError('InvalidChangeBatch', reason) : records(''),
  );
  await expect(zones.addTxtValue('Z1', name, 'vpce:a', patience())).rejects.toMatchObject({
    kind: 'conflict',
    code: 'InvalidChangeBatch',
    message: expect.stringContaining(reason),
  });
  expect(fake.requests.filter(isChange)).toHaveLength(3);
});

const bugs: [string, (zones: HostedZonePort) => Promise<unknown>][] = [
  ['no zone id', (zones) => zones.readTxt('', name, patience())],
  ['a zone id with its path', (zones) => zones.readTxt('/hostedzone/Z1', name, patience())],
  ['no record name', (zones) => zones.addTxtValue('Z1', '', 'v', patience())],
  ['a wildcard', (zones) => zones.removeTxtValue('Z1', '*.vendor.example', 'v', patience())],
  ['no change id', (zones) => zones.changeStatus('', patience())],
];

test.each(bugs)('when it is given %s, it throws a TypeError and sends nothing', async (_, call) => {
  const { fake, zones } = await port(() => restError('InternalFailure', 'No.', 500));
  await expect(call(zones)).rejects.toThrow(TypeError);
  expect(fake.requests).toEqual([]);
});

test.each([
  ['"plain"', 'plain'],
  ['"in two " "strings"', 'in two strings'],
  [String.raw`"a \"quote\" and a \\"`, 'a "quote" and a \\'],
  [String.raw`"\052.example"`, '*.example'],
  ['""', ''],
])('when a value is %s, a resolver reads %s', (raw, text) => {
  expect(textOf(raw)).toBe(text);
});

test('when a value is quoted for Route 53, a resolver reads it back', () => {
  const printable = string({ unit: 'grapheme-ascii', maxLength: 200 });
  assertProperty(property(printable, (value) => textOf(quoteTxt(value)) === value));
});

test('when the value is there in two strings, nothing changes, and it can be taken away', () => {
  const record = { values: ['"other"', '"vpce:" "a"'], ttl: 60 };
  expect(withValue(record, 'vpce:a')).toBeNull();
  expect(withoutValue(record, 'vpce:a')).toEqual({ values: ['"other"'], ttl: 60 });
});

test('when a value differs in case, it is another value', () => {
  const record = { values: ['"vpce:A"'], ttl: 60 };
  expect(withValue(record, 'vpce:a')?.values).toEqual(['"vpce:A"', '"vpce:a"']);
  expect(withoutValue(record, 'vpce:a')).toBeNull();
});

test('when the last value goes, the record set goes with it', () => {
  const record = { values: ['"vpce:a"'], ttl: 60 };
  expect(replacement('n.', record, withoutValue(record, 'vpce:a')!)).toEqual([
    {
      Action: 'DELETE',
      ResourceRecordSet: {
        Name: 'n.',
        Type: 'TXT',
        TTL: 60,
        ResourceRecords: [{ Value: '"vpce:a"' }],
      },
    },
  ]);
});
