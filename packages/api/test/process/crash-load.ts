// What goes on while a service is killed: a vendor who lets customers in and out again, and
// customers who connect. All of it follows from a seed; when each thing happens does not.

import { setTimeout as pause } from 'node:timers/promises';
import type { Choice } from '../../../../tools/simulate/choice.ts';
import type { PersistentClient } from './persistent-client.ts';
import type { WitnessedAws } from './witnessed-aws.ts';

export interface Load {
  /** The provider account and the first service. */
  open(): Promise<void>;
  /** One round's changes; resolves when all of them are acknowledged. */
  play(): Promise<void>;
  /** The tenant makes an endpoint, which it can once it is let in. */
  connect(tenant: Tenant): Promise<void>;
  tenants: Tenant[];
  services: Service[];
}

export interface Tenant {
  id: string;
  accountId: string;
  service: Service;
  /** Endpoints of its account on the service. */
  endpoints: string[];
  /** Whether it has been seen on the allowlist, so that it can connect. */
  isIn: boolean;
  /** Whether it was told to leave, so that nothing of it may be left in AWS. */
  leaves: boolean;
}

export interface Service {
  id: string;
  loadBalancerArn: string;
}

export interface LoadOptions {
  client: PersistentClient;
  aws: WitnessedAws;
  choice: Choice;
  /** The vendor's account in AWS. */
  vendor: string;
  region: string;
}

const tenantsMax = 3;
const pauseMaxMs = 120;

export function createLoad(options: LoadOptions): Load {
  const tenants: Tenant[] = [];
  const services: Service[] = [];
  const stage: Stage = { ...options, tenants, services, providerAccountId: '' };
  return {
    tenants,
    services,
    open: async () => {
      const { client, vendor, region } = options;
      const wanted = { name: 'production', account_id: vendor, regions: [region] };
      const { body } = await client.change('POST', '/v1/provider-accounts', wanted);
      stage.providerAccountId = body.id;
      await addService(stage);
    },
    connect: (tenant) => connect(stage, tenant),
    play: async () => {
      await Promise.all(deedsOfRound(stage));
    },
  };
}

interface Stage extends LoadOptions {
  tenants: Tenant[];
  services: Service[];
  providerAccountId: string;
}

/** All draws come at once, so that they do not depend on when answers come. */
function deedsOfRound(stage: Stage): Promise<void>[] {
  const { choice, tenants } = stage;
  const deeds: Promise<void>[] = [];
  const inside = tenants.filter(({ isIn, leaves }) => isIn && !leaves);
  const services = stage.services.filter(({ id }) => id !== '');
  for (let count = 1 + choice.below(tenantsMax); count > 0; count--) {
    deeds.push(onboard(stage, choice.of(services), pauses(choice, 6)));
  }
  if (inside.length > 0 && choice.chance(0.7)) {
    const [one] = inside.splice(choice.below(inside.length), 1);
    deeds.push(connect(stage, one!));
  }
  if (inside.length > 0 && choice.chance(0.5)) {
    deeds.push(leave(stage, choice.of(inside), pauses(choice, 1)));
  }
  if (choice.chance(0.15)) deeds.push(addService(stage));
  return deeds;
}

async function addService(stage: Stage): Promise<void> {
  const { client, vendor, region, aws, services, providerAccountId } = stage;
  const taken = services.map(({ loadBalancerArn }) => loadBalancerArn);
  const all = [...aws.simulator.world.loadBalancers.values()];
  const free = all.find(({ account, id }) => account === vendor && !taken.includes(id));
  if (!free) return;
  const service: Service = { id: '', loadBalancerArn: free.id };
  services.push(service);
  const { body } = await client.change('POST', '/v1/endpoint-services', {
    name: `Service ${services.length}`,
    provider_account_id: providerAccountId,
    region,
    network_load_balancer_arns: [free.id],
  });
  service.id = body.id;
}

async function onboard(stage: Stage, service: Service, waits: number[]): Promise<void> {
  const { client, tenants, vendor } = stage;
  const number = tenants.length + 1;
  const accountId = `9${vendor.slice(-4)}${String(number).padStart(7, '0')}`;
  const tenant: Tenant = { id: '', accountId, service, endpoints: [], isIn: false, leaves: false };
  tenants.push(tenant);
  const change = async (method: 'POST' | 'PATCH', path: string, body?: object) => {
    await pause(waits.shift());
    return client.change(method, path, body);
  };
  const name = `Customer ${number}`;
  const made = await change('POST', '/v1/customers', { external_id: `c-${number}`, name });
  tenant.id = made.body.id;
  const customer_id = tenant.id;
  await change('POST', '/v1/grants', { customer_id, endpoint_service_id: service.id });
  const claimed = await change('POST', '/v1/accounts', { customer_id, account_id: accountId });
  const attestation = { reason: 'Contract 4711' };
  await change('POST', `/v1/accounts/${claimed.body.id}/attest`, attestation);
  await change('PATCH', `/v1/customers/${customer_id}`, { name: `${name} Ltd.` });
  await change('POST', `/v1/endpoint-services/${service.id}/reconcile`);
}

/** The network is the customer's, who has nothing to do with the service that is killed. */
async function connect({ aws, region }: Stage, tenant: Tenant): Promise<void> {
  const { world } = aws.simulator;
  const { accountId } = tenant;
  if (!world.accounts.has(accountId)) {
    aws.simulator.addAccount({ id: accountId, vpcs: [{ region }] });
  }
  const service = [...world.endpointServices.values()].find(({ loadBalancerArns }) =>
    loadBalancerArns.includes(tenant.service.loadBalancerArn),
  );
  const subnet = [...world.subnets.values()].find(({ account }) => account === accountId);
  const { VpcEndpoint } = await aws.byHand(accountId, 'CreateVpcEndpoint', {
    VpcEndpointType: 'Interface',
    ServiceName: service!.name,
    VpcId: subnet!.vpcId,
    SubnetIds: [subnet!.id],
  });
  tenant.endpoints.push((VpcEndpoint as { VpcEndpointId: string }).VpcEndpointId);
}

async function leave({ client }: Stage, tenant: Tenant, [wait]: number[]): Promise<void> {
  tenant.leaves = true;
  await pause(wait);
  await client.change('POST', `/v1/customers/${tenant.id}/offboard`, {});
}

function pauses(choice: Choice, count: number): number[] {
  return Array.from({ length: count }, () => choice.below(pauseMaxMs));
}
