// The private DNS name of an endpoint service, as it is wanted and as it stands.

import type { NextStep } from './connection.ts';

export interface PrivateDns {
  endpoint_service_id: string;
  /** The wanted name; null when none is wanted. */
  name: string | null;
  /**
   * `absent`, `configuring`, `publishing`, `verifying`, `verified`, `failed` or `blocked`.
   * @extension {"x-observed": true}
   */
  state: string;
  /**
   * What it waits for, or why it cannot go on, and where the record was seen.
   * @extension {"x-observed": true}
   */
  message: string;
  /** @extension {"x-observed": true} */
  next: NextStep | null;
  /**
   * The TXT record that proves the domain.
   * @extension {"x-observed": true}
   */
  record: VerificationRecord | null;
  /**
   * AWS's own value: `pendingVerification`, `verified` or `failed`.
   * @extension {"x-observed": true}
   */
  aws_state: string | null;
  /**
   * Since when it is in this state. A verification that fails and is started again is one state.
   * @format date-time
   * @extension {"x-observed": true}
   */
  since: string | null;
  /**
   * Since when it should have gone on: 10 minutes after it was to be configured, 15 after the
   * record was to be published, 30 after AWS was first asked, an hour after people were told to
   * mend something. Nothing is given up then, and `message` and `next` say what to do.
   * @format date-time
   * @extension {"x-observed": true}
   */
  stuck_since: string | null;
  /**
   * Since when it counts as verified, by two reads of AWS that agree.
   * @format date-time
   * @extension {"x-observed": true}
   */
  verified_since: string | null;
  /**
   * Since when a name that was verified is so no longer, by two reads that agree. AWS then denies
   * new connections; those that are there stay.
   * @format date-time
   * @extension {"x-observed": true}
   */
  lost_since: string | null;
  /**
   * Where the value of the record was last looked for, and what was there.
   * @extension {"x-observed": true}
   */
  sightings: Sighting[];
  /**
   * @format date-time
   * @extension {"x-observed": true}
   */
  observed_at: string | null;
}

/** What one place has of the TXT value that AWS looks for, which is the `value` of the `record`. */
export interface Sighting {
  /** The zone, by Route 53's API, or a name server that public DNS delegates to. */
  where: string;
  /** `found`, `missing`, or `unknown` when it was not to be asked. */
  outcome: string;
  /** Other values under the same name, the first five. */
  other_values: string[];
  /** Why nothing is known. */
  problem: string | null;
  /** @format date-time */
  at: string;
}

export interface VerificationRecord {
  name: string;
  type: string;
  value: string;
  /** The zone that Sallyport wrote it into; null when it is to be placed by hand. */
  zone_id: string | null;
}

export interface PrivateDnsPut {
  /**
   * Lower case; a leading `*.` is allowed.
   * @pattern ^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$
   * @maxLength 255
   */
  name: string;
}
