// Route 53 hosted zones: what the API lists, and what the name servers already answer. The two
// differ until a change is INSYNC.

import type { Item } from './collection.ts';

export interface RecordSet {
  /** Lower case, absolute, with octal escapes, for example `\052.vendor.example.`. */
  readonly name: string;
  readonly type: string;
  readonly setIdentifier: string | undefined;
  readonly ttl: number | undefined;
  readonly values: readonly string[];
  /** Everything else of the request (alias target, weight, region …), echoed as given. */
  readonly rest: Readonly<Record<string, unknown>>;
}

export interface HostedZone extends Item {
  readonly account: string;
  /** Absolute, for example `vendor.example.`. */
  readonly name: string;
  readonly order: number;
  readonly callerReference: string;
  readonly comment: string | undefined;
  /** VPCs of a private zone; undefined for a public one. */
  readonly vpcs: { readonly vpcId: string; readonly region: string }[] | undefined;
  readonly nameServers: readonly string[];
  /** By recordKey. */
  readonly records: Map<string, RecordSet>;
  /** What the name servers answer, by recordKey. */
  readonly published: Map<string, RecordSet>;
}

export interface Change extends Item {
  readonly account: string;
  readonly comment: string | undefined;
  readonly submittedAt: number;
  status: 'PENDING' | 'INSYNC';
}

export function recordKey(name: string, type: string, setIdentifier?: string): string {
  return `${name} ${type} ${setIdentifier ?? ''}`;
}
