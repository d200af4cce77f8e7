// A vendor with one service and a crowd of customers with endpoints to it. They are made by
// operations instead of calls, so that a thousand of them take no time.

import type { Lab } from '../lab.ts';
import { CUSTOMER, openLab, VENDOR } from '../lab.ts';

export interface Crowd {
  readonly lab: Lab & { close(): Promise<void> };
  readonly service: { readonly id: string; readonly name: string };
  readonly accounts: readonly string[];
  /** Endpoint ids by account, in the order they were made in. */
  readonly endpoints: ReadonlyMap<string, readonly string[]>;
}

const region = 'us-east-1';

/** So many customers, each with so many endpoints that wait for acceptance. */
export async function openCrowd(customers: number, endpointsEach: number): Promise<Crowd> {
  const accounts = Array.from({ length: customers }, (_, n) => String(Number(CUSTOMER) + n));
  const lab = await openLab({
    world: {
      accounts: [
        { id: VENDOR, loadBalancers: [{ name: 'api-1', region, zoneIds: ['use1-az1'] }] },
        ...accounts.map((id) => ({ id, vpcs: [{ region, zoneIds: ['use1-az1'] }] })),
      ],
    },
  });
  const service = await createService(lab, accounts);
  const made = accounts.map((account) => [account, [] as string[]] as const);
  // Taken in turns, so that an account's endpoints are spread over the whole list.
  for (let n = 0; n < endpointsEach; n += 1) {
    for (const [account, ids] of made) ids.push(await createEndpoint(lab, account, service.name));
  }
  return { lab, service, accounts, endpoints: new Map(made) };
}

/** An endpoint in an account's only subnet. */
export async function createEndpoint(lab: Lab, account: string, name: string): Promise<string> {
  const { world } = lab.simulator;
  const [subnet] = world.subnets.by('owner', `${account}/${region}`);
  const created = await operate(lab, account, 'CreateVpcEndpoint', {
    VpcEndpointType: 'Interface',
    ServiceName: name,
    VpcId: subnet?.vpcId,
    SubnetIds: [subnet?.id],
  });
  return (created as { VpcEndpoint: { VpcEndpointId: string } }).VpcEndpoint.VpcEndpointId;
}

export async function deleteEndpoint(lab: Lab, account: string, id: string): Promise<void> {
  await operate(lab, account, 'DeleteVpcEndpoints', { VpcEndpointIds: [id] });
}

/** Performs an EC2 operation as an account's root. */
export async function operate(
  { simulator }: Lab,
  account: string,
  action: string,
  input: object,
): Promise<object> {
  const { world, catalog } = simulator.simulation;
  const key = world.accessKeys.find(account);
  const operation = catalog.ec2.operations[action];
  if (!key || !operation) throw new Error(`${account} cannot call ${action}`);
  const request = { method: 'POST', path: '/', query: '', headers: [], body: Buffer.alloc(0) };
  const call = { world, caller: key.caller, account, region, input: input as never, request };
  return operation(call);
}

async function createService(lab: Lab, accounts: readonly string[]) {
  const [loadBalancer] = lab.simulator.world.loadBalancers.values();
  const created = await operate(lab, VENDOR, 'CreateVpcEndpointServiceConfiguration', {
    NetworkLoadBalancerArns: [loadBalancer?.id],
  });
  const { ServiceConfiguration } = created as {
    ServiceConfiguration: { ServiceId: string; ServiceName: string };
  };
  const { ServiceId: id, ServiceName: name } = ServiceConfiguration;
  await operate(lab, VENDOR, 'ModifyVpcEndpointServicePermissions', {
    ServiceId: id,
    AddAllowedPrincipals: accounts.map((account) => `arn:aws:iam::${account}:root`),
  });
  return { id, name };
}
