// All that a diagnosis of a connection goes by.

import type { AcceptanceFacts } from './acceptance-check.ts';
import type { Account } from './account.ts';
import type { Backend, Traffic } from './backend.ts';
import type { DnsMode, Transition } from './connection.ts';
import type { Customer } from './customer.ts';
import type { Grant } from './grant.ts';
import type { Principal } from './principal.ts';
import type { SeenParts } from './seen-parts.ts';

export interface DiagnosisFacts extends AcceptanceFacts {
  now: Date;
  /** Each state that the connection was seen in, the oldest first; none where nobody looked. */
  history: Pick<Transition, 'to'>[];
  /** Since when the connection has been longer than it should in a state that passes by itself. */
  stuckSince: Date | null;
  customer: Customer | null;
  account: Account | null;
  /** Whether the account has no owner because several customers claim it. */
  isDisputed: boolean;
  grant: Grant | null;
  /** Whether the time of the grant is over. */
  grantHasEnded: boolean;
  /** Entries of the allowlist that are of the owner's account. */
  principals: Pick<Principal, 'arn' | 'state'>[];
  /** How clients find the endpoint, as declared. */
  dns: DnsMode;
  /** How far the private DNS name is; the message for those only who may read it. */
  privateDns: { state: string; message: string | null } | null;
  /** What the customer's side reported. */
  seen: SeenParts;
  backend: Backend | null;
  traffic: Traffic | null;
}
