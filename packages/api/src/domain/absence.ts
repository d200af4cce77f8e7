// Why an endpoint is not seen: where it was looked for, how fresh that is, and what keeps this
// customer's endpoints from coming to be. Who is not let in gets `InvalidServiceName`, as for a
// typo, and no endpoint (AWS PrivateLink guide); an endpoint of another service is never shown.

import { admits, type Account } from './account.ts';
import { fail, pass, seenAt, skipped, unknown, warn, type Check, type NextStep } from './check.ts';
import type { Customer } from './customer.ts';
import { outcome, type Diagnosis, type SearchedRegion } from './diagnosis.ts';
import type { EndpointService } from './endpoint-service.ts';
import { hasEnded, type Grant } from './grant.ts';
import type { Principal } from './principal.ts';

/** What is known when an endpoint is not. */
export interface AbsenceFacts {
  now: Date;
  vpcEndpointId: string;
  /** Whose endpoint it is said to be; null when nobody said. */
  customer: Customer | null;
  accounts: Account[];
  grants: Grant[];
  /** Entries of the allowlists that are of the customer's accounts. */
  principals: Pick<Principal, 'arn' | 'state'>[];
  /** The services of the grants or, of nobody in particular, all. */
  services: EndpointService[];
}

export function diagnoseAbsence(facts: AbsenceFacts): Diagnosis {
  const { vpcEndpointId, customer, services } = facts;
  const searched = regionsOf(services);
  const oldest = searched.every(({ readAt }) => readAt !== null)
    ? searched.map(({ readAt }) => readAt!).toSorted((a, b) => +a - +b)[0]
    : undefined;
  const known = customer
    ? [checkAccounts(facts), checkGrants(facts), checkPrincipals(facts)]
    : [whose(vpcEndpointId)];
  const checks = [...known, checkServices(facts), checkEndpoint(facts, searched)];
  const ends = {
    customer: customer === null ? 'not known' : customer.name,
    vendor: namesOf(services),
    client: { result: 'unknown', evidence: 'Nobody has reported what clients see.' } as const,
  };
  return {
    connectionId: null,
    vpcEndpointId,
    ...outcome(checks, ends, ''),
    dns: 'endpoint',
    searched,
    observedAt: oldest ?? null,
  };
}

/** Of many services their number says more. */
function namesOf(services: readonly EndpointService[]): string {
  const names = [...new Set(services.map(({ name }) => name))];
  return names.length > 3 ? `${services.length} services` : names.join(', ') || 'no service';
}

function regionsOf(services: readonly EndpointService[]): SearchedRegion[] {
  const byRegion = Map.groupBy(services, ({ region }) => region);
  return [...byRegion].map(([region, all]): SearchedRegion => {
    const reads = all.map((service) => service.reads.connections);
    const times = reads.map(({ readAt }) => readAt);
    const oldest = times.every((time) => time !== null)
      ? new Date(Math.min(...times.map(Number)))
      : null;
    return {
      region,
      serviceNames: all.flatMap(({ serviceName }) => serviceName ?? []),
      readAt: oldest,
      maxAgeSeconds: Math.max(...reads.map(({ maxAgeSeconds }) => maxAgeSeconds)),
    };
  });
}

function whose(vpcEndpointId: string): Check {
  return unknown('account', 'Whose endpoint it is, nobody said.', {
    actor: 'vendor',
    action: 'Say which customer makes it, so that what keeps it out can be told.',
    command: `sallyport diagnose ${vpcEndpointId} --customer EXTERNAL_ID`,
  });
}

const asTypo = 'create-vpc-endpoint answers InvalidServiceName';

function checkAccounts({ customer, accounts }: AbsenceFacts): Check {
  const { state, externalId, id } = customer!;
  if (state !== 'active') {
    return fail('account', `Customer ${externalId} is ${state}, so nothing new is let in.`, {
      actor: 'vendor',
      action: 'Resume the customer, or let it leave.',
      command: `sallyport customers get ${id}`,
    });
  }
  const good = accounts.filter(({ standing }) => admits(standing));
  const rest = accounts.filter(({ standing }) => !admits(standing));
  const list = accounts.map(({ accountId, standing }) => `${accountId} is ${standing}`).join(', ');
  if (good.length > 0 && rest.length === 0) return pass('account', `Account ${list}.`);
  const [worst] = rest;
  const step = provingOf(worst);
  if (good.length > 0) return warn('account', `Account ${list}.`, step);
  const evidence = worst ? `Account ${list}` : 'No account is claimed';
  return fail('account', `${evidence}, so ${asTypo}.`, step);
}

