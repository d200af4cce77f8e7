// A vendor with as many services, allowlist entries and connections as somebody wants, and
// Sallyport over all of it. AWS is populated by operations and not by calls, so that its log has
// ours only.

import {
  defaultWorldSpec,
  type CallRecord,
  type SimulatorOptions,
  type WorldSpec,
} from '@sallyport/aws-simulator';
import type { EndpointService, Modes } from '../../../src/domain/endpoint-service.ts';
import type { ProviderAccount } from '../../../src/domain/provider-account.ts';
import * as endpointServices from '../../../src/storage/endpoint-services.ts';
import type { Database } from '../../../src/storage/postgres/database.ts';
import * as providerAccounts from '../../../src/usecases/provider-accounts.ts';
import { region, vendorAccount } from '../other-hands.ts';
import { openStage, type Stage } from '../stage.ts';
import type { Calls, Size } from './bounds.ts';

export interface Crowd {
  stage: Stage;
  provider: ProviderAccount;
  services: PresentService[];
  /** Makes so many endpoints of a customer's account at the service. @returns their ids */
  connect: (service: PresentService, count: number, accountId?: string) => Promise<string[]>;
  /** As the vendor's own hand: accepts endpoints. */
  accept: (service: PresentService, vpcEndpointIds: string[]) => Promise<void>;
  /** What Sallyport called meanwhile, how often, by action. */
  callsDuring: (work: () => Promise<unknown>) => Promise<Calls>;
  close: () => Promise<void>;
}

export type PresentService = EndpointService & { serviceId: string };

export interface CrowdOptions {
  db: Database;
  setEnvironment: (variables: Record<string, string | undefined>) => void;
  size: Size;
  modes?: Partial<Modes>;
  simulator?: SimulatorOptions;
}

/** The customer whose endpoints these are. */
export const customerAccount = '222222222222';
/** One that has no endpoints of its own yet. */
export const otherAccount = '333333333333';
/** Without a role, whose session would be one more call an hour. */
const vendor = { name: 'production', accountId: vendorAccount, regions: [region] };
const customerArn = `arn:aws:iam::${customerAccount}:root`;

/**
 * Services made by hand and registered. Each has so many principals, and so many connections that
 * are available. Nothing has been read yet.
 */
export async function openCrowd(options: CrowdOptions): Promise<Crowd> {
  const { db, setEnvironment, size, modes = {} } = options;
  const quotas = { endpointsPerVpc: Number.MAX_SAFE_INTEGER };
  const simulator = { world: worldOf(size.services), quotas, ...options.simulator };
  const stage = await openStage({ db, simulator, setEnvironment });
  const provider = await stage.change((context) => providerAccounts.create(context, vendor));
  const hands = handsOf(stage);
  const services: PresentService[] = [];
  for (const { id: loadBalancer } of ownLoadBalancers(stage, size.services)) {
    const serviceId = await hands.makeService(loadBalancer);
    await hands.allow(serviceId, principalsOf(size.principals));
    const made = await stage.operator.register(provider, serviceId, modes);
    const service = { ...made, serviceId };
    services.push(service);
  }
  const crowd = { stage, provider, services, ...hands };
  for (const service of services) {
    const ids = await hands.connect(service, size.connections);
    if (ids.length > 0) await hands.accept(service, ids);
  }
  await settle(stage);
  return {
    ...crowd,
    callsDuring: async (work) => {
      const last = stage.simulator.calls().at(-1)?.number ?? 0;
      await work();
      return tally(stage.simulator.calls(last));
    },
    close: () => stage.close(),
  };
}

/** The service as the database has it now. */
export async function serviceNow(
  { stage }: Pick<Crowd, 'stage'>,
  { id, serviceId }: PresentService,
) {
  return { ...(await endpointServices.find(stage.db, id))!, serviceId };
}

function tally(calls: CallRecord[]): Calls {
  const refused = calls.filter(({ outcome }) => outcome !== 'ok');
  if (refused.length > 0) throw new Error(`AWS refused ${JSON.stringify(refused[0])}`);
  const groups = Map.groupBy(calls, ({ action }) => action ?? '');
  return Object.fromEntries([...groups].map(([action, all]) => [action, all.length]));
}

