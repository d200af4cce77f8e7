// How long things take, in milliseconds. AWS documents almost none of this: each entry says where
// its `aws` value is from. `compressed` keeps the order of events and shrinks the waiting.

export interface Delays {
  readonly serviceAvailable: number;
  readonly serviceDeleted: number;
  readonly endpointAvailable: number;
  readonly endpointModified: number;
  readonly endpointDeleted: number;
  readonly endpointForgotten: number;
  readonly acceptanceExpires: number;
  readonly privateDnsCheck: number;
  readonly privateDnsGivesUp: number;
  readonly privateDnsRecheck: number;
  readonly recordsInSync: number;
  readonly loadBalancerActive: number;
  readonly loadBalancerZoneActive: number;
  readonly targetRegistered: number;
  readonly targetDrained: number;
  readonly serviceRegionAvailable: number;
  readonly serviceRegionRemoved: number;
}

export type Profile = 'compressed' | 'aws';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const delayProfiles: Readonly<Record<Profile, Delays>> = {
  aws: {
    // Pending -> Available of a service. Assumption; the API reference's sample shows Available at
    // once, Terraform waits for it up to 10 minutes.
    serviceAvailable: 5 * SECOND,
    // Deleting -> gone. Assumption.
    serviceDeleted: 30 * SECOND,
    // pending -> available after an accept or an automatic accept. Assumption.
    endpointAvailable: 60 * SECOND,
    // pending -> available after ModifyVpcEndpoint (Guide, concepts: it returns to pending).
    // Assumption; enabling private DNS takes minutes (Guide).
    endpointModified: 60 * SECOND,
    // deleting -> deleted. Assumption; a private zone takes minutes to detach (field).
    endpointDeleted: 2 * MINUTE,
    // How long a deleted endpoint is still listed. Assumption.
    endpointForgotten: 10 * MINUTE,
    // pendingAcceptance -> expired. The state is documented, the period is not; by analogy with
    // VPC peering requests.
    acceptanceExpires: 7 * DAY,
    // Time between two looks at the DNS while a name is pendingVerification. Assumption.
    privateDnsCheck: MINUTE,
    // pendingVerification -> failed, counted from the start of a verification. Assumption;
    // Terraform waits 30 minutes.
    privateDnsGivesUp: 30 * MINUTE,
    // Time between two looks at the DNS once a name is verified. Assumption; that it is looked at
    // again is documented (Guide, manage-dns-names).
    privateDnsRecheck: HOUR,
    // PENDING -> INSYNC. "Generally within 60 seconds" (Route 53 API reference, GetChange).
    recordsInSync: 30 * SECOND,
    // provisioning -> active of a load balancer. Assumption; usually two or three minutes.
    loadBalancerActive: 2 * MINUTE,
    // A zone that is added to a load balancer "may need a few minutes" before an endpoint service
    // can have it (Guide, configure-endpoint-service). Assumption.
    loadBalancerZoneActive: 3 * MINUTE,
    // initial -> healthy of a target. Assumption: five health checks, 30 seconds apart.
    targetRegistered: 150 * SECOND,
    // draining -> gone; the default of deregistration_delay.timeout_seconds (ELBv2 API reference).
    targetDrained: 5 * MINUTE,
    // Pending -> Available and Deleting -> gone of a supported Region. Assumptions.
    serviceRegionAvailable: 30 * SECOND,
    serviceRegionRemoved: 30 * SECOND,
  },
  compressed: {
    serviceAvailable: 0,
    serviceDeleted: 300,
    endpointAvailable: 400,
    endpointModified: 400,
    endpointDeleted: 300,
    endpointForgotten: 5 * SECOND,
    acceptanceExpires: 7 * DAY,
    privateDnsCheck: 300,
    privateDnsGivesUp: 3 * SECOND,
    privateDnsRecheck: 10 * SECOND,
    recordsInSync: 300,
    loadBalancerActive: 300,
    loadBalancerZoneActive: 300,
    targetRegistered: 300,
    targetDrained: 300,
    serviceRegionAvailable: 0,
    serviceRegionRemoved: 300,
  },
};
