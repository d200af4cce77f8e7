// The private DNS name of an endpoint service, as it is wanted and as it stands.

import type { PrivateDnsPhase } from '../../domain/private-dns.ts';
import type { HostedZoneId } from './aws-names.ts';
import type { Condition } from './condition.ts';
import type { EndpointServiceId } from './ids.ts';
import type { NextStep } from './next-step.ts';
import type { Code, Prose, Timestamp } from './text.ts';

/** The private DNS name of an endpoint service: what is wanted, and how far it is. */
export interface PrivateDns {
  /** The service whose name it is. */
  endpoint_service_id: EndpointServiceId;
  /**
   * The wanted name; null when none is wanted.
   * @minLength 1
   * @maxLength 255
   */
  name: string | null;
  /**
   * How far it is. `blocked` and `failed` wait for somebody; `next` says for whom.
   * @extension {"x-observed": true}
   */
  state: PrivateDnsPhase | 'failed';
  /**
   * What it waits for, or why it cannot go on, and where the record was seen.
   * @extension {"x-observed": true}
   */
  message: Prose;
  /**
   * That of the condition `ready`.
   * @extension {"x-observed": true}
   */
  reason: Code;
  /**
   * Whether it is verified, whether that takes its time, whether its record was seen.
   * @extension {"x-observed": true}
   */
  conditions: Condition[];
  /**
   * What to do next, and who; null when there is nothing to do.
   * @extension {"x-observed": true}
   */
  next: NextStep | null;
  /**
   * The TXT record that proves the domain; null until AWS has said what is to be in it.
   * @extension {"x-observed": true}
   */
  record: VerificationRecord | null;
  /**
   * AWS's own value: `pendingVerification`, `verified` or `failed`. Null while AWS has no name.
   * @pattern ^[A-Za-z-]+$
   * @extension {"x-observed": true}
   */
  aws_state: string | null;
  /**
   * Since when it is in this state. A verification that fails and is started again is one state.
   * Null until a worker has looked.
   * @extension {"x-observed": true}
   */
  since: Timestamp | null;
  /**
   * Since when it should have gone on: 10 minutes after it was to be configured, 15 after the
   * record was to be published, 30 after AWS was first asked, an hour after people were told to
   * mend something. Nothing is given up then, and `message` and `next` say what to do. Null while
   * it is not late.
   * @extension {"x-observed": true}
   */
  stuck_since: Timestamp | null;
  /**
   * Since when it counts as verified, by two reads of AWS that agree; null while it does not.
   * @extension {"x-observed": true}
   */
  verified_since: Timestamp | null;
  /**
   * Since when a name that was verified is so no longer, by two reads that agree. AWS then denies
   * new connections; those that are there stay. Null while it is not lost.
   * @extension {"x-observed": true}
   */
  lost_since: Timestamp | null;
  /**
   * Where the value of the record was last looked for, and what was there.
   * @extension {"x-observed": true}
   */
  sightings: Sighting[];
  /**
   * When AWS was last asked; null before the first time.
   * @extension {"x-observed": true}
   */
  observed_at: Timestamp | null;
}

/** What one place has of the TXT value that AWS looks for, which is the `value` of the `record`. */
export interface Sighting {
  /**
   * The zone, by Route 53's API, or a name server that public DNS delegates to.
   * @minLength 1
   */
  where: string;
  /** `unknown` when it was not to be asked. */
  outcome: 'found' | 'missing' | 'unknown';
  /**
   * Other values under the same name, the first five.
   * @maxItems 5
   */
  other_values: string[];
  /** Why nothing is known; null when something is. */
  problem: Prose | null;
  /** When it was asked. */
  at: Timestamp;
}

/** The TXT record by which AWS knows that the domain is the vendor's. */
export interface VerificationRecord {
  /**
   * Where it belongs.
   * @minLength 1
   * @maxLength 255
   */
  name: string;
  /** Its type. */
  type: 'TXT';
  /**
   * What AWS looks for, without quotes. It may stand beside other values.
   * @minLength 1
   */
  value: string;
  /** The zone that Sallyport wrote it into; null when it is to be placed by hand. */
  zone_id: HostedZoneId | null;
}

/** The name that is wanted. */
export interface PrivateDnsPut {
  /**
   * A name in a domain of yours, in lower case, as `api.vendor.example`; a leading `*.` is allowed.
   * @pattern ^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$
   * @maxLength 255
   */
  name: string;
}
