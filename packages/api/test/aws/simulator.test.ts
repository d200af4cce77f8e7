// The ports against the simulator, which checks signatures, input and state as AWS does.

import { expect, test } from 'vitest';

import { rebuildRequest } from '../../src/domain/proof.ts';
import { failureOf, patience } from './fake-aws.ts';
import { customerRoot, openScene, region, signProof, vendor } from './simulated-aws.ts';
import type { Scene } from './simulated-aws.ts';

async function openService() {
  const scene = await openScene();
  const services = scene.aws.endpointServices(vendor, region);
  const request = {
    clientToken: 'svc_1',
    networkLoadBalancerArns: scene.loadBalancers,
    name: 'api',
    mark: 'dep_1/1',
  };
  const service = await services.createService(request, patience());
  return { ...scene, services, request, service };
}

async function openConnections(count: number) {
  const opened = await openService();
  const { services, service } = opened;
  const change = { add: [customerRoot], remove: [] };
  await services.changePrincipals(service.serviceId, change, patience());
  const ids: string[] = [];
  for (let i = 0; i < count; i++) ids.push(await opened.connect(service.serviceName));
  return { ...opened, ids };
}

function mutations({ simulator }: Scene): string[] {
  return simulator
    .calls()
    .filter(({ mutating }) => mutating)
    .map(({ action, outcome }) => `${action} ${outcome}`);
}

test('when a service is created, it is there, needs acceptance and is listed', async () => {
  const { services, service, loadBalancers } = await openService();
  expect(service).toMatchObject({
    serviceId: expect.stringMatching(/^vpce-svc-[0-9a-f]{17}$/),
    serviceName: `com.amazonaws.vpce.${region}.${service.serviceId}`,
    acceptanceRequired: true,
    privateDns: null,
  });
  const found = await services.getService(service.serviceId, patience());
  expect(found).toMatchObject({ ...service, state: 'available' });
  expect(found!.availabilityZoneIds).toHaveLength(3);
  expect([...found!.networkLoadBalancerArns].sort()).toEqual([...loadBalancers].sort());
  expect(await services.listServices(patience())).toEqual([found]);
});

test('when a service is marked, it has that mark and no other, beside its other tags', async () => {
  const { services, service, simulator } = await openService();
  const { serviceId } = service;
  expect(service.mark).toBe('dep_1/1');
  await services.mark([serviceId], 'dep_1/2', patience());
  expect((await services.getService(serviceId, patience()))!.mark).toBe('dep_1/2');
  const { tags } = simulator.world.endpointServices.get(serviceId)!;
  expect(Object.fromEntries(tags)).toEqual({ Name: 'api', 'sallyport:deployment': 'dep_1/2' });
});

test('when a creation is repeated, it gives the same service', async () => {
  const { services, request, service } = await openService();
  expect(await services.createService(request, patience())).toMatchObject({
    serviceId: service.serviceId,
  });
  expect(await services.listServices(patience())).toHaveLength(1);
  const other = { ...request, networkLoadBalancerArns: request.networkLoadBalancerArns.slice(1) };
  expect(await failureOf(services.createService(other, patience()))).toMatchObject({
    kind: 'conflict',
    code: 'IdempotentParameterMismatch',
  });
});

test('when another region is asked, the service is not there', async () => {
  const { aws, service } = await openService();
  const services = aws.endpointServices(vendor, 'eu-west-1');
  expect(await services.listServices(patience())).toEqual([]);
  expect(await services.getService(service.serviceId, patience())).toBeNull();
});

test('when principals are added and removed, the list follows', async () => {
  const { services, service, ...scene } = await openService();
  const { serviceId } = service;
  const role = 'arn:aws:iam::222222222222:role/network';
  await services.changePrincipals(serviceId, { add: [customerRoot, role], remove: [] }, patience());
  const both = await services.listPrincipals(serviceId, patience());
  expect(both.map(({ arn }) => arn).sort()).toEqual([role, customerRoot].sort());
  expect(both.every(({ permissionId }) => permissionId)).toBe(true);
  await services.changePrincipals(serviceId, { add: [], remove: [customerRoot] }, patience());
  const left = await services.listPrincipals(serviceId, patience());
  expect(left.map(({ arn }) => arn)).toEqual([role]);
  expect(mutations(scene).slice(-2)).toEqual([
    'ModifyVpcEndpointServicePermissions ok',
    'ModifyVpcEndpointServicePermissions ok',
  ]);
});

test('when there are more principals than a page holds, all are read', async () => {
  const { services, service } = await openService();
  const add = Array.from({ length: 1001 }, (_, i) => `arn:aws:iam::${100_000_000_000 + i}:root`);
  await services.changePrincipals(service.serviceId, { add, remove: [] }, patience());
  const found = await services.listPrincipals(service.serviceId, patience());
  expect(found.map(({ arn }) => arn).sort()).toEqual(add);
});

