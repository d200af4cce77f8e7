// What resolvers answer: on the internet, and inside the VPCs of a hub and its spokes.

import { ModifyVpcEndpointCommand } from '@aws-sdk/client-ec2';
import { DisassociateVPCFromHostedZoneCommand } from '@aws-sdk/client-route-53';
import { describe, expect, test } from 'vitest';
import { resolve } from '../../src/world/dns/resolver.ts';
import { CUSTOMER, type Lab, OTHER_CUSTOMER, startLab } from '../lab.ts';
import {
  accept,
  connect,
  endpointNow,
  networkOf,
  offerService,
  verifyPrivateDns,
} from '../scenes.ts';
import {
  alias,
  change,
  create,
  newZone,
  recordSet,
  remove,
  settle,
  shareZone,
  upsert,
  vendorZone,
  vpcOf,
} from '../services/route53/zones.ts';

const PRIVATE_NAME = 'api.vendor.example';

function ask(
  lab: Lab,
  name: string,
  { type = 'A', vpcId }: { type?: string; vpcId?: string } = {},
) {
  const { world } = lab.simulator;
  world.schedule.settle(lab.now().getTime());
  const { status, answers } = resolve(world, { name, type, vpcId });
  return { status, values: answers.map(({ value }) => value), answers };
}

/** A service with a verified private name, and an available endpoint of the customer to it. */
async function hub(lab: Lab) {
  const service = await offerService(lab, { PrivateDnsName: PRIVATE_NAME });
  await verifyPrivateDns(lab, service.id);
  const network = await networkOf(lab);
  const { VpcEndpointId: id = '' } = await connect(lab, service, {
    SubnetIds: [...network.subnetIds],
  });
  await accept(lab, service, id);
  const addresses = [...lab.simulator.world.networkInterfaces.values()]
    .filter(({ endpointId }) => endpointId === id)
    .map(({ address }) => address);
  const { DnsEntries = [] } = (await endpointNow(lab, id)) ?? {};
  const names = DnsEntries.map(({ DnsName = '' }) => DnsName);
  return { id, addresses, names, zoneId: DnsEntries[0]?.HostedZoneId ?? '', ...network };
}

async function setPrivateDns(lab: Lab, VpcEndpointId: string, PrivateDnsEnabled: boolean) {
  await lab
    .as(CUSTOMER)
    .ec2.send(new ModifyVpcEndpointCommand({ VpcEndpointId, PrivateDnsEnabled }));
  lab.advance(lab.simulator.world.delays.endpointModified);
}

describe('an endpoint', () => {
  test('when it has no private name, its public names answer for everybody', async () => {
    const lab = await startLab();
    const { vpcId, addresses, names } = await hub(lab);
    const [regional = '', ...zonal] = names;
    expect(addresses).toHaveLength(3);
    expect(ask(lab, regional)).toMatchObject({ status: 'NOERROR', values: addresses });
    expect(ask(lab, regional, { vpcId }).values).toEqual(addresses);
    expect(zonal.map((name) => ask(lab, name).values)).toEqual(addresses.map((one) => [one]));
    expect(ask(lab, regional, { type: 'AAAA' })).toMatchObject({ status: 'NOERROR', values: [] });
    expect(ask(lab, regional.replace(/-[a-z0-9]{8}\./, '-00000000.')).status).toBe('NXDOMAIN');
    expect(ask(lab, PRIVATE_NAME, { vpcId })).toMatchObject({ status: 'NXDOMAIN', values: [] });
  });

  test('when its private name is on, only its own VPC sees it', async () => {
    const lab = await startLab();
    const { id, vpcId, addresses } = await hub(lab);
    const answer = '198.51.100.7';
    await change(lab, vendorZone(lab), [create(recordSet('A', PRIVATE_NAME, answer))]);
    settle(lab);
    await setPrivateDns(lab, id, true);
    const inside = ask(lab, PRIVATE_NAME, { vpcId });
    expect(inside).toMatchObject({ status: 'NOERROR', values: addresses });
    expect(inside.answers[0]).toMatchObject({ source: { id, private: true }, ttl: 60 });
    expect(ask(lab, `deep.${PRIVATE_NAME}`, { vpcId }).status).toBe('NXDOMAIN');
    const { vpcId: other } = await networkOf(lab, OTHER_CUSTOMER);
    expect(ask(lab, PRIVATE_NAME, { vpcId: other }).values).toEqual([answer]);
    expect(ask(lab, PRIVATE_NAME).values).toEqual([answer]);
    await setPrivateDns(lab, id, false);
    expect(ask(lab, PRIVATE_NAME, { vpcId }).values).toEqual([answer]);
  });

  test('when the VPC has its DNS switched off, it answers less or nothing', async () => {
    const lab = await startLab();
    const { id, vpcId, names } = await hub(lab);
    await setPrivateDns(lab, id, true);
    const vpc = lab.simulator.world.vpcs.get(vpcId);
    if (!vpc) throw new Error('The hub has no VPC.');
    vpc.dnsHostnames = false;
    expect(ask(lab, PRIVATE_NAME, { vpcId }).status).toBe('NXDOMAIN');
    expect(ask(lab, names[0] ?? '', { vpcId }).values).toHaveLength(3);
    vpc.dnsSupport = false;
    expect(ask(lab, names[0] ?? '', { vpcId })).toMatchObject({ status: 'SERVFAIL', values: [] });
    expect(ask(lab, names[0] ?? '', { vpcId: 'vpc-0' }).status).toBe('SERVFAIL');
  });
});

