// What stands in the way of a change until somebody does something about it, with the command.

import { aspects, standstill, type Aspect, type EndpointService } from './endpoint-service.ts';

export interface Hindrance {
  /**
   * `frozen`, a quarantine, an aspect as in `principals_observed`, `unmanaged_principal`,
   * `contested_principal`, `refused_principal`, `refused_connection`, `private_dns_blocked` or
   * `role_denied`.
   */
  by: string;
  action: string;
  command: string;
}

type Standing = Pick<EndpointService, 'id' | 'modes' | 'frozenSince' | 'quarantine'>;

/** The service changes nothing at all, whatever its modes; null when it does. */
export function standingStill(service: Standing): Hindrance | null {
  const by = standstill(service);
  if (by === null) return null;
  if (by === 'frozen') {
    const command = `sallyport services unfreeze ${service.id}`;
    return { by, action: 'Unfreeze the service.', command };
  }
  const action = 'Confirm that this deployment manages the service.';
  return { by, action, command: 'sallyport deployment get' };
}

const flagOf: Record<Aspect, string> = {
  principals: 'principals',
  acceptance: 'acceptance',
  privateDns: 'private-dns',
};

export function observed(id: string, aspect: Aspect): Hindrance {
  const flag = flagOf[aspect];
  return {
    by: `${flag.replace('-', '_')}_observed`,
    action: `Switch ${flag} to \`manage\`, or remove by hand what is left.`,
    command: `sallyport services set-modes ${id} --${flag} manage`,
  };
}

/** What keeps a service from ending: that takes every aspect. */
export function hindrancesOfEnd(service: Standing): Hindrance[] {
  const still = standingStill(service);
  if (still) return [still];
  const found = aspects.filter((aspect) => service.modes[aspect] === 'observe');
  return found.map((aspect) => observed(service.id, aspect));
}

export function unmanaged(id: string, arn: string): Hindrance {
  return {
    by: 'unmanaged_principal',
    action: `${arn} was added by other hands: remove or adopt it.`,
    command: `sallyport principals list --endpoint-service-id ${id} --state unmanaged`,
  };
}

export function contested(id: string, arns: readonly string[]): Hindrance {
  return {
    by: 'contested_principal',
    action: `Other hands have removed ${someOf(arns)}: restore or release each.`,
    command: `sallyport principals list --endpoint-service-id ${id} --state contested`,
  };
}

/** @param refused with the code that AWS gave for each */
export function refusedPrincipals(
  id: string,
  refused: readonly { arn: string; code: string }[],
): Hindrance {
  const named = refused.map(({ arn, code }) => `${arn} (${code})`);
  return {
    by: 'refused_principal',
    action: `AWS does not take ${someOf(named)}: do the account and the role exist?`,
    command: `sallyport services drift ${id}`,
  };
}

export function refusedConnections(
  id: string,
  refused: readonly { vpcEndpointId: string; code: string }[],
): Hindrance {
  const named = refused.map(({ vpcEndpointId, code }) => `${vpcEndpointId} (${code})`);
  return {
    by: 'refused_connection',
    action: `AWS refuses what was decided about ${someOf(named)}; it is tried again.`,
    command: `sallyport effects list --endpoint-service-id ${id} --outcome partial`,
  };
}

export function blockedPrivateDns(id: string, problem: string): Hindrance {
  const command = `sallyport services private-dns get ${id}`;
  return { by: 'private_dns_blocked', action: problem, command };
}

const namedMax = 3;

function someOf(names: readonly string[]): string {
  const more = names.length - namedMax;
  const first = names.slice(0, namedMax).join(', ');
  return more > 0 ? `${first} and ${more} more` : first;
}