function provingOf(account: Account | undefined): NextStep {
  if (account === undefined) {
    return {
      actor: 'customer',
      action: 'Claim the account that the endpoint is in, and prove it.',
      command: 'sallyport accounts create --account-id ACCOUNT',
    };
  }
  const { accountId, standing } = account;
  if (standing === 'disputed') {
    return {
      actor: 'vendor',
      action: 'Another customer has this account. Find out whose it is, and attest it.',
      command: `sallyport accounts list --account-id ${accountId}`,
    };
  }
  return {
    actor: 'customer',
    action: standing === 'lapsed' ? 'Prove the account again.' : 'Prove the account.',
    command: `sallyport accounts create-challenge ${accountId}`,
  };
}

function checkGrants({ customer, grants, now }: AbsenceFacts): Check {
  const open = grants.filter((grant) => !hasEnded(grant, now));
  if (open.length > 0) {
    const names = open.map(({ id }) => id).join(', ');
    return pass('grant', `Granted by ${names}.`);
  }
  const [ended] = grants;
  if (ended) {
    const evidence = `Grant ${ended.id} has ended at ${ended.expiresAt?.toISOString()}.`;
    return fail('grant', `${evidence.slice(0, -1)}, so ${asTypo}.`, {
      actor: 'vendor',
      action: 'Give the grant a later end, or let it be over.',
      command: `sallyport grants update ${ended.id} --expires-at TIME`,
    });
  }
  return fail('grant', `Nothing is granted, so ${asTypo}.`, {
    actor: 'vendor',
    action: 'Grant the customer the service.',
    command:
      `sallyport grants create --customer-id ${customer!.externalId} ` +
      '--endpoint-service-id SERVICE',
  });
}

function checkPrincipals({ principals, services }: AbsenceFacts): Check {
  const there = principals.filter(({ state }) => state === 'allowed' || state === 'unmanaged');
  const readAt = services[0]?.reads.principals.readAt ?? null;
  if (there.length > 0) {
    const evidence = `The allowlist has ${there.map(({ arn }) => arn).join(', ')}.`;
    return seenAt(pass('principal', evidence), readAt);
  }
  const entry = principals.find(({ state }) => state !== 'gone');
  const evidence = entry
    ? `${entry.arn} is ${entry.state}, so ${asTypo}.`
    : `No account is on the allowlist, so ${asTypo}.`;
  const check = fail('principal', evidence, {
    actor: 'vendor',
    action: 'Look at the plan of the service and at who else changes its allowlist.',
    command: `sallyport services plan ${services[0]?.id ?? 'SERVICE'}`,
  });
  return seenAt(check, readAt);
}

function checkServices({ services }: AbsenceFacts): Check {
  const bad = services.filter(({ observed }) => observed?.state !== 'available');
  const list = services.map(
    ({ name, observed }) => `${name} is ${observed?.state ?? 'not known yet'}`,
  );
  if (services.length > 0 && bad.length === 0) {
    return pass('service', `What is looked through is available: ${namesOf(services)}.`);
  }
  if (services.length === 0) return skipped('service', 'No service is granted.');
  const allBad = bad.length === services.length;
  const evidence = `${list.join(', ')}.`;
  return (allBad ? fail : warn)('service', evidence, {
    actor: 'vendor',
    action: 'Look at the service in AWS.',
    command: bad[0] ? `sallyport services get ${bad[0].id}` : 'sallyport services list',
  });
}

/** What was searched, and what to ask the one who can see the endpoint. */
function checkEndpoint(
  { vpcEndpointId, now }: AbsenceFacts,
  searched: readonly SearchedRegion[],
): Check {
  const places = searched.map(({ region, readAt, maxAgeSeconds }) => {
    const age = readAt && Math.max(0, Math.round((+now - +readAt) / 1_000));
    const fresh = age === null ? 'never read' : `read ${age} s ago, at most ${maxAgeSeconds} s old`;
    return `${region} (${fresh})`;
  });
  const evidence =
    places.length === 0
      ? `${vpcEndpointId} is not seen, and no region is searched.`
      : `${vpcEndpointId} is not among the connections of ${places.join(', ')}.`;
  const region = searched[0]?.region ?? 'REGION';
  return unknown('endpoint', evidence, {
    actor: 'customer',
    action:
      'Send what this prints, and the error if it never came to be: the service name must be ' +
      'ours to the letter, and the Region one of those above.',
    command:
      `aws ec2 describe-vpc-endpoints --region ${region} --vpc-endpoint-ids ${vpcEndpointId} ` +
      '--query "VpcEndpoints[].[ServiceName,State,OwnerId,LastError]"',
  });
}
