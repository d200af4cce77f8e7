// Who is let in: the owner of the endpoint, its grant, its entry on the allowlist.

import { admits } from '../account.ts';
import { isLetIn } from '../acceptance-check.ts';
import { fail, pass, warn, type Check } from '../check.ts';
import type { Connection } from '../connection.ts';
import type { DiagnosisFacts } from '../diagnosis-facts.ts';
import { allowsRegion, type Grant } from '../grant.ts';
import { endpointCommand } from './endpoint-command.ts';

export function checkOwner(facts: DiagnosisFacts): Check {
  const { account, customer, connection, isDisputed } = facts;
  const name = 'account';
  const raise = obstacle(connection);
  if (!account && isDisputed) return disputed(connection);
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
    command: `sallyport accounts create-challenge ${account.accountId}`,
  });
}

/** An account has one owner: whoever claims it as the second one takes nothing over. */
function disputed(connection: Connection): Check {
  const { ownerAccountId } = connection;
  const evidence = `Account ${ownerAccountId} is disputed: several customers claim it.`;
  return obstacle(connection)('account', evidence, {
    actor: 'vendor',
    action: 'Find out whose account it is, and attest it for that customer.',
    command: `sallyport accounts list --account-id ${ownerAccountId}`,
  });
}

export function checkGrant({ grant, grantHasEnded, connection, service }: DiagnosisFacts): Check {
  const covers =
    grant &&
    (grant.accountIds.length === 0 || grant.accountIds.includes(connection.ownerAccountId));
  if (covers && grantHasEnded) return endedGrant(connection, grant);
  if (covers && !allowsRegion(grant, connection.endpointRegion)) {
    return regionOutside(connection, grant, service.region);
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
    command: `sallyport grants update ${id} --expires-at TIME`,
  });
}

function regionOutside(
  connection: Connection,
  { id, endpointRegions }: Grant,
  serviceRegion: string,
): Check {
  const { endpointRegion } = connection;
  const allowed = endpointRegions.join(', ');
  const evidence = `The endpoint is in ${endpointRegion}; grant ${id} is for ${allowed}.`;
  return obstacle(connection)('grant', evidence, {
    actor: 'customer',
    action: `Make the endpoint in ${allowed}, or ask the vendor for ${endpointRegion}.`,
    command: endpointCommand(connection, endpointRegions[0]!, serviceRegion),
  });
}

/** A missing entry stops new endpoints only: AWS leaves the connections there are. */
export function checkPrincipal({ principals, service }: DiagnosisFacts): Check {
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

/** What keeps a new connection out is no more than a warning for one that AWS has let in. */
function obstacle({ state }: Connection): typeof fail {
  return isLetIn(state) ? warn : fail;
}
