// What stands in the way of an endpoint before it is made, as far as the vendor's side can tell.
// What the customer sent about its own network is judged in preflight-network.ts.

import { admits, type Account } from './account.ts';
import { fail, pass, unknown, warn, type Check, type NextStep } from './check.ts';
import type { Customer } from './customer.ts';
import { endingOf, standstill, type EndpointService } from './endpoint-service.ts';
import type { Actor } from './errors.ts';
import { allowsRegion, hasEnded, type Grant } from './grant.ts';
import { checkNetwork } from './preflight-network.ts';
import type { Principal } from './principal.ts';
import type { Wish } from './wish.ts';

export interface PreflightFacts {
  wish: Wish;
  now: Date;
  customer: Customer | null;
  account: Account | null;
  grant: Grant | null;
  service: EndpointService;
  /** Entries of the allowlist that are of the account. */
  principals: Pick<Principal, 'arn' | 'state'>[];
  /** The allowlist has `*`, which is the vendor's to know: it lets every account in. */
  isOpen: boolean;
  /** Connections under the grant that are let in; null when there is no limit to them. */
  liveConnections: number | null;
}

export interface Preflight {
  endpointServiceId: string;
  accountId: string;
  region: string;
  ready: 'yes' | 'no' | 'unknown';
  summary: string;
  turn: Actor | 'nobody';
  next: NextStep | null;
  checks: Check[];
  /** Zones that the endpoint can be in, of those that were named; else all of the service. */
  availabilityZoneIds: string[];
  observedAt: Date | null;
}

/** Checks in the order of the way; the first that fails is what to mend first. */
export function preflight(facts: PreflightFacts): Preflight {
  const { wish, service } = facts;
  const network = checkNetwork(wish, service);
  const checks = [
    checkAccount(facts),
    checkGrant(facts),
    checkLimit(facts),
    checkPrincipal(facts),
    checkService(service),
    checkRegion(facts),
    ...network.checks,
    checkAcceptance(facts),
  ].filter((check) => check !== null);
  const failed = checks.find(({ result }) => result === 'fail');
  const open = failed ?? checks.find(({ result }) => result === 'unknown');
  return {
    endpointServiceId: service.id,
    accountId: wish.accountId,
    region: wish.region,
    ready: failed ? 'no' : open ? 'unknown' : 'yes',
    summary: open?.evidence ?? 'Nothing that can be seen from here stands in the way.',
    turn: open?.next?.actor ?? 'nobody',
    next: open?.next ?? checks.find(({ result }) => result === 'warn')?.next ?? null,
    checks,
    availabilityZoneIds: network.availabilityZoneIds,
    observedAt: service.observedAt,
  };
}

function checkAccount({ account, customer, wish }: PreflightFacts): Check {
  const name = 'account';
  if (!account || !customer) {
    return fail(name, `Account ${wish.accountId} is not claimed.`, {
      actor: 'customer',
      action: 'Claim the account and prove it, or let the vendor attest it.',
      command: `sallyport accounts create --account-id ${wish.accountId}`,
    });
  }
  if (customer.state !== 'active') {
    return fail(name, `Customer ${customer.externalId} is ${customer.state}.`, {
      actor: 'vendor',
      action: 'Nothing new is let in for this customer.',
      command: `sallyport customers get ${customer.id}`,
    });
  }
  const evidence = `Account ${account.accountId} of ${customer.name} is ${account.standing}.`;
  if (admits(account.standing)) return pass(name, evidence);
  return fail(name, evidence, {
    actor: 'customer',
    action: 'Prove the account.',
    command: `sallyport accounts get ${account.accountId}`,
  });
}

function checkGrant({ grant, service, wish, now }: PreflightFacts): Check {
  const name = 'grant';
  const covers = grant?.accountIds.length === 0 || grant?.accountIds.includes(wish.accountId);
  if (!grant || !covers) {
    return fail(name, `No grant on ${service.name} covers account ${wish.accountId}.`, {
      actor: 'vendor',
      action: 'Grant the customer the service, or widen its grant.',
      command: `sallyport grants create --endpoint-service-id ${service.id}`,
    });
  }
  if (hasEnded(grant, now)) {
    return fail(name, `Grant ${grant.id} has ended at ${grant.expiresAt?.toISOString()}.`, {
      actor: 'vendor',
      action: 'Give the grant a later end, or let it be over.',
      command: `sallyport grants update ${grant.id} --expires-at …`,
    });
  }
  if (!allowsRegion(grant, wish.region)) {
    const allowed = grant.endpointRegions.join(', ');
    return fail(name, `Grant ${grant.id} is for ${allowed}, not for ${wish.region}.`, {
      actor: 'customer',
      action: `Make the endpoint in ${allowed}, or ask the vendor for ${wish.region}.`,
      command: null,
    });
  }
  return pass(name, `Grant ${grant.id} covers the account.`);
}

