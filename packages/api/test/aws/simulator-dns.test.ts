// HostedZonePort and private DNS against the simulator, whose DNS is what its zones publish.

import { expect, test } from 'vitest';

import { quoteTxt } from '../../src/domain/private-dns.ts';
import type { HostedZonePort, RecordChange } from '../../src/aws/ports.ts';
import { failureOf, patience } from './fake-aws.ts';
import { domain, openScene, privateName, region, vendor } from './simulated-aws.ts';

const record = `_token.${domain}`;

async function openZone() {
  const scene = await openScene();
  const zones = scene.aws.hostedZones(vendor);
  const zoneId = await zones.findZone(domain, patience());
  if (zoneId === null) throw new Error(`The world has no zone ${domain}.`);
  const changes = () => scene.simulator.calls().filter(({ mutating }) => mutating).length;
  return { ...scene, zones, zoneId, changes };
}

async function insync(zones: HostedZonePort, { changeId }: RecordChange): Promise<void> {
  if (changeId === null) throw new Error('Nothing was changed.');
  const status = () => zones.changeStatus(changeId, patience());
  await expect.poll(status, { timeout: 5000 }).toBe('insync');
}

test('when a zone is looked for, only its exact name finds it', async () => {
  const { zones, zoneId } = await openZone();
  expect(zoneId).toMatch(/^Z[A-Z0-9]+$/);
  expect(await zones.findZone('Vendor.Example.', patience())).toBe(zoneId);
  expect(await zones.findZone(privateName, patience())).toBeNull();
  expect(await zones.findZone('example', patience())).toBeNull();
});

test('when a first value is added, it is pending, then in sync, and there', async () => {
  const { zones, zoneId } = await openZone();
  expect(await zones.readTxt(zoneId, record, patience())).toBeNull();
  const change = await zones.addTxtValue(zoneId, record, 'vpce:a', patience());
  expect(await zones.changeStatus(change.changeId!, patience())).toBe('pending');
  await insync(zones, change);
  expect(await zones.readTxt(zoneId, record, patience())).toEqual({
    values: ['"vpce:a"'],
    ttl: 300,
  });
});

test('when values come and go, those of others stay', async () => {
  const { zones, zoneId } = await openZone();
  const read = async () => (await zones.readTxt(zoneId, record, patience()))?.values.sort();
  await zones.addTxtValue(zoneId, record, 'theirs "quoted"', patience());
  await zones.addTxtValue(zoneId, record, 'vpce:a', patience());
  expect(await read()).toEqual(['"vpce:a"', quoteTxt('theirs "quoted"')].sort());
  await zones.removeTxtValue(zoneId, record, 'vpce:a', patience());
  expect(await read()).toEqual([quoteTxt('theirs "quoted"')]);
  await zones.removeTxtValue(zoneId, record, 'theirs "quoted"', patience());
  expect(await read()).toBeUndefined();
});

test('when there is nothing to change, nothing is sent', async () => {
  const { zones, zoneId, changes } = await openZone();
  await zones.addTxtValue(zoneId, record, 'vpce:a', patience());
  const before = changes();
  const again = await zones.addTxtValue(zoneId, record.toUpperCase(), 'vpce:a', patience());
  const absent = await zones.removeTxtValue(zoneId, record, 'vpce:b', patience());
  expect([again, absent]).toEqual([{ changeId: null }, { changeId: null }]);
  expect(changes()).toBe(before);
});

test('when many hands add values at once, none is lost', async () => {
  const { zones, zoneId } = await openZone();
  const values = ['vpce:a', 'vpce:b', 'vpce:c'];
  await Promise.all(values.map((value) => zones.addTxtValue(zoneId, record, value, patience())));
  const found = await zones.readTxt(zoneId, record, patience());
  expect(found?.values.sort()).toEqual(values.map(quoteTxt));
});

test('when the zone or the change does not exist, it is not found', async () => {
  const { zones } = await openZone();
  const read = failureOf(zones.readTxt('Z0000000000000000', record, patience()));
  expect(await read).toMatchObject({ kind: 'not_found', code: 'NoSuchHostedZone' });
  const status = failureOf(zones.changeStatus('C0000000000000000', patience()));
  expect(await status).toMatchObject({ kind: 'not_found', code: 'NoSuchChange' });
});

test('when the record is published and verified, the service shows a verified name', async () => {
  const { aws, zones, zoneId, loadBalancers } = await openZone();
  const services = aws.endpointServices(vendor, region);
  const { serviceId } = await services.createService(
    { clientToken: 'svc_1', networkLoadBalancerArns: loadBalancers, name: 'api', mark: 'dep_1/1' },
    patience(),
  );
  await services.setPrivateDnsName(serviceId, privateName, patience());
  const privateDns = async () => (await services.getService(serviceId, patience()))!.privateDns;
  const unverified = await privateDns();
  expect(unverified).toMatchObject({ name: privateName, state: 'pendingVerification' });
  const { label, value } = unverified!;
  await insync(zones, await zones.addTxtValue(zoneId, `${label}.${domain}`, value!, patience()));
  await services.startPrivateDnsVerification(serviceId, patience());
  const state = async () => (await privateDns())!.state;
  await expect.poll(state, { timeout: 5000 }).toBe('verified');
  await services.setPrivateDnsName(serviceId, null, patience());
  expect(await privateDns()).toBeNull();
});