test('when a hub shares a private zone with spokes, they reach the endpoint by name', async () => {
  const lab = await startLab();
  const { vpcId, addresses, names, zoneId } = await hub(lab);
  const vpc = await vpcOf(lab);
  const zone = await newZone(lab, PRIVATE_NAME, { vpc });
  const [regional = ''] = names;
  await change(lab, zone.Id, [create(alias(PRIVATE_NAME, zoneId, regional))], CUSTOMER);
  const spoke = await vpcOf(lab, OTHER_CUSTOMER);
  const spokeId = spoke.VPCId ?? '';
  expect(ask(lab, PRIVATE_NAME, { vpcId })).toMatchObject({ status: 'NOERROR', values: [] });
  settle(lab);
  expect(ask(lab, PRIVATE_NAME, { vpcId }).values).toEqual(addresses);
  expect(ask(lab, PRIVATE_NAME, { vpcId: spokeId }).status).toBe('NXDOMAIN');
  await shareZone(
    lab,
    { zoneId: zone.Id, owner: CUSTOMER },
    { vpc: spoke, account: OTHER_CUSTOMER },
  );
  expect(ask(lab, PRIVATE_NAME, { vpcId: spokeId }).status).toBe('NXDOMAIN');
  settle(lab);
  const inSpoke = ask(lab, PRIVATE_NAME, { vpcId: spokeId });
  expect(inSpoke.values).toEqual(addresses);
  expect(inSpoke.answers[0]?.source.private).toBe(true);
  const leave = new DisassociateVPCFromHostedZoneCommand({ HostedZoneId: zone.Id, VPC: spoke });
  await lab.as(OTHER_CUSTOMER).route53.send(leave);
  expect(ask(lab, PRIVATE_NAME, { vpcId: spokeId }).values).toEqual(addresses);
  settle(lab);
  expect(ask(lab, PRIVATE_NAME, { vpcId: spokeId }).status).toBe('NXDOMAIN');
});

test('when a private zone fits, it hides the public DNS, also where it has no record', async () => {
  const lab = await startLab();
  const { vpcId } = await networkOf(lab);
  await change(lab, vendorZone(lab), [
    create(recordSet('TXT', 'www.vendor.example', '"public"')),
    create(recordSet('TXT', 'a.in.vendor.example', '"public"')),
  ]);
  const outer = await newZone(lab, 'vendor.example', { vpc: await vpcOf(lab) });
  await newZone(lab, 'in.vendor.example', { vpc: await vpcOf(lab) });
  await change(lab, outer.Id, [create(recordSet('TXT', 'mine.vendor.example', '"x"'))], CUSTOMER);
  settle(lab);
  const txt = (name: string, vpc?: string) => {
    const { status, values } = ask(lab, name, { type: 'txt', ...(vpc ? { vpcId: vpc } : {}) });
    return [status, ...values];
  };
  expect(txt('mine.vendor.example', vpcId)).toEqual(['NOERROR', '"x"']);
  expect(txt('www.vendor.example', vpcId)).toEqual(['NXDOMAIN']);
  expect(txt('a.in.vendor.example', vpcId)).toEqual(['NXDOMAIN']);
  expect(txt('www.vendor.example')).toEqual(['NOERROR', '"public"']);
  expect(txt('mine.vendor.example')).toEqual(['NXDOMAIN']);
});

