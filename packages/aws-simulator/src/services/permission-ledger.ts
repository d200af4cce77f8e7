// The ledgers of all services. An operation that is in none needs its own action on everything,
// until somebody looks up what AWS asks for; a test names those.

import { ec2Permissions } from './ec2/permissions.ts';
import { elasticLoadBalancingPermissions } from './elasticloadbalancing/permissions.ts';
import { monitoringPermissions } from './monitoring/permissions.ts';
import type { Ledger, Rule } from './permission.ts';
import { route53Permissions } from './route53/permissions.ts';
import type { ServiceName } from './service.ts';
import { snsPermissions } from './sns/permissions.ts';
import { sqsPermissions } from './sqs/permissions.ts';
import { stsPermissions } from './sts/permissions.ts';

export const ledgers: Readonly<Record<string, Ledger>> = {
  ec2: ec2Permissions,
  elasticloadbalancing: elasticLoadBalancingPermissions,
  monitoring: monitoringPermissions,
  route53: route53Permissions,
  sns: snsPermissions,
  sqs: sqsPermissions,
  sts: stsPermissions,
};

/** @param prefix the service's in policies, which is not always its name. */
export function ruleOf(service: ServiceName, prefix: string, operation: string): Rule {
  const ledger = ledgers[service];
  const rule = ledger && Object.hasOwn(ledger, operation) ? ledger[operation] : undefined;
  return rule ?? (() => [{ action: `${prefix}:${operation}`, resource: '*' }]);
}