function checkLimit({ grant, liveConnections }: PreflightFacts): Check | null {
  if (!grant || grant.connectionsMax === null || liveConnections === null) return null;
  const evidence = `${liveConnections} of ${grant.connectionsMax} connections are taken.`;
  if (liveConnections < grant.connectionsMax) return pass('limit', evidence);
  return fail('limit', evidence, {
    actor: 'vendor',
    action: 'Raise the limit of the grant, or have the customer delete an endpoint.',
    command: `sallyport grants update ${grant.id} --connections-max …`,
  });
}

/** Without an entry AWS answers as if there were no such service (`InvalidServiceName`). */
function checkPrincipal({ principals, service, wish, isOpen }: PreflightFacts): Check {
  const name = 'principal';
  const there = principals.filter(({ state }) => state === 'allowed' || state === 'unmanaged');
  const roles = there.map(({ arn }) => roleIn(arn));
  const listed = there.map(({ arn }) => arn).join(', ');
  const look: NextStep = {
    actor: 'vendor',
    action: 'Look at the plan of the service and at who else changes its allowlist.',
    command: `sallyport services plan ${service.id}`,
  };
  if (isOpen) return pass(name, 'The allowlist lets the account in.');
  if (there.length === 0) {
    const [entry] = principals.filter(({ state }) => state !== 'gone');
    if (entry?.state === 'pending') return unknown(name, `${entry.arn} is on its way.`, look);
    const evidence = entry
      ? `${entry.arn} is ${entry.state}: AWS would say that there is no such service.`
      : 'The allowlist has no entry of this account: AWS would say that there is no such service.';
    return fail(name, evidence, look);
  }
  if (roles.includes(null)) return pass(name, `The allowlist has ${listed}.`);
  const only = `The allowlist has only ${listed}.`;
  const byRole: NextStep = {
    actor: 'customer',
    action: `Make the endpoint as role ${roles.join(' or ')}, or ask for another role.`,
    command: 'aws sts get-caller-identity',
  };
  if (wish.roleName === null) return unknown(name, only, byRole);
  return roles.includes(wish.roleName) ? pass(name, only) : fail(name, only, byRole);
}

/** The role or user that an entry is limited to; null for one that lets the whole account in. */
function roleIn(arn: string): string | null {
  return arn.endsWith(':root') ? null : arn.slice(arn.lastIndexOf('/') + 1);
}

function checkService(service: EndpointService): Check {
  const name = 'service';
  const state = service.observed?.state ?? 'unknown';
  const look: NextStep = {
    actor: 'vendor',
    action: 'Look at the service in AWS.',
    command: `sallyport services get ${service.id}`,
  };
  if (service.retiringSince !== null) {
    return fail(name, `${service.name} is being retired; nothing new is let in.`, look);
  }
  if (state === 'available' && service.serviceName !== null) {
    return pass(name, `${service.serviceName} is available.`);
  }
  const evidence = service.problem ?? `${service.serviceName ?? service.name} is ${state}.`;
  return endingOf(service) === null ? unknown(name, evidence, look) : fail(name, evidence, look);
}

function checkRegion({ service, wish, grant }: PreflightFacts): Check {
  const name = 'region';
  if (wish.region === service.region) {
    return pass(name, `Endpoint and service are both in ${service.region}.`);
  }
  const evidence = `The endpoint is in ${wish.region}, the service in ${service.region}.`;
  if (grant?.endpointRegions.includes(wish.region)) {
    return pass(name, `${evidence} The grant names ${wish.region}.`);
  }
  return unknown(name, `${evidence} Nobody has said that it is offered there.`, {
    actor: 'vendor',
    action: `Offer the service in ${wish.region}, and name that Region in the grant.`,
    command:
      'aws ec2 modify-vpc-endpoint-service-configuration ' +
      `--service-id ${service.serviceId} --add-supported-regions ${wish.region}`,
  });
}

function checkAcceptance({ grant, service }: PreflightFacts): Check {
  const name = 'acceptance';
  const still = standstill(service);
  const look = `sallyport services get ${service.id}`;
  if (still) {
    return warn(name, `Nobody is let in while the service stands still (${still}).`, {
      actor: 'vendor',
      action: 'See why the service stands still.',
      command: look,
    });
  }
  if (service.observed?.acceptanceRequired === false) {
    return pass(name, 'AWS accepts by itself: the service requires no acceptance.');
  }
  if (service.modes.acceptance === 'observe') {
    return warn(name, 'The vendor accepts connections by other means than this service.', {
      actor: 'vendor',
      action: 'Accept it where connections are accepted today, once it is there.',
      command: look,
    });
  }
  if (grant?.acceptance !== 'manual') return pass(name, 'It is accepted by policy.');
  return warn(name, 'A person of the vendor has to accept it.', {
    actor: 'vendor',
    action: 'Accept it once it is there.',
    command: 'sallyport connections list --state pendingAcceptance',
  });
}