test('when a name is an alias of another, the chain is followed and has an end', async () => {
  const lab = await startLab();
  const zone = vendorZone(lab);
  await change(lab, zone, [
    create(recordSet('CNAME', 'a.vendor.example', 'B.vendor.example.')),
    create(recordSet('CNAME', 'b.vendor.example', 'c.vendor.example')),
    create(recordSet('A', 'c.vendor.example', '192.0.2.1', '192.0.2.2')),
    create(alias('d.vendor.example', zone, 'c.vendor.example')),
    create(recordSet('CNAME', 'x.vendor.example', 'y.vendor.example')),
    create(recordSet('CNAME', 'y.vendor.example', 'x.vendor.example')),
    create(recordSet('CNAME', 'out.vendor.example', 'nobody.test')),
  ]);
  settle(lab);
  const chain = ask(lab, 'A.Vendor.Example.');
  expect(chain.answers.map(({ name, type, value }) => [name, type, value])).toEqual([
    ['a.vendor.example.', 'CNAME', 'B.vendor.example.'],
    ['b.vendor.example.', 'CNAME', 'c.vendor.example'],
    ['c.vendor.example.', 'A', '192.0.2.1'],
    ['c.vendor.example.', 'A', '192.0.2.2'],
  ]);
  expect(ask(lab, 'a.vendor.example', { type: 'CNAME' }).values).toEqual(['B.vendor.example.']);
  expect(ask(lab, 'd.vendor.example').answers).toMatchObject([
    { name: 'd.vendor.example.', type: 'A', value: '192.0.2.1' },
    { name: 'd.vendor.example.', type: 'A', value: '192.0.2.2' },
  ]);
  expect(ask(lab, 'x.vendor.example').status).toBe('SERVFAIL');
  expect(ask(lab, 'out.vendor.example')).toMatchObject({ status: 'NXDOMAIN' });
  expect(ask(lab, 'a..b').status).toBe('FORMERR');
});

test('when record sets are routed, one answer of them is given', async () => {
  const lab = await startLab();
  const name = 'r.vendor.example';
  const { vpcId } = await networkOf(lab, CUSTOMER, 'eu-west-1');
  const routed = (SetIdentifier: string, value: string, policy: object) =>
    upsert({ ...recordSet('A', name, value), SetIdentifier, ...policy });
  const policies: [object, object, string][] = [
    [{ Weight: 1 }, { Weight: 200 }, '192.0.2.2'],
    [{ Region: 'us-east-1' }, { Region: 'eu-west-1' }, '192.0.2.2'],
    [{ Failover: 'SECONDARY' }, { Failover: 'PRIMARY' }, '192.0.2.2'],
    [{ GeoLocation: { CountryCode: 'DE' } }, { GeoLocation: { CountryCode: '*' } }, '192.0.2.2'],
    [{ MultiValueAnswer: true }, { MultiValueAnswer: true }, '192.0.2.1 192.0.2.2'],
  ];
  for (const [one, two, expected] of policies) {
    const sets = [routed('one', '192.0.2.1', one), routed('two', '192.0.2.2', two)];
    await change(lab, vendorZone(lab), sets);
    settle(lab);
    expect(ask(lab, name, { vpcId }).values.join(' ')).toBe(expected);
    const gone = sets.map(({ ResourceRecordSet = {} as never }) => remove(ResourceRecordSet));
    await change(lab, vendorZone(lab), gone);
  }
  settle(lab);
  expect(ask(lab, name).status).toBe('NXDOMAIN');
});

test('when a wildcard covers a name, it answers unless the name exists', async () => {
  const lab = await startLab();
  await change(lab, vendorZone(lab), [
    create(recordSet('A', '*.w.vendor.example', '192.0.2.9')),
    create(recordSet('A', 'a.taken.w.vendor.example', '192.0.2.1')),
  ]);
  settle(lab);
  expect(ask(lab, 'x.w.vendor.example').values).toEqual(['192.0.2.9']);
  expect(ask(lab, 'x.y.w.vendor.example').values).toEqual(['192.0.2.9']);
  expect(ask(lab, 'taken.w.vendor.example')).toMatchObject({ status: 'NOERROR', values: [] });
  expect(ask(lab, 'b.taken.w.vendor.example').status).toBe('NXDOMAIN');
  expect(ask(lab, 'x.w.vendor.example', { type: 'TXT' })).toMatchObject({
    status: 'NOERROR',
    values: [],
  });
});
