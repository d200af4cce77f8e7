// The ledgers of all services. An operation that is in none needs its own action on everything,
// until somebody looks up what AWS asks for; a test names those.

import { ec2Permissions } from './ec2/permissions.ts';
import type { Ledger, Rule } from './permission.ts';
import { route53Permissions } from './route53/permissions.ts';
import type { ServiceName } from './service.ts';
import { stsPermissions } from './sts/permissions.ts';

export const ledgers: Readonly<Partial<Record<ServiceName, Ledger>>> = {
  ec2: ec2Permissions,
  route53: route53Permissions,
  sts: stsPermissions,
};

/** @param prefix the service's in policies, which is not always its name. */
export function ruleOf(service: ServiceName, prefix: string, operation: string): Rule {
  const ledger = ledgers[service];
  const rule = ledger && Object.hasOwn(ledger, operation) ? ledger[operation] : undefined;
  return rule ?? (() => [{ action: `${prefix}:${operation}`, resource: '*' }]);
}
