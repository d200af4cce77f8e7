// Simulations of one vendor and its customers, as large as somebody wants them. They are populated
// by operations, not by calls, which would take minutes.

import { createSimulation, type Simulation } from '../../packages/aws-simulator/src/simulation.ts';
import type { Subnet } from '../../packages/aws-simulator/src/world/resources.ts';
import type { AccountSpec } from '../../packages/aws-simulator/src/world/world-spec.ts';

export interface SimulatedWorld {
  readonly size: number;
  readonly simulation: Simulation;
  readonly serviceId: string;
  readonly serviceName: string;
  readonly zoneId: string;
  /** In the order they were made in. */
  readonly endpointIds: readonly string[];
  readonly principals: readonly string[];
  readonly records: readonly string[];
  /** Bytes of heap for one of each. */
  readonly heap: { readonly endpoint: number; readonly principal: number; readonly record: number };
  now(): Date;
}

export const vendor = '111111111111';
export const region = 'us-east-1';

/** The last VPCs have no endpoints yet; each has one subnet. */
export const spareVpcs = 20;

const perVpc = 50;
const vpcsPerCustomer = spareVpcs;
/** The number of records that a hosted zone may have; a world is no larger in this. */
const mostRecords = 10_000;

/** A vendor's service with as many available endpoints and principals; a zone with records. */
export async function simulatedWorld(size: number, collect: () => void): Promise<SimulatedWorld> {
  let time = Date.now();
  const now = () => new Date(time);
  const zoneIds = ['use1-az1'];
  const simulation = createSimulation({
    clock: now,
    seed: size,
    quotas: { recordsPerZone: 2 * mostRecords },
    world: { accounts: [vendorSpec(zoneIds), ...customerSpecs(size, zoneIds)] },
  });
  const service = await createService(simulation);
  const endpointIds: string[] = [];
  const endpoint = await heapPer(size, collect, async () => {
    endpointIds.push(...(await createEndpoints(simulation, service.name, size)));
    await accept(simulation, service.id, endpointIds);
    time += 60_000;
    simulation.world.schedule.settle(time);
  });
  const principals = numbers(size).map((n) => `arn:aws:iam::${accountId(n)}:role/customer`);
  const principal = await heapPer(size, collect, () => allow(simulation, service.id, principals));
  const zoneId = [...simulation.world.hostedZones.values()][0]?.id ?? '';
  const records = numbers(Math.min(size, mostRecords)).map((n) => `r${n}.vendor.example`);
  const record = await heapPer(records.length, collect, async () => {
    await publish(simulation, zoneId, records);
    time += 60_000;
    simulation.world.schedule.settle(time);
  });
  return {
    size,
    simulation,
    serviceId: service.id,
    serviceName: service.name,
    zoneId,
    endpointIds,
    principals,
    records,
    heap: { endpoint, principal, record },
    now,
  };
}

/** In the order they were made in. */
export function customerSubnets({ world }: Simulation): Subnet[] {
  return [...world.subnets.values()].filter(({ account }) => account !== vendor);
}

function vendorSpec(zoneIds: readonly string[]): AccountSpec {
  const loadBalancers = [{ name: 'api', region, zoneIds }];
  return { id: vendor, hostedZones: ['vendor.example'], loadBalancers };
}

/** Room for so many endpoints and for those that are made while it is measured. */
function customerSpecs(size: number, zoneIds: readonly string[]): AccountSpec[] {
  const vpcs = Array.from({ length: vpcsPerCustomer }, () => ({ region, zoneIds }));
  const count = Math.ceil(size / (perVpc * vpcsPerCustomer)) + 1;
  return numbers(count).map((n) => ({ id: accountId(n), vpcs }));
}

async function createService(simulation: Simulation): Promise<{ id: string; name: string }> {
  const [loadBalancer] = simulation.world.loadBalancers.values();
  const { ServiceConfiguration } = (await operate(
    simulation,
    vendor,
    'CreateVpcEndpointServiceConfiguration',
    { NetworkLoadBalancerArns: [loadBalancer?.id ?? ''] },
  )) as { ServiceConfiguration: { ServiceId: string; ServiceName: string } };
  const { ServiceId: id, ServiceName: name } = ServiceConfiguration;
  await allow(simulation, id, ['*']);
  return { id, name };
}

async function createEndpoints(simulation: Simulation, ServiceName: string, size: number) {
  const ids: string[] = [];
  for (const { account, vpcId: VpcId, id: subnetId } of customerSubnets(simulation)) {
    for (let n = 0; n < perVpc && ids.length < size; n++) {
      const input = { VpcEndpointType: 'Interface', ServiceName, VpcId, SubnetIds: [subnetId] };
      const { VpcEndpoint } = (await operate(simulation, account, 'CreateVpcEndpoint', input)) as {
        VpcEndpoint: { VpcEndpointId: string };
      };
      ids.push(VpcEndpoint.VpcEndpointId);
    }
  }
  return ids;
}

async function accept(simulation: Simulation, ServiceId: string, VpcEndpointIds: string[]) {
  const input = { ServiceId, VpcEndpointIds };
  await operate(simulation, vendor, 'AcceptVpcEndpointConnections', input);
}

async function allow(simulation: Simulation, ServiceId: string, principals: string[]) {
  const input = { ServiceId, AddAllowedPrincipals: principals };
  await operate(simulation, vendor, 'ModifyVpcEndpointServicePermissions', input);
}

async function publish(simulation: Simulation, HostedZoneId: string, names: string[]) {
  for (let first = 0; first < names.length; first += 500) {
    const Changes = names.slice(first, first + 500).map((Name) => ({
      Action: 'CREATE',
      ResourceRecordSet: { Name, Type: 'TXT', TTL: 60, ResourceRecords: [{ Value: '"x"' }] },
    }));
    const input = { HostedZoneId, ChangeBatch: { Changes } };
    await operate(simulation, vendor, 'ChangeResourceRecordSets', input, 'route53');
  }
}

/** What a call does, done without one: nothing is signed, throttled or recorded. */
export async function operate(
  { world, catalog }: Simulation,
  account: string,
  action: string,
  input: object,
  service: 'ec2' | 'route53' | 'sns' | 'sqs' = 'ec2',
  where = region,
): Promise<object> {
  const key = world.accessKeys.find(account);
  const operation = catalog[service].operations[action];
  if (!key || !operation) throw new Error(`${account} cannot call ${service}:${action}`);
  const request = { method: 'POST', path: '/', query: '', headers: [], body: Buffer.alloc(0) };
  const place = { world, account, region: where };
  const call = { ...place, caller: key.caller, input: input as never, request };
  return operation(call);
}

async function heapPer(
  count: number,
  collect: () => void,
  make: () => Promise<void>,
): Promise<number> {
  collect();
  const before = process.memoryUsage().heapUsed;
  await make();
  collect();
  return Math.round((process.memoryUsage().heapUsed - before) / count);
}

function accountId(n: number): string {
  return String(200_000_000_000 + n);
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
