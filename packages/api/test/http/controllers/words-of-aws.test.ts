// What AWS says when it refuses may name the vendor's roles and other customers: it is for staff,
// and reaches no answer, event or message of a customer.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { AwsError } from '../../../src/aws/errors.ts';
import { serviceTargets, connectionsTarget } from '../../../src/domain/target.ts';
import { arrive } from '../../../src/reconcile/arrival.ts';
import { fanOut } from '../../../src/reconcile/deliveries.ts';
import { claimDueTargets, runTarget, type WorkerOptions } from '../../../src/reconcile/worker.ts';
import { openDeliveryQueue } from '../../../src/storage/delivery-queue.ts';
import * as events from '../../../src/storage/events.ts';
import * as targets from '../../../src/storage/targets.ts';
import { spec, startApi, type Api } from '../../harness.ts';
import { imagineAws, type ImaginedAws } from '../../reconcile/imagined-aws.ts';
import { testSeals } from '../../secret-seals.ts';
import { changeSamples, sample, send } from './requests.ts';
import { createWorld, type World } from './world.ts';

const vendorRole = 'arn:aws:sts::999999999999:assumed-role/vendor-only/sallyport';
let words: string;
let api: Api;
let world: World;
let aws: ImaginedAws;
let worker: WorkerOptions;

beforeAll(async () => {
  api = await startApi();
  world = await createWorld(api);
  words = `User: ${vendorRole} is not authorized, nor is ${world.globex.arn}`;
  aws = imagineAws();
  const { db, clock, makeId } = api;
  const own = { now: clock.now, makeId, startedAt: clock.now(), name: 'worker' };
  worker = { db, aws, ...own, onError: () => {} };
  await arrive({ db, now: clock.now, makeId });
  await showWorld();
});
afterAll(() => api.close());

/** AWS has the service and its connections, and an allowlist that nobody is on. */
async function showWorld(): Promise<void> {
  const { service, acme, globex } = world;
  const { serviceId, serviceName } = service;
  aws.services.set(serviceId!, {
    serviceId: serviceId!,
    serviceName: serviceName!,
    state: 'available',
    acceptanceRequired: true,
    availabilityZoneIds: ['use1-az1'],
    networkLoadBalancerArns: [],
    privateDns: null,
    mark: null,
  });
  aws.connections = [acme, globex].map(({ connection }) => ({
    serviceId: serviceId!,
    vpcEndpointId: connection.vpcEndpointId,
    ownerAccountId: connection.ownerAccountId,
    awsState: 'pendingAcceptance',
    endpointRegion: 'us-east-1',
    createdAt: api.clock.now(),
  }));
}

function refuse(action: string): never {
  const code = 'UnauthorizedOperation';
  throw new AwsError(words, { kind: 'denied', code, action, awsRequestId: null });
}

async function work(seconds: number): Promise<void> {
  const { service } = world;
  const { now } = api.clock;
  await targets.nudge(api.db, [...serviceTargets(service), connectionsTarget(service)], now());
  for (let second = 0; second < seconds; second++) {
    api.clock.advance(1_000);
    for (const lease of await claimDueTargets(worker, 100)) {
      await runTarget(worker, lease, new AbortController().signal);
    }
  }
}

/** All that a customer may read, its events and what its webhook is sent among it. */
async function toldTo(customer: 'customer'): Promise<string[]> {
  const told: string[] = [];
  for (const { operationId, 'x-roles': roles = [] } of reads) {
    if (!roles.includes('customer')) continue;
    const sending = await sample(world, operationId);
    told.push(`${operationId} ${(await send(api, customer, sending)).text}`);
  }
  const { id } = world.acme.connection;
  told.push((await api.request(customer).get(`/v1/connections/${id}/diagnosis`)).text);
  const sent = await api.db.query<{ payload: string }>('SELECT payload FROM deliveries');
  return [...told, ...sent.map(({ payload }) => payload)];
}
const reads = Object.values(spec.paths).flatMap(({ get }) => get ?? []);

/** The places in which the words are, of those that a reader sees. */
const leaks = (told: string[]) =>
  told.filter((text) => text.includes('vendor-only') || text.includes(world.globex.arn));

async function sendEvents(): Promise<void> {
  const { db, makeId, clock } = api;
  await events.publish(db, () => makeId('event'));
  const queue = await openDeliveryQueue(db, () => {});
  const post = async () => 200;
  const delivering = { db, queue, post, now: clock.now, makeId, secretSeals: testSeals };
  while (await fanOut(delivering));
  await queue.stop();
}

it('when AWS refuses every call, a customer reads nothing of its words', async () => {
  aws.before = (call) => refuse(call);
  await send(api, 'customer', await changeSamples.submitProof!.make(world));
  await work(3);
  await sendEvents();
  expect(await api.dump()).toContain('vendor-only');
  expect(leaks(await toldTo('customer'))).toEqual([]);
});

it('when AWS refuses changes, and connections one by one, neither', async () => {
  const { service, acme } = world;
  await api.request('operator').put(`/v1/endpoint-services/${service.id}/private-dns`).send({
    name: 'api.vendor.example',
  });
  aws.before = (call) => {
    if (['changePrincipals', 'setPrivateDnsName'].includes(call)) refuse(call);
  };
  const port = aws.endpointServices;
  aws.endpointServices = (...place) => ({
    ...port(...place),
    accept: async (_, ids) =>
      ids.map((vpcEndpointId) => {
        return { vpcEndpointId, kind: 'denied', code: 'UnauthorizedOperation', message: words };
      }),
  });
  await work(10);
  await sendEvents();
  expect(leaks(await toldTo('customer'))).toEqual([]);
  const path = `/v1/connections/${acme.connection.id}/diagnosis`;
  const seen = [(await api.request('customer').get(path)).text];
  expect(seen[0]).toContain('UnauthorizedOperation');
  const staff = [
    path,
    `/v1/effects?endpoint_service_id=${service.id}`,
    `/v1/endpoint-services/${service.id}/private-dns`,
    '/v1/reconcile-targets?limit=200',
    `/v1/endpoint-services/${service.id}/drift`,
  ];
  for (const place of staff) {
    const { text } = await api.request('support').get(place).expect(200);
    expect([place, text.includes('vendor-only')]).toEqual([place, true]);
  }
});

it('when the customer leaves and AWS refuses to be read, neither', async () => {
  aws.before = (call) => refuse(call);
  await api.request('operator').post(`/v1/customers/${api.acme.id}/offboard`).expect(202);
  await work(3);
  await sendEvents();
  const told = await toldTo('customer');
  expect(told.join()).toContain('offboard_customer');
  expect(leaks(told)).toEqual([]);
});
