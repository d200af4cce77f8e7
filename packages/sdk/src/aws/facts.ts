// Everything that the checks judge, read once. What cannot be read does not keep the rest from it.
import { ApiError, NotFoundError } from '../errors.ts';
import type { Sallyport } from '../generated/client.ts';
import type { Account } from '../generated/types.ts';
import type { AwsClients } from './clients.ts';
import { attemptEndpoint } from './changes.ts';
import type {
  DnsAttributes,
  Network,
  SecurityGroup,
  Subnet,
  VisibleService,
  VpcEndpoint,
} from './network.ts';
import type { ConnectionOptions } from './options.ts';
import { type PrivateZone, readPrivateZones } from './private-zones.ts';
import { type Reading, readingOf } from './refusal.ts';
import { groupNameOf } from './security-group-name.ts';
import type { Target } from './target.ts';

export interface Facts {
  target: Target;
  /** Undefined when nobody has claimed it. */
  account: Account | undefined;
  visible: Reading<VisibleService | undefined>;
  dnsAttributes: Reading<DnsAttributes>;
  subnets: Reading<Subnet[]>;
  /** What the caller named. */
  wantedSubnets: readonly string[] | undefined;
  /** Those that the caller named, or the one that an earlier run made. */
  groups: Reading<SecurityGroup[]>;
  wantedGroups: readonly string[] | undefined;
  /** All endpoints of the VPC. */
  endpoints: Reading<VpcEndpoint[]>;
  /** Undefined when the package for it is not installed. */
  zones: Reading<PrivateZone[]> | undefined;
  /** Whether these credentials may make the endpoint, which EC2 tells without making it. */
  permission: Reading<void>;
}

/** Whom the facts are asked of. */
export interface Sources {
  client: Pick<Sallyport, 'accounts'>;
  network: Network;
  clients: AwsClients;
  signal: AbortSignal;
}

export async function readFacts(
  sources: Sources,
  target: Target,
  options: Pick<ConnectionOptions, 'subnet_ids' | 'security_group_ids'>,
): Promise<Facts> {
  const { network, clients, signal } = sources;
  const { vpcId, service, region } = target;
  const { subnet_ids: wantedSubnets, security_group_ids: wantedGroups } = options;
  const { service_name } = service;
  return {
    target,
    wantedSubnets,
    wantedGroups,
    account: await readAccount(sources, target),
    visible: await readingOf(() => network.service(service_name, service.region)),
    dnsAttributes: await readingOf(() => network.dnsAttributes(vpcId)),
    subnets: await readingOf(() => network.subnets(vpcId)),
    groups: await readingOf(() => readGroups(network, target, wantedGroups)),
    endpoints: await readingOf(() => network.endpoints(vpcId)),
    zones:
      clients.route53 &&
      (await readingOf(() => readPrivateZones(clients.route53!, signal, vpcId, region))),
    permission: await readingOf(() => attemptEndpoint(clients.ec2, signal, target)),
  };
}

async function readGroups(
  network: Network,
  target: Target,
  wanted: readonly string[] | undefined,
): Promise<SecurityGroup[]> {
  if (wanted) return wanted.length === 0 ? [] : network.securityGroups(wanted);
  const own = await network.securityGroupNamed(target.vpcId, await groupNameOf(target));
  return own ? [own] : [];
}

/** A service that does not answer is told by the calls that need it. */
async function readAccount(
  { client, signal }: Sources,
  { accountId }: Target,
): Promise<Account | undefined> {
  try {
    return await client.accounts.get(accountId, { signal });
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    if (error instanceof ApiError && error.status === 403) return undefined;
    throw error;
  }
}
