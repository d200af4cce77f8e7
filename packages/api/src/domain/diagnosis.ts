// Does the connection work, why not, and whose turn is it: ordered checks along the path.

import { admits, type Account } from './account.ts';
import { checkDecision, isLetIn, type AcceptanceFacts } from './acceptance-check.ts';
import { fail, pass, unknown, warn, type Check, type NextStep } from './check.ts';
import type { Connection } from './connection.ts';
import type { Customer } from './customer.ts';
import type { Actor } from './errors.ts';
import { allowsRegion, type Grant } from './grant.ts';
import type { Principal } from './principal.ts';

export interface DiagnosisFacts extends AcceptanceFacts {
  /** Since when the connection has been longer than it should in a state that passes by itself. */
  stuckSince: Date | null;
  customer: Customer | null;
  account: Account | null;
  grant: Grant | null;
  /** Whether the time of the grant is over. */
  grantHasEnded: boolean;
  /** Entries of the allowlist that are of the owner's account. */
  principals: Pick<Principal, 'arn' | 'state'>[];
}

export interface Diagnosis {
  connectionId: string;
  vpcEndpointId: string;
  works: 'yes' | 'no' | 'unknown';
  summary: string;
  turn: Actor | 'nobody';
  next: NextStep | null;
  checks: Check[];
  observedAt: Date;
}

/** Checks in the order of the path; the first that fails is what to mend first. */
export function diagnose(facts: DiagnosisFacts): Diagnosis {
  const checks = [
    checkOwner(facts),
    checkGrant(facts),
    checkPrincipal(facts),
    checkService(facts),
    checkDecision(facts),
    checkState(facts),
    checkPrivateDns(facts),
  ];
  const failed = checks.find((check) => check.result === 'fail');
  const open = failed ?? checks.find((check) => check.result === 'unknown');
  const { connection } = facts;
  const works = failed ? 'no' : open ? 'unknown' : 'yes';
  return {
    connectionId: connection.id,
    vpcEndpointId: connection.vpcEndpointId,
    works,
    summary: open ? open.evidence : `Connection ${connection.vpcEndpointId} is available.`,
    turn: open?.next?.actor ?? 'nobody',
    next: open?.next ?? checks.find((check) => check.result === 'warn')?.next ?? null,
    checks,
    observedAt: connection.observedAt,
  };
}

function checkOwner({ account, customer, connection }: DiagnosisFacts): Check {
  const name = 'account';
  const raise = obstacle(connection);
  if (!account || !customer) {
    return raise(name, `Account ${connection.ownerAccountId} belongs to no customer we know.`, {
      actor: 'customer',
      action: 'Claim the account and prove it, or let the vendor attest it.',
      command: `sallyport accounts create --account-id ${connection.ownerAccountId}`,
    });
  }
  if (customer.state !== 'active') {
    return raise(name, `Customer ${customer.externalId} is ${customer.state}.`, {
      actor: 'vendor',
      action: 'Nothing new is let in for this customer.',
      command: `sallyport customers get ${customer.id}`,
    });
  }
  const evidence = `Account ${account.accountId} of ${customer.name} is ${account.standing}.`;
  if (admits(account.standing)) return pass(name, evidence);
  return raise(name, evidence, {
    actor: 'customer',
    action: 'Prove the account again.',
    command: `sallyport accounts get ${account.accountId}`,
  });
}

function checkGrant({ grant, grantHasEnded, connection, service }: DiagnosisFacts): Check {
  const covers =
    grant &&
    (grant.accountIds.length === 0 || grant.accountIds.includes(connection.ownerAccountId));
  if (covers && grantHasEnded) return endedGrant(connection, grant);
  if (covers && !allowsRegion(grant, connection.endpointRegion)) {
    return regionOutside(connection, grant);
  }
  if (covers) return pass('grant', `Grant ${grant.id} covers the account.`);
  const evidence = `No grant on ${service.name} covers account ${connection.ownerAccountId}.`;
  return obstacle(connection)('grant', evidence, {
    actor: 'vendor',
    action: 'Grant the customer the service, or widen its grant.',
    command: `sallyport grants create --endpoint-service-id ${service.id}`,
  });
}

