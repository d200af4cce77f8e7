// What is to be connected with what: the granted service, the VPC and the account, each found when
// there is only one, and asked for by name when there are several.
import { SallyportError } from '../errors.ts';
import type { Sallyport } from '../generated/client.ts';
import type { Grant, GrantedService } from '../generated/types.ts';
import type { Network, Vpc } from './network.ts';
import { type ConnectionOptions, DEFAULT_NAME, DEFAULT_PORT, type DnsMode } from './options.ts';

export interface Target {
  /** The region of the VPC. */
  region: string;
  grant: Grant;
  service: GrantedService & { service_name: string };
  /** Whether the endpoint is in another region than the service. */
  crossRegion: boolean;
  vpcId: string;
  /** Undefined when the VPC is not there; checks say so. */
  vpc: Vpc | undefined;
  accountId: string;
  port: number;
  dns: DnsMode;
  name: string;
  /** The endpoint of other hands that was named. */
  adoptedId: string | undefined;
}

/** The part of a client that choosing needs. */
export type GrantsClient = Pick<Sallyport, 'grants'>;

/** @throws SallyportError that says what to name, when there is nothing or too much to choose */
export async function chooseTarget(
  client: GrantsClient,
  network: Network,
  options: ConnectionOptions,
): Promise<Target> {
  const { region, port = DEFAULT_PORT, name = DEFAULT_NAME } = options;
  const grant = await chooseGrant(client, options);
  const service = namedService(grant);
  const vpc = await chooseVpc(network, options);
  const usual = service.private_dns_name === null ? 'none' : 'endpoint';
  const { dns = (grant.dns ?? usual) as DnsMode } = options;
  return {
    region,
    grant,
    service,
    crossRegion: service.region !== region,
    vpcId: vpc?.id ?? options.vpc_id!,
    vpc,
    accountId: accountOf(vpc, options),
    port,
    dns,
    name,
    adoptedId: options.vpc_endpoint_id,
  };
}

async function chooseGrant(client: GrantsClient, options: ConnectionOptions): Promise<Grant> {
  const { customer_id, service, signal } = options;
  const query = customer_id === undefined ? {} : { customer_id };
  const grants = await client.grants.list({ ...query, signal }).toArray({ limit: 1000 });
  // One that has ended is told of when it is named, and is no choice otherwise.
  const fitting = grants.filter((grant) =>
    service === undefined ? grant.expired_at === null : names(grant, service),
  );
  const [only, ...more] = fitting;
  if (only && more.length === 0) return only;
  const all = grants.map(({ service: { service_name }, ...grant }) => {
    return service_name ?? grant.endpoint_service_id;
  });
  if (!only) {
    throw new SallyportError(
      all.length === 0
        ? 'No service is granted to you. Ask the vendor for a grant.'
        : `No grant is for ${service}. Granted: ${all.join(', ')}.`,
    );
  }
  throw new SallyportError(`Several services are granted; name one: ${all.join(', ')}.`);
}

function names({ endpoint_service_id: id, service: { service_name } }: Grant, wanted: string) {
  return wanted === id || wanted === service_name || service_name?.endsWith(`.${wanted}`) === true;
}

function namedService({ service }: Grant): Target['service'] {
  const { service_name } = service;
  if (service_name !== null) return { ...service, service_name };
  throw new SallyportError(
    'The service has no name yet: AWS has not created it. Try again, or ask the vendor.',
  );
}

async function chooseVpc(network: Network, options: ConnectionOptions): Promise<Vpc | undefined> {
  if (options.vpc_id !== undefined) return network.vpc(options.vpc_id);
  const all = await network.vpcs();
  const [only, ...more] = all;
  if (only && more.length === 0) return only;
  const found = only
    ? `Name one as vpc_id: ${all.map(({ id }) => id).join(', ')}.`
    : 'Is it right?';
  throw new SallyportError(`${options.region} has ${all.length} VPCs. ${found}`);
}

function accountOf(vpc: Vpc | undefined, { account_id }: ConnectionOptions): string {
  const accountId = account_id ?? vpc?.ownerId;
  if (accountId !== undefined && /^\d{12}$/.test(accountId)) return accountId;
  throw new SallyportError('The account of the VPC is not known: name it as account_id.');
}
