// Other hands in AWS, by the unmodified SDK: the vendor's own console or Terraform, and customers
// with their endpoints. And what the simulated world looks like to nobody in particular.

import { EC2 } from '@aws-sdk/client-ec2';
import { Route53 } from '@aws-sdk/client-route-53';
import type { CallRecord, Simulator } from '@sallyport/aws-simulator';
import type { Clock } from '../ambience.ts';

export const region = 'us-east-1';
export const vendorAccount = '111111111111';
export const domain = 'vendor.example';

export interface OtherHands {
  /** The vendor's own hand, which is not ours. */
  vendor: () => { ec2: EC2; route53: Route53 };
  /** Makes an endpoint service by hand, that lets these in. @returns its AWS id */
  makeService: (principals?: string[], region?: string) => Promise<string>;
  allow: (serviceId: string, arns: string[]) => Promise<void>;
  disallow: (serviceId: string, arns: string[]) => Promise<void>;
  /** Makes an endpoint of a customer's account. @returns `vpce-…` */
  connect: (accountId: string, serviceId: string) => Promise<string>;
  deleteEndpoint: (vpcEndpointId: string) => Promise<void>;
  /** Publishes exactly these values at a name of the vendor's zone. */
  publishTxt: (name: string, values: string[]) => Promise<void>;
  close: () => void;
}

/** The world as it is at this moment, seen without a call. */
export interface Glance {
  allowlist: (serviceId: string) => string[];
  /** The state of an endpoint, or null when there is none. */
  state: (vpcEndpointId: string) => string | null;
  privateDns: (serviceId: string) => { name: string; state: string } | null;
  /** Values at every name of the vendor's zone that has TXT, without the quotes. */
  txt: () => Record<string, string[]>;
  serviceIds: () => string[];
  zoneId: (name?: string) => string;
  /** A load balancer that no service has: AWS gives each to one service at most. */
  freeLoadBalancer: (except?: ReadonlySet<string>) => string;
  /**
   * Changes that Sallyport asked of AWS, refused ones included: `Action outcome`. Without the marks
   * that come before them, which tests of the mark look at by `ourMarks`.
   */
  ourChanges: (since?: number) => string[];
  ourMarks: (since?: number) => string[];
  /** Every call of Sallyport's. */
  ourCalls: (since?: number) => CallRecord[];
}

export function createHands(simulator: Simulator, clock: Clock, sending: Sending = {}): OtherHands {
  const clients = new Map<string, { ec2: EC2; route53: Route53 }>();
  const as = (accountId: string, where = region) => {
    const key = `${accountId} ${where}`;
    const known = clients.get(key) ?? clientsOf(simulator.endpoint, accountId, where, sending);
    clients.set(key, known);
    const offset = clock.now().getTime() - Date.now();
    known.ec2.config.systemClockOffset = offset;
    known.route53.config.systemClockOffset = offset;
    return known;
  };
  const vendor = (where?: string) => as(vendorAccount, where);
  const regionOf = (id: string) =>
    (simulator.world.endpointServices.get(id) ?? simulator.world.endpoints.get(id))?.region;
  return {
    vendor,
    makeService: async (principals = [], where = region) => {
      const made = await vendor(where).ec2.createVpcEndpointServiceConfiguration({
        NetworkLoadBalancerArns: [freeLoadBalancer(simulator, where)],
      });
      const serviceId = made.ServiceConfiguration!.ServiceId!;
      if (principals.length > 0) await change(vendor(where).ec2, serviceId, { add: principals });
      return serviceId;
    },
    allow: (serviceId, add) => change(vendor(regionOf(serviceId)).ec2, serviceId, { add }),
    disallow: (serviceId, remove) => change(vendor(regionOf(serviceId)).ec2, serviceId, { remove }),
    connect: (accountId, serviceId) =>
      connect(simulator, as(accountId, regionOf(serviceId)).ec2, accountId, serviceId),
    deleteEndpoint: async (id) => {
      const { account, region: where } = simulator.world.endpoints.get(id)!;
      await as(account, where).ec2.deleteVpcEndpoints({ VpcEndpointIds: [id] });
    },
    publishTxt: (name, values) => publishTxt(vendor().route53, zoneOf(simulator).id, name, values),
    close: () => {
      for (const { ec2, route53 } of clients.values()) [ec2, route53].map((one) => one.destroy());
    },
  };
}

