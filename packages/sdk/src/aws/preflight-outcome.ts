// What a preflight needs of a client, and what it gives.
import type { Sallyport } from '../generated/client.ts';
import type { Check, NextStep } from '../generated/types.ts';

/** The outcome of a preflight: the vendor's checks and those of the VPC, in one order. */
export interface VpcPreflight {
  /** Whether a connection would work, by all that was looked at; `unknown` is no `yes`. */
  ready: 'yes' | 'no' | 'unknown';
  /** The outcome in a sentence. */
  summary: string;
  /** Whose turn it is; `nobody` when nothing is to be done. */
  turn: string;
  /** What to do first; null when nothing is to be done. */
  next: NextStep | null;
  checks: Check[];
  service_name: string;
  vpc_id: string;
  account_id: string;
  /** Where the endpoint would be: one subnet for each zone. */
  subnet_ids: string[];
}

/** The part of a client that looking needs. */
export type PreflightClient = Pick<Sallyport, 'grants' | 'setup'>;
