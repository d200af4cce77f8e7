// How long things take, in milliseconds. AWS documents almost none of this: each entry says where
// its `aws` value is from. `compressed` keeps the order of events and shrinks the waiting.

import { z } from 'zod';

export const profiles = ['compressed', 'aws'] as const;

export type Profile = (typeof profiles)[number];

interface Delay extends Readonly<Record<Profile, number>> {
  readonly about: string;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const delay = (aws: number, compressed: number, about: string): Delay => ({
  aws,
  compressed,
  about,
});

/** Every delay there is. */
export const delayTable = {
  serviceAvailable: delay(
    5 * SECOND,
    0,
    "Pending -> Available of a service. Assumption; the API reference's sample shows " +
      'Available at once, Terraform waits for it up to 10 minutes.',
  ),
  serviceDeleted: delay(30 * SECOND, 300, 'Deleting -> gone. Assumption.'),
  endpointAvailable: delay(
    60 * SECOND,
    400,
    'pending -> available after an accept or an automatic accept. Assumption.',
  ),
  endpointModified: delay(
    60 * SECOND,
    400,
    'pending -> available after ModifyVpcEndpoint (Guide, concepts: it returns to ' +
      'pending). Assumption; enabling private DNS takes minutes (Guide).',
  ),
  endpointDeleted: delay(
    2 * MINUTE,
    300,
    'deleting -> deleted. Assumption; a private zone takes minutes to detach (field).',
  ),
  endpointForgotten: delay(
    10 * MINUTE,
    5 * SECOND,
    'How long a deleted endpoint is still listed. Assumption.',
  ),
  acceptanceExpires: delay(
    7 * DAY,
    7 * DAY,
    'pendingAcceptance -> expired. The state is documented, the period is not; by analogy ' +
      'with VPC peering requests.',
  ),
  privateDnsCheck: delay(
    MINUTE,
    300,
    'Time between two looks at the DNS while a name is pendingVerification. Assumption.',
  ),
  privateDnsGivesUp: delay(
    30 * MINUTE,
    3 * SECOND,
    'pendingVerification -> failed, counted from the start of a verification. Assumption; ' +
      'Terraform waits 30 minutes.',
  ),
  privateDnsRecheck: delay(
    HOUR,
    10 * SECOND,
    'Time between two looks at the DNS once a name is verified. Assumption; that it is ' +
      'looked at again is documented (Guide, manage-dns-names).',
  ),
  recordsInSync: delay(
    30 * SECOND,
    300,
    'PENDING -> INSYNC. "Generally within 60 seconds" (Route 53 API reference, GetChange).',
  ),
  loadBalancerActive: delay(
    2 * MINUTE,
    300,
    'provisioning -> active of a load balancer. Assumption; usually two or three minutes.',
  ),
  loadBalancerZoneActive: delay(
    3 * MINUTE,
    300,
    'A zone that is added to a load balancer "may need a few minutes" before an endpoint ' +
      'service can have it (Guide, configure-endpoint-service). Assumption.',
  ),
  targetRegistered: delay(
    150 * SECOND,
    300,
    'initial -> healthy of a target. Assumption: five health checks, 30 seconds apart.',
  ),
  targetDrained: delay(
    5 * MINUTE,
    300,
    'draining -> gone; the default of deregistration_delay.timeout_seconds (ELBv2 API ' +
      'reference).',
  ),
  serviceRegionAvailable: delay(
    30 * SECOND,
    0,
    'Pending -> Available and Deleting -> gone of a supported Region. Assumptions.',
  ),
  serviceRegionRemoved: delay(
    30 * SECOND,
    300,
    'Pending -> Available and Deleting -> gone of a supported Region. Assumptions.',
  ),
  zoneBusy: delay(
    200,
    0,
    'How long a hosted zone refuses another change (PriorRequestNotComplete) after one. ' +
      'That it does so while it is busy is documented, for how long is not. Assumption.',
  ),
  connectionEventPublished: delay(
    5 * SECOND,
    50,
    'From what happens to a connection until PrivateLink publishes it to topics. Assumption.',
  ),
  messageDelivered: delay(
    200,
    50,
    'From a publication until the message is in the queues of the topic. Assumption.',
  ),
  queueNameFree: delay(
    MINUTE,
    SECOND,
    'How long the name of a deleted queue cannot be used (SQS API reference, CreateQueue).',
  ),
  queuePurged: delay(
    MINUTE,
    SECOND,
    'How long a queue cannot be purged again (SQS API reference, PurgeQueue).',
  ),
} satisfies Readonly<Record<string, Delay>>;

export type DelayName = keyof typeof delayTable;

export type Delays = Readonly<Record<DelayName, number>>;

export const delayNames = Object.keys(delayTable) as DelayName[];

export const delayProfiles: Readonly<Record<Profile, Delays>> = {
  aws: delaysOf('aws'),
  compressed: delaysOf('compressed'),
};

/** Single delays that differ from the profile's. */
export const delaysSchema = z.partialRecord(z.enum(delayNames), z.number().min(0));

function delaysOf(profile: Profile): Delays {
  const entries = delayNames.map((name) => [name, delayTable[name][profile]]);
  return Object.fromEntries(entries) as Record<DelayName, number>;
}
