// Private DNS of an endpoint: when it may be turned on, and turning it on. The texts are from the
// field, except where marked.

import type { Endpoint } from '../../../world/privatelink/endpoint.ts';
import type { EndpointService } from '../../../world/privatelink/endpoint-service.ts';
import { UPPER_ALNUM } from '../../../world/ids.ts';
import type { Vpc } from '../../../world/resources.ts';
import type { World } from '../../../world/world.ts';
import { serviceOf } from './service-choice.ts';
import { invalidParameter } from '../errors.ts';

/**
 * Checks that private DNS could be on for an endpoint of this service in this VPC.
 * @param self the endpoint it is for, when it exists already.
 * @throws AwsError InvalidParameter with the reason.
 */
export function checkPrivateDns(
  world: World,
  vpc: Vpc,
  service: EndpointService,
  self?: Endpoint,
): void {
  const refused = (reason: string) =>
    invalidParameter(`Private DNS can't be enabled because the service ${service.name} ${reason}`);
  const { privateDns } = service;
  if (!privateDns) throw refused('does not provide a private DNS name.');
  if (privateDns.state !== 'verified') throw refused('has not verified the private DNS name.');
  if (!vpc.dnsSupport || !vpc.dnsHostnames) {
    throw invalidParameter(
      'Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC ' +
        `attributes set to true for ${vpc.id}`,
    );
  }
  if (hasConflict(world, vpc, privateDns.name, self)) {
    throw invalidParameter(
      'private-dns-enabled cannot be set because there is already a conflicting DNS ' +
        `domain for ${privateDns.name} in the VPC ${vpc.id}`,
    );
  }
}

/** Code and text are not documented; that it fails is (crossplane provider-aws issue 1363). */
export function checkAccepted(endpoint: Endpoint | undefined, serviceName: string): void {
  if (endpoint && endpoint.state !== 'pendingAcceptance') return;
  throw invalidParameter(
    `Private DNS can't be enabled because the service ${serviceName} has not accepted ` +
      'the endpoint connection. Enable it once the endpoint is available.',
  );
}

/** Gives the endpoint its private name; nothing happens when the service has none any more. */
export function enablePrivateDns(world: World, endpoint: Endpoint): void {
  const name = serviceOf(world, endpoint)?.privateDns?.name;
  endpoint.privateDnsWaits = false;
  if (name === undefined) return;
  endpoint.privateDns = { name, hostedZoneId: `Z${world.ids.text(UPPER_ALNUM, 20)}` };
}

// An endpoint keeps its domain while it is deleting: its zone takes minutes to detach (field).
function hasConflict(world: World, vpc: Vpc, domain: string, self: Endpoint | undefined): boolean {
  for (const endpoint of world.endpoints.by('vpc', vpc.id)) {
    if (endpoint !== self && nameOf(world, endpoint) === domain) return true;
  }
  const zones = world.hostedZones.by('name', `${domain.replace(/^\*\./, '')}.`);
  return [...zones].some((zone) => zone.vpcs?.some(({ vpcId }) => vpcId === vpc.id));
}

/** The private name that an endpoint has, or waits for. */
function nameOf(world: World, endpoint: Endpoint): string | undefined {
  const waits = endpoint.privateDnsWaits && endpoint.state === 'pendingAcceptance';
  return waits ? serviceOf(world, endpoint)?.privateDns?.name : endpoint.privateDns?.name;
}
