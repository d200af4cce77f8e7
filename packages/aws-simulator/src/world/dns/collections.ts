// The hosted zones of all accounts, with the indexes they are read by.

import { createCollection } from '../collection.ts';
import type { Change, HostedZone, ZoneAssociation } from './hosted-zone.ts';

export type DnsCollections = Readonly<ReturnType<typeof dnsCollections>>;

export function dnsCollections() {
  return {
    hostedZones: createCollection<HostedZone>({
      account: (zone) => zone.account,
      name: (zone) => zone.name,
      publicName: (zone) => (zone.vpcs ? undefined : zone.name),
      reference: (zone) => `${zone.account}/${zone.callerReference}`,
    }),
    zoneAssociations: createCollection<ZoneAssociation>({ vpc: ({ vpcId }) => vpcId }),
    changes: createCollection<Change>(),
  };
}
