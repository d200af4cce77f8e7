// Hosted zones of several accounts: creating, finding, listing.

import {
  ChangeResourceRecordSetsCommand,
  ChangeTagsForResourceCommand,
  CreateHostedZoneCommand,
  DeleteHostedZoneCommand,
  GetHostedZoneCommand,
  ListHostedZonesByNameCommand,
  ListHostedZonesCommand,
  ListTagsForResourceCommand,
  paginateListHostedZones,
  TestDNSAnswerCommand,
} from '@aws-sdk/client-route-53';
import { expect, test } from 'vitest';
import { lookUpTxt } from '../../../src/world/dns/public-dns.ts';
import { CUSTOMER, failure, type Lab, startLab, VENDOR } from '../../lab.ts';
import { networkOf } from '../../scenes.ts';
import { change, create as added, recordSet, remove, settle } from './zones.ts';

function create(lab: Lab, Name: string, CallerReference = Name) {
  return lab.as(CUSTOMER).route53.send(new CreateHostedZoneCommand({ Name, CallerReference }));
}

test('when a zone is created, it has four name servers, NS and SOA', async () => {
  const lab = await startLab();
  const { HostedZone, DelegationSet, ChangeInfo, Location } = await create(lab, 'Customer.Example');
  expect(HostedZone).toMatchObject({
    Id: expect.stringMatching(/^\/hostedzone\/Z[A-Z0-9]+$/),
    Name: 'customer.example.',
    Config: { PrivateZone: false },
    ResourceRecordSetCount: 2,
  });
  expect(DelegationSet?.NameServers).toHaveLength(4);
  expect(ChangeInfo?.Status).toBe('PENDING');
  expect(Location).toContain(HostedZone?.Id ?? 'no id');
  const found = await lab
    .as(CUSTOMER)
    .route53.send(new GetHostedZoneCommand({ Id: HostedZone?.Id }));
  expect(found).toMatchObject({ HostedZone, DelegationSet });
});

test('when a reference comes again or a name is none, the zone is refused', async () => {
  const lab = await startLab({ quotas: { zonesPerAccount: 1 } });
  await create(lab, 'customer.example', 'ref');
  expect((await failure(create(lab, 'other.example', 'ref'))).code).toBe('HostedZoneAlreadyExists');
  expect((await failure(create(lab, 'a..example', 'x'))).code).toBe('InvalidDomainName');
  expect((await failure(create(lab, 'other.example', 'y'))).code).toBe('TooManyHostedZones');
});

test('when a zone is private, it has a VPC and is marked', async () => {
  const lab = await startLab();
  const { vpcId } = await networkOf(lab);
  const { route53 } = lab.as(CUSTOMER);
  const command = (id: string) =>
    new CreateHostedZoneCommand({
      Name: 'inner.example',
      CallerReference: id,
      VPC: { VPCId: id, VPCRegion: 'us-east-1' },
    });
  expect((await failure(route53.send(command('vpc-0123456789abcdef0')))).code).toBe('InvalidVPCId');
  const { HostedZone } = await route53.send(command(vpcId));
  expect(HostedZone?.Config?.PrivateZone).toBe(true);
  const { VPCs, DelegationSet } = await route53.send(
    new GetHostedZoneCommand({ Id: HostedZone?.Id }),
  );
  expect([VPCs, DelegationSet]).toEqual([[{ VPCId: vpcId, VPCRegion: 'us-east-1' }], undefined]);
});

test('when another account asks, a zone is not there', async () => {
  const lab = await startLab();
  const { HostedZones } = await lab.as(VENDOR).route53.send(new ListHostedZonesCommand({}));
  expect(HostedZones).toMatchObject([{ Name: 'vendor.example.' }]);
  const [zone] = HostedZones ?? [];
  const { route53 } = lab.as(CUSTOMER);
  expect((await route53.send(new ListHostedZonesCommand({}))).HostedZones).toEqual([]);
  const get = route53.send(new GetHostedZoneCommand({ Id: zone?.Id }));
  expect((await failure(get)).code).toBe('NoSuchHostedZone');
  const record = { Name: 'a.vendor.example', Type: 'TXT', TTL: 1 } as const;
  const ResourceRecordSet = { ...record, ResourceRecords: [{ Value: '"x"' }] };
  const change = route53.send(
    new ChangeResourceRecordSetsCommand({
      HostedZoneId: zone?.Id,
      ChangeBatch: { Changes: [{ Action: 'CREATE', ResourceRecordSet }] },
    }),
  );
  expect((await failure(change)).code).toBe('NoSuchHostedZone');
});