test('when a principal is not one, the change is refused as invalid', async () => {
  const { services, service } = await openService();
  const add = ['arn:aws:iam::222222222222:role/with/path'];
  const change = services.changePrincipals(service.serviceId, { add, remove: [] }, patience());
  expect(await failureOf(change)).toMatchObject({ kind: 'invalid' });
});

test('when a connection is accepted, it comes up; when it is rejected, it goes', async () => {
  const { services, service, ids } = await openConnections(2);
  const { serviceId } = service;
  const waiting = await services.listConnections({ states: ['pendingAcceptance'] }, patience());
  expect(waiting.map(({ vpcEndpointId }) => vpcEndpointId).sort()).toEqual([...ids].sort());
  expect(waiting[0]).toMatchObject({
    serviceId,
    ownerAccountId: '222222222222',
    endpointRegion: region,
    awsState: 'pendingAcceptance',
    createdAt: expect.any(Date),
  });
  expect(await services.accept(serviceId, [ids[0]!], patience())).toEqual([]);
  expect(await services.reject(serviceId, [ids[1]!], patience())).toEqual([]);
  expect(await services.listConnections({ states: ['pendingAcceptance'] }, patience())).toEqual([]);
  await expect
    .poll(() => statesOf(services, ids), { timeout: 5000 })
    .toEqual(['available', 'rejected']);
});

test('when a service is deleted, it goes once no connection is left, and only then', async () => {
  const { services, service, ids } = await openConnections(1);
  const { serviceId } = service;
  const refused = await services.deleteService(serviceId, patience());
  expect(refused).toMatchObject([{ code: 'ExistingVpcEndpointConnections' }]);
  expect(await services.reject(serviceId, ids, patience())).toEqual([]);
  expect(await services.deleteService(serviceId, patience())).toEqual([]);
  await expect.poll(() => services.getService(serviceId, patience()), { timeout: 5000 }).toBeNull();
  const again = await services.deleteService(serviceId, patience());
  expect(again).toMatchObject([{ kind: 'not_found' }]);
});

async function statesOf(
  services: Awaited<ReturnType<typeof openService>>['services'],
  ids: string[],
) {
  const all = await services.listConnections({}, patience());
  return ids.map((id) => all.find(({ vpcEndpointId }) => vpcEndpointId === id)?.awsState);
}

test('when one of two is unknown, it alone fails', async () => {
  const { services, service, ids } = await openConnections(1);
  const absent = 'vpce-00000000000000000';
  const failures = await services.accept(service.serviceId, [absent, ids[0]!], patience());
  expect(failures).toMatchObject([{ vpcEndpointId: absent, kind: 'not_found' }]);
  expect(await statesOf(services, ids)).not.toEqual(['pendingAcceptance']);
});

test('when the service is unknown, accept throws', async () => {
  const { services } = await openService();
  const accept = services.accept('vpce-svc-00000000000000000', ['vpce-01'], patience());
  expect(await failureOf(accept)).toMatchObject({ kind: 'not_found' });
});

test('when the role does not let us in, it says that assuming it was denied', async () => {
  const { aws, simulator } = await openScene();
  const stranger = { ...vendor, externalId: 'guessed' };
  const read = aws.endpointServices(stranger, region).listServices(patience());
  expect(await failureOf(read)).toMatchObject({
    kind: 'denied',
    code: 'AccessDenied',
    action: 'AssumeRole',
  });
  expect(simulator.calls().map(({ action }) => action)).toEqual(['AssumeRole']);
});

const bound = { challenge: 'chl-0123', audience: 'https://sallyport.vendor.example' };
const customerKeys = { accessKeyId: '222222222222', secretAccessKey: 'simulator' };

test('when a customer signs the challenge, STS names its account', async () => {
  const { aws } = await openScene();
  const request = rebuildRequest(signProof(bound, customerKeys), bound);
  expect(await aws.callerIdentity.confirm(request, patience())).toEqual({
    kind: 'identity',
    identity: { accountId: '222222222222', arn: customerRoot },
  });
});

test.each([
  ['another challenge', { ...bound, challenge: 'chl-9999' }],
  ['another audience', { ...bound, audience: 'https://evil.example' }],
])('when the proof was signed for %s, it is refused', async (_, other) => {
  const { aws } = await openScene();
  const request = rebuildRequest(signProof(other, customerKeys), bound);
  expect(await aws.callerIdentity.confirm(request, patience())).toMatchObject({
    kind: 'refused',
    code: 'SignatureDoesNotMatch',
  });
});
