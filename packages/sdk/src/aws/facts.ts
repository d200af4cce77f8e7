// Everything that the checks judge, read once. What cannot be read does not keep the rest from it.
import type { Sallyport } from '../generated/client.ts';
import type { Preflight } from '../generated/types.ts';
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
import { liveOf } from './ours.ts';
import type { ConnectionOptions } from './options.ts';
import { type PrivateZone, readPrivateZones } from './private-zones.ts';
import { type Reading, readingOf } from './refusal.ts';
import { questionOf } from './provider-question.ts';
import { groupNameOf } from './security-group-name.ts';
import type { Target } from './target.ts';

export interface Facts {
  target: Target;
  /** What the vendor's side says, which knows grants, standing and the allowlist. */
  provider: Preflight;
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
  client: Pick<Sallyport, 'setup'>;
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
  const { service_name } = service;
  const { route53 } = clients;
  const own = {
    target,
    wantedSubnets: options.subnet_ids,
    wantedGroups: options.security_group_ids,
    visible: await readingOf(() => network.service(service_name, service.region)),
    dnsAttributes: await readingOf(() => network.dnsAttributes(vpcId)),
    subnets: await readingOf(() => network.subnets(vpcId)),
    groups: await readingOf(() => readGroups(network, target, options.security_group_ids)),
    endpoints: await readingOf(() => network.endpoints(vpcId)),
    zones: route53 && (await readingOf(() => readPrivateZones(route53, signal, vpcId, region))),
  };
  // Creations are rationed to one in three seconds, of which a dry run is one.
  const isThere = liveOf(own.endpoints.value ?? [], target) !== undefined;
  const permission = await readingOf(async () => {
    if (!isThere) await attemptEndpoint(clients.ec2, signal, target);
  });
  return { ...own, permission, provider: await askProvider(sources, own) };
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

/** Sends along what only this side can see: the zones that the VPC has subnets in. */
async function askProvider(
  { client, signal }: Pick<Sources, 'client' | 'signal'>,
  { target, subnets, wantedSubnets }: Pick<Facts, 'target' | 'subnets' | 'wantedSubnets'>,
): Promise<Preflight> {
  const fitting = subnets.value?.filter(({ id }) => wantedSubnets?.includes(id) ?? true) ?? [];
  const zoneIds = [...new Set(fitting.map(({ zoneId }) => zoneId))];
  const zones = zoneIds.length > 0 ? { availability_zone_ids: zoneIds } : {};
  return client.setup.preflight({ ...questionOf(target), ...zones }, { signal });
}
