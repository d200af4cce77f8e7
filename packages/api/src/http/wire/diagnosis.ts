import type { CheckResult } from '../../domain/check.ts';
import type { DnsMode } from '../../domain/connection.ts';
import type { Actor } from '../../domain/errors.ts';
import type { HopName } from '../../domain/path.ts';
import type { Region, ServiceName, VpcEndpointId } from './aws-names.ts';
import type { Check } from './check.ts';
import type { ConnectionId } from './ids.ts';
import type { NextStep } from './next-step.ts';
import type { Prose, Timestamp } from './text.ts';

/** Whether the connection works, why not, and whose turn it is. */
export interface Diagnosis {
  /** The connection that it is about; null of an endpoint that is not seen. */
  connection_id: ConnectionId | null;
  /** AWS's id of the endpoint. */
  vpc_endpoint_id: VpcEndpointId;
  /**
   * Whether traffic can flow, by all that was looked at; `unknown` is no `yes`. What only the
   * customer's side can see, and nobody has reported, is told by the summary and the checks.
   */
  works: 'yes' | 'no' | 'unknown';
  /** The outcome in a sentence. */
  summary: Prose;
  /** Whose turn it is; `nobody` when nothing is to be done. */
  turn: Actor | 'nobody';
  /** What to do first; null when nothing is to be done. */
  next: NextStep | null;
  /** In the order in which they are to be mended. */
  checks: DiagnosisCheck[];
  path: Path;
  /** How clients find the endpoint, as declared: what that does not need is `skipped`. */
  dns: DnsMode;
  /** Where the endpoint was looked for. */
  searched: SearchedRegion[];
  /** When AWS last showed the connection; of one that is not seen, when all was last read. */
  observed_at: Timestamp | null;
}

/** A check, where on the path it is, and how fresh what it goes by is. */
export interface DiagnosisCheck extends Check {
  hop: HopName;
  /** When what it goes by was seen; null where it is in our own records, or nobody has looked. */
  observed_at: Timestamp | null;
}

/** The way from the customer's client to the vendor's targets. */
export interface Path {
  /** From the client to the target. */
  hops: Hop[];
  /** The same as a picture of 80 columns, with the broken hop marked: lines of ASCII. */
  text: Prose;
}

/** One hop of the path. */
export interface Hop {
  name: HopName;
  /** Whose it is. */
  side: 'customer' | 'aws' | 'vendor';
  /** The worst of its checks. */
  result: CheckResult;
  /** That of the check which says the most. */
  evidence: Prose;
  /** Whether it is the one that is to be mended first. */
  is_broken: boolean;
}

/** A region in which connections were looked for. */
export interface SearchedRegion {
  /** The region of the services. */
  region: Region;
  /** The services whose connections were looked through. */
  service_names: ServiceName[];
  /** When all of their connections were last read to the end; null before the first time. */
  read_at: Timestamp | null;
  /**
   * How old that gets at most while workers run.
   * @isInt
   * @minimum 0
   */
  max_age_seconds: number;
}