function endedGrant(connection: Connection, { id, expiresAt }: Grant): Check {
  const evidence = `Grant ${id} has ended at ${expiresAt?.toISOString()}.`;
  return obstacle(connection)('grant', evidence, {
    actor: 'vendor',
    action: 'Give the grant a later end, or let it be over.',
    command: `sallyport grants update ${id} --expires-at …`,
  });
}

function regionOutside(connection: Connection, { id, endpointRegions }: Grant): Check {
  const { endpointRegion } = connection;
  const allowed = endpointRegions.join(', ');
  const evidence = `The endpoint is in ${endpointRegion}; grant ${id} is for ${allowed}.`;
  return obstacle(connection)('grant', evidence, {
    actor: 'customer',
    action: `Make the endpoint in ${allowed}, or ask the vendor for ${endpointRegion}.`,
    command: null,
  });
}

/** A missing entry stops new endpoints only: AWS leaves the connections there are. */
function checkPrincipal({ principals, service }: DiagnosisFacts): Check {
  const there = principals.filter(({ state }) => state === 'allowed' || state === 'unmanaged');
  if (there.length > 0) {
    return pass('principal', `The allowlist has ${there.map(({ arn }) => arn).join(', ')}.`);
  }
  const entry = principals.find(({ state }) => state !== 'gone');
  const evidence = entry
    ? `${entry.arn} is ${entry.state}, so new endpoints may be refused.`
    : 'The allowlist has no entry of this account, so it cannot make another endpoint.';
  return warn('principal', evidence, {
    actor: 'vendor',
    action: 'Look at the plan of the service and at who else changes its allowlist.',
    command: `sallyport services plan ${service.id}`,
  });
}

function checkService({ service, connection }: DiagnosisFacts): Check {
  const state = service.observed?.state ?? 'unknown';
  if (state === 'available') return pass('service', `${service.serviceName} is available.`);
  const next: NextStep = {
    actor: 'vendor',
    action: 'Look at the service in AWS.',
    command: `sallyport services get ${service.id}`,
  };
  const evidence = service.problem ?? `${service.serviceName ?? service.name} is ${state}.`;
  const severe = connection.state !== 'available' || state === 'missing' || state === 'failed';
  return severe && state !== 'unknown'
    ? fail('service', evidence, next)
    : { name: 'service', result: 'unknown', evidence, next };
}

function checkState({ connection, stuckSince }: DiagnosisFacts): Check {
  const { state, awsState, stateSince } = connection;
  const evidence = `AWS shows "${awsState}" since ${stateSince.toISOString()}.`;
  const wait = `sallyport wait connection ${connection.id}`;
  if (state === 'available') return pass('connection', evidence);
  if (state === 'pendingAcceptance') {
    return unknown('connection', evidence, {
      actor: 'vendor',
      action: 'It waits for acceptance.',
      command: wait,
    });
  }
  const passes = ['pending', 'partial', 'unknown'].includes(state);
  if (passes && stuckSince) {
    const stuck = `${evidence} It should have passed by ${stuckSince.toISOString()}.`;
    return unknown('connection', stuck, {
      actor: 'vendor',
      action: 'Look at the load balancer and its zones, and ask AWS support when they are fine.',
      command: `sallyport services get ${connection.endpointServiceId}`,
    });
  }
  if (passes) {
    return unknown('connection', evidence, {
      actor: 'aws',
      action: 'AWS is working on it; wait.',
      command: wait,
    });
  }
  return fail('connection', evidence, {
    actor: 'customer',
    action: 'Make a new VPC endpoint; one in this state never comes back.',
    command: 'aws ec2 create-vpc-endpoint --vpc-endpoint-type Interface …',
  });
}

function checkPrivateDns({ service }: DiagnosisFacts): Check {
  const dns = service.observed?.privateDns;
  if (!dns) return pass('private_dns', 'The service has no private DNS name.');
  if (dns.state === 'verified') return pass('private_dns', `${dns.name} is verified.`);
  return warn('private_dns', `${dns.name} is ${dns.state}, so it cannot be switched on yet.`, {
    actor: 'vendor',
    action: 'See how far the verification is.',
    command: `sallyport services private-dns get ${service.id}`,
  });
}

/** What keeps a new connection out is no more than a warning for one that AWS has let in. */
function obstacle({ state }: Connection): typeof fail {
  return isLetIn(state) ? warn : fail;
}