function principalsOf(count: number): string[] {
  const roles = Array.from({ length: count - 1 }, (_, n) => {
    return `arn:aws:iam::${customerAccount}:role/made-by-hand-${n}`;
  });
  return count === 0 ? [] : [customerArn, ...roles];
}

/** The default world, with a load balancer for each service, and room for many endpoints. */
function worldOf(services: number): WorldSpec {
  const loadBalancers = Array.from({ length: services }, (_, n) => ({ name: `of-${n}`, region }));
  const subnets = [{ zoneId: 'use1-az1', cidr: '10.0.0.0/16' }];
  const accounts = defaultWorldSpec().accounts.map((account) =>
    account.id === vendorAccount
      ? { ...account, loadBalancers }
      : { ...account, vpcs: [{ region, subnets }] },
  );
  return { accounts };
}

function ownLoadBalancers({ simulator }: Stage, count: number) {
  return [...simulator.world.loadBalancers.values()].slice(0, count);
}

/** Lets AWS come to rest without running any worker. */
async function settle({ clock, simulator }: Stage): Promise<void> {
  clock.advance(10_000);
  simulator.world.schedule.settle(clock.now().getTime());
}

type Hands = Pick<Crowd, 'connect' | 'accept'> & {
  makeService: (loadBalancer: string) => Promise<string>;
  allow: (serviceId: string, arns: string[]) => Promise<void>;
};

function handsOf(stage: Stage): Hands {
  const vendor = (action: string, input: object) => operate(stage, vendorAccount, action, input);
  return {
    makeService: async (loadBalancer) => {
      const { ServiceConfiguration } = (await vendor('CreateVpcEndpointServiceConfiguration', {
        NetworkLoadBalancerArns: [loadBalancer],
        AcceptanceRequired: true,
      })) as { ServiceConfiguration: { ServiceId: string } };
      return ServiceConfiguration.ServiceId;
    },
    allow: async (ServiceId, AddAllowedPrincipals) => {
      if (AddAllowedPrincipals.length === 0) return;
      await vendor('ModifyVpcEndpointServicePermissions', { ServiceId, AddAllowedPrincipals });
    },
    accept: async ({ serviceId: ServiceId }, VpcEndpointIds) => {
      await vendor('AcceptVpcEndpointConnections', { ServiceId, VpcEndpointIds });
    },
    connect: async ({ serviceId }, count, accountId = customerAccount) => {
      const { world } = stage.simulator;
      const { name: ServiceName, permissions } = world.endpointServices.get(serviceId)!;
      const subnet = [...world.subnets.values()].find(({ account }) => account === accountId)!;
      // Who is not on the allowlist sees no service: it is opened for the moment.
      const closed = !permissions.has(`arn:aws:iam::${accountId}:root`);
      const open = (change: object) =>
        vendor('ModifyVpcEndpointServicePermissions', { ServiceId: serviceId, ...change });
      if (closed && count > 0) await open({ AddAllowedPrincipals: ['*'] });
      const ids: string[] = [];
      for (let n = 0; n < count; n++) {
        const { VpcEndpoint } = (await operate(stage, accountId, 'CreateVpcEndpoint', {
          VpcEndpointType: 'Interface',
          ServiceName,
          VpcId: subnet.vpcId,
          SubnetIds: [subnet.id],
        })) as { VpcEndpoint: { VpcEndpointId: string } };
        ids.push(VpcEndpoint.VpcEndpointId);
      }
      if (closed && count > 0) await open({ RemoveAllowedPrincipals: ['*'] });
      return ids;
    },
  };
}

async function operate(
  { simulator }: Stage,
  account: string,
  action: string,
  input: object,
): Promise<object> {
  const { world, simulation } = simulator;
  const operation = simulation.catalog.ec2.operations[action]!;
  const { caller } = world.accessKeys.find(account)!;
  const request = { method: 'POST', path: '/', query: '', headers: [], body: Buffer.alloc(0) };
  return operation({ world, caller, account, region, input: input as never, request });
}
