// The private hosted zones that a VPC resolves names by.
import type { Route53, VPCRegion } from '@aws-sdk/client-route-53';
import { asked } from './refusal.ts';

export interface PrivateZone {
  id: string;
  /** In lower case and without the dot at the end. */
  name: string;
  /** Whether AWS keeps it for an endpoint. */
  ofEndpoint: boolean;
}

export async function readPrivateZones(
  route53: Route53,
  signal: AbortSignal,
  vpcId: string,
  region: string,
): Promise<PrivateZone[]> {
  const zones: PrivateZone[] = [];
  let token: string | undefined;
  do {
    const input = { VPCId: vpcId, VPCRegion: region as VPCRegion, NextToken: token };
    const page = await asked('route53:ListHostedZonesByVPC', signal, (options) =>
      route53.listHostedZonesByVPC(input, options),
    );
    for (const { HostedZoneId = '', Name = '', Owner } of page.HostedZoneSummaries ?? []) {
      // Zones of endpoints are owned by a service and not by an account (from memory).
      const ofEndpoint = Owner?.OwningService !== undefined;
      zones.push({ id: HostedZoneId, name: plainName(Name), ofEndpoint });
    }
    token = page.NextToken || undefined;
  } while (token !== undefined);
  return zones;
}

export function plainName(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}
