// Route 53 hosted zones: what the API lists, and what the name servers already answer. The two
// differ until a change is INSYNC.

import type { Item } from '../collection.ts';
import type { RecordTable } from './record-table.ts';
import type { Tags } from '../resources.ts';

export interface VpcName {
  readonly vpcId: string;
  readonly region: string;
}

/** A VPC of a private zone; the id is `zone/vpc`. */
export interface ZoneAssociation extends Item, VpcName {
  readonly zoneId: string;
  /** Whether the VPC's resolver answers from the zone: once the association is INSYNC. */
  answers: boolean;
}

export interface HostedZone extends Item {
  readonly account: string;
  /** Absolute, for example `vendor.example.`. */
  readonly name: string;
  readonly order: number;
  readonly callerReference: string;
  comment: string | undefined;
  /** VPCs of a private zone; undefined for a public one. */
  readonly vpcs: ZoneAssociation[] | undefined;
  /** VPCs of other accounts that may be associated, by VPC id. */
  readonly authorizedVpcs: Map<string, VpcName>;
  readonly nameServers: readonly string[];
  readonly tags: Tags;
  /** By recordKey. */
  readonly records: RecordTable;
  /** What the name servers answer, by recordKey. */
  readonly published: RecordTable;
  /** Until then the zone takes no other change; milliseconds since 1970. */
  busyUntil: number;
}

export interface Change extends Item {
  readonly account: string;
  readonly comment: string | undefined;
  readonly submittedAt: number;
  status: 'PENDING' | 'INSYNC';
}
