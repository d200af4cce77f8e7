// A vendor's whole first day, in figures: 300 entries and 180 live connections, all made by hand,
// imported in bulk, and then taken over.

import { expect, it } from 'vitest';
import { defaultWorldSpec } from '@sallyport/aws-simulator';
import * as connections from '../../src/storage/connections.ts';
import { setModes } from '../../src/usecases/endpoint-services.ts';
import * as imports from '../../src/usecases/imports.ts';
import { plan } from '../../src/usecases/plans.ts';
import * as unmanaged from '../../src/usecases/unmanaged-principals.ts';
import { changesDuring, readAgain, rootArn, serviceNow, stagesOfFile } from './harness.ts';

const stageOfTest = stagesOfFile();

const numbers = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => String(first + index));
/** Those that have endpoints, and networks for them. */
const connected = numbers(600_000_000_000, 180);
const accountIds = [...connected, ...numbers(610_000_000_000, 120)];
const stranger = rootArn('700000000000');
const newcomer = '800000000000';
/** Five accounts for each customer. */
const customerOf = (accountId: string) => `customer-${accountIds.indexOf(accountId) % 60}`;
const reason = 'From the Terraform state of 2026';

/** The service as it was before us: the entries, and connections that are up. */
async function byHand() {
  const [vendor] = defaultWorldSpec().accounts;
  const withNetworks = connected.map((id) => ({ id, vpcs: [{ region: 'us-east-1' }] }));
  const stage = await stageOfTest({ world: { accounts: [vendor!, ...withNetworks] } });
  const { hands, operator, clock } = stage;
  const serviceId = await hands.makeService([stranger]);
  for (let from = 0; from < accountIds.length; from += 100) {
    await hands.allow(serviceId, accountIds.slice(from, from + 100).map(rootArn));
  }
  const endpoints: string[] = [];
  for (const accountId of connected) {
    endpoints.push(await hands.connect(accountId, serviceId));
    clock.advance(500);
  }
  const accepted = { ServiceId: serviceId, VpcEndpointIds: endpoints };
  await hands.vendor().ec2.acceptVpcEndpointConnections(accepted);
  clock.advance(2_000);
  const { id } = await operator.register(await operator.providerAccount(), serviceId);
  await stage.pass(3_000);
  return { stage, service: await serviceNow(stage, id), endpoints };
}

function inventory(endpointServiceId: string, endpoints: string[]): imports.NewImport {
  const externalIds = [...new Set(accountIds.map(customerOf))];
  return {
    reason,
    customers: externalIds.map((externalId) => ({ externalId, name: externalId })),
    accounts: accountIds.map((accountId) => ({ customerId: customerOf(accountId), accountId })),
    grants: externalIds.map((customerId) => ({ customerId, endpointServiceId })),
    connections: endpoints.map((vpcEndpointId, index) => ({
      customerId: customerOf(connected[index]!),
      vpcEndpointId,
    })),
  };
}

it('when 300 entries and 180 connections are imported, nothing changes before manage', async () => {
  const { stage, service, endpoints } = await byHand();
  const { change, glance } = stage;
  const before = glance.allowlist(service.serviceId);
  const rows = inventory(service.id, endpoints);

  const first = await change((context) => imports.create(context, rows));
  expect(first).toMatchObject({ created: 420, updated: 180, unchanged: 0, refused: 0 });
  const again = await change((context) => imports.create(context, rows));
  expect(again).toMatchObject({ created: 0, updated: 0, unchanged: 600, refused: 0 });
  await readAgain(stage, service);
  const shown = await connections.listPresent(stage.db, [service.id]);
  expect(shown).toHaveLength(180);
  expect(shown.every(({ decision, customerId }) => decision === 'accept' && customerId)).toBe(true);
  const found = await change((context) => plan(context, service.id));
  expect(found.principals).toEqual({ add: [], remove: [], contested: [], unmanaged: [stranger] });
  expect(found.connections).toEqual({ accept: [], reject: [], held: [] });
  expect(glance.ourChanges()).toEqual([]);

  // One more customer, and one more endpoint of a known account: that is all there is to do.
  await change((context) =>
    imports.create(context, {
      reason,
      customers: [{ externalId: 'new', name: 'New' }],
      accounts: [{ customerId: 'new', accountId: newcomer }],
      grants: [{ customerId: 'new', endpointServiceId: service.serviceId }],
    }),
  );
  const one = await stage.hands.connect(connected[7]!, service.serviceId);
  await readAgain(stage, service);
  const planned = await change((context) => plan(context, service.id));
  expect(planned.principals).toMatchObject({ add: [rootArn(newcomer)], remove: [] });
  expect(planned.connections).toEqual({ accept: [one], reject: [], held: [] });
  expect(glance.ourChanges()).toEqual([]);
  const calls = await changesDuring(stage, async () => {
    const modes = { principals: 'manage', acceptance: 'manage' } as const;
    await change((context) => setModes(context, service.id, modes));
    await stage.pass(70_000);
  });
  expect(calls.sort()).toEqual([
    'AcceptVpcEndpointConnections ok',
    'ModifyVpcEndpointServicePermissions ok',
  ]);
  expect(glance.allowlist(service.serviceId)).toEqual([...before, rootArn(newcomer)].sort());
  expect([...endpoints, one].map(glance.state)).toEqual(
    Array.from({ length: 181 }, () => 'available'),
  );

  // Adoption is how an entry that nobody wants is removed.
  const adoption = await changesDuring(stage, async () => {
    await change((context) => unmanaged.adopt(context, service.id, stranger, 'Left in 2022'));
    await stage.pass(70_000);
  });
  expect(adoption).toEqual(['ModifyVpcEndpointServicePermissions ok']);
  expect(glance.allowlist(service.serviceId)).not.toContain(stranger);
  expect(stage.errors).toEqual([]);
}, 120_000);