export function createGlance(simulator: Simulator, clock: Clock): Glance {
  const world = () => {
    simulator.world.schedule.settle(clock.now().getTime());
    return simulator.world;
  };
  const service = (id: string) => world().endpointServices.get(id);
  const ourCalls = (since?: number) =>
    simulator.calls(since).filter(({ callerArn }) => callerArn?.endsWith('/sallyport'));
  return {
    allowlist: (id) => [...(service(id)?.permissions.keys() ?? [])].sort(),
    state: (id) => world().endpoints.get(id)?.state ?? null,
    privateDns: (id) => {
      const dns = service(id)?.privateDns;
      return dns ? { name: dns.name, state: dns.state } : null;
    },
    txt: () => {
      const sets = [...zoneOf(simulator).records.values()].filter(({ type }) => type === 'TXT');
      return Object.fromEntries(
        sets.map(({ name, values }) => [
          name.replace(/\.$/, ''),
          values.map((value) => value.slice(1, -1)).sort(),
        ]),
      );
    },
    serviceIds: () => [...world().endpointServices.values()].map(({ id }) => id),
    zoneId: (name) => zoneOf(simulator, name).id,
    freeLoadBalancer: (except) => freeLoadBalancer(simulator, region, except),
    ourChanges: (since) =>
      ourCalls(since)
        .filter(({ mutating, action }) => mutating && action !== 'CreateTags')
        .map(({ action, outcome }) => `${action} ${outcome}`),
    ourMarks: (since) =>
      ourCalls(since)
        .filter(({ action }) => action === 'CreateTags')
        .map(({ action, outcome }) => `${action} ${outcome}`),
    ourCalls,
  };
}

/** How the SDK sends; by sockets unless it is given something else. */
export type Sending = Partial<Pick<Simulator, 'requestHandler'>>;

function clientsOf(
  endpoint: string,
  accountId: string,
  where: string,
  { requestHandler }: Sending,
) {
  const credentials = { accessKeyId: accountId, secretAccessKey: 'simulator' };
  const common = { endpoint, region: where, credentials, maxAttempts: 1 };
  const config = requestHandler ? { ...common, requestHandler } : common;
  return { ec2: new EC2(config), route53: new Route53(config) };
}

function freeLoadBalancer(
  { world }: Simulator,
  where: string,
  except: ReadonlySet<string> = new Set(),
): string {
  const used = [...world.endpointServices.values()].flatMap((service) => service.loadBalancerArns);
  const all = [...world.loadBalancers.values()].filter((found) => found.region === where);
  const free = all.find(({ id }) => !used.includes(id) && !except.has(id));
  if (!free) throw new Error(`Every load balancer of ${where} is taken: give the world more.`);
  return free.id;
}

function zoneOf({ world }: Simulator, name = domain) {
  const [zone] = world.hostedZones.by('name', `${name}.`);
  if (!zone) throw new Error(`The world has no zone ${name}.`);
  return zone;
}

async function change(ec2: EC2, ServiceId: string, lists: { add?: string[]; remove?: string[] }) {
  await ec2.modifyVpcEndpointServicePermissions({
    ServiceId,
    ...(lists.add && { AddAllowedPrincipals: lists.add }),
    ...(lists.remove && { RemoveAllowedPrincipals: lists.remove }),
  });
}

async function connect(
  { world }: Simulator,
  ec2: EC2,
  accountId: string,
  serviceId: string,
): Promise<string> {
  const { name, region: where } = world.endpointServices.get(serviceId)!;
  const own = [...world.subnets.values()].filter(({ account }) => account === accountId);
  const subnet = own.find((candidate) => candidate.region === where)!;
  const { VpcEndpoint } = await ec2.createVpcEndpoint({
    VpcEndpointType: 'Interface',
    ServiceName: name,
    VpcId: subnet.vpcId,
    SubnetIds: [subnet.id],
  });
  return VpcEndpoint!.VpcEndpointId!;
}

async function publishTxt(route53: Route53, zoneId: string, name: string, values: string[]) {
  const ResourceRecords = values.map((value) => ({ Value: `"${value}"` }));
  const ResourceRecordSet = { Name: name, Type: 'TXT', TTL: 60, ResourceRecords } as const;
  await route53.changeResourceRecordSets({
    HostedZoneId: zoneId,
    ChangeBatch: { Changes: [{ Action: 'UPSERT', ResourceRecordSet }] },
  });
}
