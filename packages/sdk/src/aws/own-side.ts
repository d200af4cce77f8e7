// What the customer's account shows of an endpoint: where it is, what its groups let in.
import type { NetworkObservation, SecurityGroupsObservation } from '../generated/types.ts';
import { sourcesOf } from './checks/security-groups.ts';
import type { Network, VpcEndpoint } from './network.ts';
import { type Reading, readingOf } from './refusal.ts';

export interface OwnSide {
  endpoint: VpcEndpoint;
  network: NetworkObservation;
  security_groups: SecurityGroupsObservation;
}

/** What may not be read is null or `unknown`; undefined when the endpoint may not be read. */
export async function readOwnSide(
  network: Network,
  endpointId: string,
  port: number,
): Promise<OwnSide | undefined> {
  const { value: endpoint } = await readingOf(() => network.endpoint(endpointId));
  if (!endpoint) return undefined;
  const { vpcId, subnetIds, groupIds, privateDnsEnabled } = endpoint;
  const attributes = await readingOf(() => network.dnsAttributes(vpcId));
  const subnets = await readingOf(() => network.subnets(vpcId));
  const groups = await readingOf(() => network.securityGroups(groupIds));
  const zones = (subnets.value ?? []).filter(({ id }) => subnetIds.includes(id));
  return {
    endpoint,
    network: {
      vpc_id: vpcId,
      availability_zone_ids: [...new Set(zones.map(({ zoneId }) => zoneId))].sort(),
      private_dns_enabled: privateDnsEnabled,
      dns_support: attributes.value?.support ?? null,
      dns_hostnames: attributes.value?.hostnames ?? null,
    },
    security_groups: {
      ids: groupIds,
      port,
      ingress: portState(groups, port),
      // Which groups the clients have is not known here.
      egress: 'unknown',
    },
  };
}

function portState(groups: Reading<Parameters<typeof sourcesOf>[0]>, port: number): string {
  if (!groups.value) return 'unknown';
  return sourcesOf(groups.value, port).length > 0 ? 'open' : 'closed';
}