test('when zones are listed, pages join up and a name is where to start', async () => {
  const lab = await startLab();
  const names = ['b.example', 'a.b.example', 'a.example', 'c.test', 'c.example'];
  for (const name of names) await create(lab, name);
  const { route53: client } = lab.as(CUSTOMER);
  const seen: (string | undefined)[] = [];
  for await (const page of paginateListHostedZones({ client, pageSize: 2 }, {})) {
    expect(page.HostedZones?.length).toBeLessThanOrEqual(2);
    seen.push(...(page.HostedZones ?? []).map(({ Name }) => Name));
  }
  expect(seen).toEqual(names.map((name) => `${name}.`));
  const byName = await client.send(
    new ListHostedZonesByNameCommand({ DNSName: 'b.example', MaxItems: 3 }),
  );
  expect(byName.HostedZones?.map(({ Name }) => Name)).toEqual([
    'b.example.',
    'a.b.example.',
    'c.example.',
  ]);
  expect(byName).toMatchObject({ IsTruncated: true, NextDNSName: 'c.test.' });
  const missing = await client.send(new ListHostedZonesByNameCommand({ DNSName: 'zz.test' }));
  expect(missing).toMatchObject({ HostedZones: [], IsTruncated: false });
});

test('when a zone is deleted, it must be empty, and its name servers answer no more', async () => {
  const lab = await startLab();
  const { HostedZone } = await create(lab, 'customer.example');
  const Id = HostedZone?.Id ?? '';
  const set = recordSet('TXT', 'a.customer.example', '"x"');
  await change(lab, Id, [added(set)], CUSTOMER);
  settle(lab);
  const { route53 } = lab.as(CUSTOMER);
  const remains = await failure(route53.send(new DeleteHostedZoneCommand({ Id })));
  expect(remains.code).toBe('HostedZoneNotEmpty');
  expect(lookUpTxt(lab.simulator.world, 'a.customer.example')).toEqual(['x']);
  await change(lab, Id, [remove(set)], CUSTOMER);
  const { ChangeInfo } = await route53.send(new DeleteHostedZoneCommand({ Id }));
  expect(ChangeInfo?.Status).toBe('PENDING');
  expect(lookUpTxt(lab.simulator.world, 'a.customer.example')).toEqual([]);
  const get = route53.send(new GetHostedZoneCommand({ Id }));
  expect((await failure(get)).code).toBe('NoSuchHostedZone');
});

test('when a zone is busy, it refuses changes and answers reads', async () => {
  const lab = await startLab({ delays: { zoneBusy: 1000 } });
  const { HostedZone } = await create(lab, 'customer.example');
  const Id = HostedZone?.Id ?? '';
  const one = [added(recordSet('TXT', 'a.customer.example', '"x"'))];
  expect(await failure(change(lab, Id, one, CUSTOMER))).toEqual({
    code: 'PriorRequestNotComplete',
    message: 'The request was rejected because Route 53 was still processing a prior request.',
  });
  const { route53 } = lab.as(CUSTOMER);
  expect((await route53.send(new GetHostedZoneCommand({ Id }))).HostedZone?.Id).toBe(Id);
  await create(lab, 'other.example');
  lab.advance(1000);
  expect((await change(lab, Id, one, CUSTOMER))?.Status).toBe('PENDING');
});

test('when a new zone is not INSYNC yet, its name servers do not answer', async () => {
  const lab = await startLab();
  const { HostedZone } = await create(lab, 'customer.example');
  const ask = new TestDNSAnswerCommand({
    HostedZoneId: HostedZone?.Id,
    RecordName: 'Customer.Example',
    RecordType: 'NS',
  });
  const { route53 } = lab.as(CUSTOMER);
  expect(await route53.send(ask)).toMatchObject({ ResponseCode: 'NXDOMAIN', RecordData: [] });
  settle(lab);
  const answer = await route53.send(ask);
  expect(answer).toMatchObject({
    RecordName: 'customer.example.',
    RecordType: 'NS',
    ResponseCode: 'NOERROR',
    Protocol: 'UDP',
  });
  expect(answer.RecordData).toHaveLength(4);
  expect(answer.RecordData).toContain(`${answer.Nameserver}.`);
});

test('when tags are too many or too long, none is changed', async () => {
  const lab = await startLab({ quotas: { tagsPerResource: 2 } });
  const { HostedZone } = await create(lab, 'customer.example');
  const ResourceId = HostedZone?.Id?.replace('/hostedzone/', '');
  const resource = { ResourceType: 'hostedzone', ResourceId } as const;
  const { route53 } = lab.as(CUSTOMER);
  const tag = (Key: string, Value = 'v') => ({ Key, Value });
  const put = (...AddTags: { Key: string; Value: string }[]) =>
    route53.send(new ChangeTagsForResourceCommand({ ...resource, AddTags }));
  await put(tag('a'), tag('b'));
  await put(tag('a', 'w'));
  const eleven = Array.from({ length: 11 }, (_, index) => tag(`t${index}`));
  for (const tags of [[tag('c')], [tag('x'.repeat(129))], [tag('a', 'y'.repeat(257))], eleven]) {
    expect((await failure(put(...tags))).code).toBe('InvalidInput');
  }
  const { ResourceTagSet } = await route53.send(new ListTagsForResourceCommand(resource));
  expect(ResourceTagSet?.Tags).toEqual([tag('a', 'w'), tag('b')]);
});

test('when zones of one name are made, no two share a name server', async () => {
  const lab = await startLab();
  const servers: (string | undefined)[] = [];
  for (let index = 0; index < 20; index += 1) {
    const { DelegationSet } = await create(lab, 'customer.example', `ref-${index}`);
    servers.push(...(DelegationSet?.NameServers ?? []));
  }
  expect(new Set(servers).size).toBe(80);
});
