// How many calls others make for the same jobs, counted by reading their sources: docs/aws-calls.md
// names files and commits. Each count is the least that the code can do: nothing is throttled, no
// list has more than a page, and every wait is over at its first look.

import type { Size } from './bounds.ts';

/** One resource for each service, principal and connection, each of which reads for itself. */
export const terraform = {
  /** A plan without changes: two reads for each service, one for each other resource. */
  fullRead: ({ services, principals, connections }: Size) =>
    services * (2 + principals + connections),
  /** `aws_vpc_endpoint_service_allowed_principal`: a change and a read for each. */
  onboarding: (added: number) => 2 * added,
  /** `aws_vpc_endpoint_connection_accepter`: a change, the wait and a read for each. */
  acceptance: (waiting: number) => 3 * waiting,
};

/** Accepts what waits, and does nothing else: it has no allowlists and verifies nothing. */
export const vpceOperator = {
  fullRead: ({ services }: Size) => services,
  /** All in one call, whatever becomes of each; of more than a page, only the first. */
  acceptance: () => 2,
  /** Each service is looked at every minute. */
  idleHour: ({ services }: Size) => 60 * services,
};
