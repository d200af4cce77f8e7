// Looking for the TXT value of a private DNS name in the public DNS: while its verification is
// under way, and from time to time afterwards, for as long as the service has the name.

import type {
  EndpointService,
  PrivateDnsName,
} from '../../../world/privatelink/endpoint-service.ts';
import { domainsOf } from '../../../world/dns/domains.ts';
import type { Random } from '../../../world/ids.ts';
import { lookUpTxt } from '../../../world/dns/public-dns.ts';
import { move } from '../../../world/states.ts';
import type { World } from '../../../world/world.ts';

export interface FlapOptions {
  /** How long, in milliseconds of the world. */
  readonly forMs: number;
  /** Time between two looks; `delays.privateDnsCheck` by default. */
  readonly everyMs?: number | undefined;
  /** Decides each look by chance; without it, every other one finds nothing. */
  readonly random?: Random | undefined;
}

/** Whether the public DNS has the value, at `_label.D` or at D, for D the name or a parent. */
export function isPublished(world: World, { name, label, value }: PrivateDnsName): boolean {
  for (const domain of domainsOf(name.replace(/^\*\./, ''))) {
    const values = [...lookUpTxt(world, `${label}.${domain}`), ...lookUpTxt(world, domain)];
    // Exact and case-sensitive (Guide, manage-dns-names).
    if (values.includes(value)) return true;
  }
  return false;
}

/** Starts the looks; the name is verified or failed in the end. */
export function beginChecks(world: World, service: EndpointService, name: PrivateDnsName): void {
  move(name, 'pendingVerification');
  const deadline = world.schedule.now() + world.delays.privateDnsGivesUp;
  checkLater(world, service, name, world.delays.privateDnsCheck, deadline);
}

/**
 * Makes the verification of a service's name flap: for a while, looks at the public DNS find its
 * record only now and then, and its state goes back and forth. A verification that was not started
 * is not started by it.
 * @throws Error when there is no such service.
 */
export function flapPrivateDns(world: World, serviceId: string, options: FlapOptions): void {
  const service = world.endpointServices.get(serviceId);
  if (!service) throw new Error(`There is no endpoint service ${serviceId}`);
  const { forMs, everyMs = world.delays.privateDnsCheck, random } = options;
  let found = true;
  const finds = () => {
    found = random ? random() < 0.5 : !found;
    return found;
  };
  world.privateDnsFlaps.set(serviceId, { until: world.schedule.now() + forMs, everyMs, finds });
  const { privateDns: name } = service;
  // What it flapped away from has to be found again like any other name that is pending.
  const deadline = world.schedule.now() + forMs + world.delays.privateDnsGivesUp;
  if (name?.state === 'verified') check(world, service, name, deadline);
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
  const { schedule, delays } = world;
  const flap = flapOf(world, service);
  if (flap) {
    const found = flap.finds() && isPublished(world, name);
    settleState(name, found);
    checkLater(world, service, name, flap.everyMs, Math.max(deadline, flap.until));
  } else if (isPublished(world, name)) {
    settleState(name, true);
    checkAfterDnsChange(world, service, name);
  } else if (name.state === 'verified' && world.knobs.lostVerification === 'pendingVerification') {
    beginChecks(world, service, name);
  } else if (name.state === 'verified' || schedule.now() >= deadline) {
    move(name, 'failed');
  } else {
    checkLater(world, service, name, delays.privateDnsCheck, deadline);
  }
}

function settleState(name: PrivateDnsName, found: boolean): void {
  const state = found ? 'verified' : 'pendingVerification';
  if (name.state !== state) move(name, state);
  if (found) name.wasVerified = true;
}

function flapOf(world: World, { id }: EndpointService) {
  const flap = world.privateDnsFlaps.get(id);
  if (!flap || flap.until > world.schedule.now()) return flap;
  world.privateDnsFlaps.delete(id);
  return undefined;
}

// A verified name is looked at from time to time. Only a change of the public DNS can make a
// difference, so it sleeps until one, and then waits for its period to come round: a year in which
// nothing changes costs nothing.
function checkAfterDnsChange(world: World, service: EndpointService, name: PrivateDnsName): void {
  const { schedule, delays, dnsWatchers } = world;
  const checkedAt = schedule.now();
  const checkedState = name.moves;
  const period = delays.privateDnsRecheck;
  const wake = () => {
    dnsWatchers.delete(wake);
    if (name.moves !== checkedState) return;
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
