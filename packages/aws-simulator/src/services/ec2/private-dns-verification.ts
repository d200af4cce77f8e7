// Verification of a service's private DNS name: the owner publishes a TXT value in the public DNS,
// starts the verification, and the name becomes verified or failed; afterwards it is looked at
// again from time to time, for as long as the service has the name.

import type {
  StartVpcEndpointServicePrivateDnsVerificationRequest,
  StartVpcEndpointServicePrivateDnsVerificationResult,
} from '@aws-sdk/client-ec2';
import type { EndpointService, PrivateDnsName } from '../../world/endpoint-service.ts';
import { ALNUM, LOWER_ALNUM } from '../../world/ids.ts';
import { lookUpTxt } from '../../world/public-dns.ts';
import { move } from '../../world/states.ts';
import type { World } from '../../world/world.ts';
import type { Call, Given } from '../call.ts';
import { invalidParameter } from './errors.ts';
import { ownService } from './own-services.ts';

type StartCall = Call<Given<StartVpcEndpointServicePrivateDnsVerificationRequest, 'ServiceId'>>;

/** @throws AwsError InvalidParameter without a name; which code AWS uses is not documented. */
export function startPrivateDnsVerification(
  call: StartCall,
): StartVpcEndpointServicePrivateDnsVerificationResult {
  const service = ownService(call, call.input.ServiceId);
  if (!service.privateDns) {
    throw invalidParameter(`The service ${service.id} does not have a private DNS name to verify.`);
  }
  if (service.privateDns.state !== 'verified') begin(call.world, service, service.privateDns);
  return { ReturnValue: true };
}

/** A fresh name with its own token, in the shape of the current guide's example. */
export function newPrivateDnsName(
  world: World,
  service: EndpointService,
  name: string,
): PrivateDnsName {
  const privateDns: PrivateDnsName = {
    name,
    label: `_${world.ids.text(LOWER_ALNUM, 20)}`,
    value: `vpce:${world.ids.text(ALNUM, 20)}`,
    state: 'pendingVerification',
    moves: 0,
    wasVerified: false,
  };
  if (world.knobs.privateDnsStartsByItself) begin(world, service, privateDns);
  return privateDns;
}

/** Whether the public DNS has the value, at `_label.D` or at D, for D the name or a parent. */
export function isPublished(world: World, { name, label, value }: PrivateDnsName): boolean {
  const labels = name.replace(/^\*\./, '').split('.');
  for (let depth = 0; depth <= labels.length - 2; depth += 1) {
    const domain = labels.slice(depth).join('.');
    const values = [...lookUpTxt(world, `${label}.${domain}`), ...lookUpTxt(world, domain)];
    // Exact and case-sensitive (Guide, manage-dns-names).
    if (values.includes(value)) return true;
  }
  return false;
}

function begin(world: World, service: EndpointService, name: PrivateDnsName): void {
  move(name, 'pendingVerification');
  const deadline = world.schedule.now() + world.delays.privateDnsGivesUp;
  checkLater(world, service, name, world.delays.privateDnsCheck, deadline);
}

function checkLater(
  world: World,
  service: EndpointService,
  name: PrivateDnsName,
  afterMs: number,
  deadline: number,
): void {
  const planned = name.moves;
  world.schedule.at(world.schedule.now() + afterMs, () => {
    const stale = name.moves !== planned || !isCurrent(world, service, name);
    if (!stale) check(world, service, name, deadline);
  });
}

function check(
  world: World,
  service: EndpointService,
  name: PrivateDnsName,
  deadline: number,
): void {
  const { privateDnsCheck } = world.delays;
  if (isPublished(world, name)) {
    if (name.state !== 'verified') move(name, 'verified');
    name.wasVerified = true;
    checkAfterDnsChange(world, service, name);
  } else if (name.state === 'verified' || world.schedule.now() >= deadline) {
    move(name, 'failed');
  } else {
    checkLater(world, service, name, privateDnsCheck, deadline);
  }
}

// A verified name is looked at from time to time. Only a change of the public DNS can make a
// difference, so it sleeps until one, and then waits for its period to come round: a year in which
// nothing changes costs nothing.
function checkAfterDnsChange(world: World, service: EndpointService, name: PrivateDnsName): void {
  const { schedule, delays, dnsWatchers } = world;
  const checkedAt = schedule.now();
  const period = delays.privateDnsRecheck;
  const wake = () => {
    dnsWatchers.delete(wake);
    const periods = Math.max(1, Math.ceil((schedule.now() - checkedAt) / period));
    const afterMs = checkedAt + periods * period - schedule.now();
    checkLater(world, service, name, afterMs, Number.POSITIVE_INFINITY);
  };
  dnsWatchers.add(wake);
}

function isCurrent(world: World, service: EndpointService, name: PrivateDnsName): boolean {
  // A name that is being created is not set on its service yet, but nothing is due then either.
  return world.endpointServices.get(service.id) === service && service.privateDns === name;
}
