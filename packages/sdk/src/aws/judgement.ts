// What the facts of a VPC amount to: its checks in their order, and the outcome in a sentence.
import {
  checkAddresses,
  checkDnsAttributes,
  checkSubnets,
  checkVpc,
  placementIn,
} from './checks/network.ts';
import { checkPrivateDns } from './checks/private-names.ts';
import { checkSecurityGroups } from './checks/security-groups.ts';
import {
  checkAccount,
  checkEndpoint,
  checkPermission,
  checkQuota,
  checkVisible,
} from './checks/service.ts';
import { type Facts, readFacts } from './facts.ts';
import type { ConnectionOptions } from './options.ts';
import type { Preflight, PreflightClient } from './preflight-outcome.ts';
import type { Session } from './session.ts';

/** For those who have a session open already. */
export function factsIn(
  session: Session,
  client: PreflightClient,
  target: Facts['target'],
  options: ConnectionOptions,
): Promise<Facts> {
  const { network, clients, signal } = session;
  return readFacts({ client, network, clients, signal }, target, options);
}

/** Judges what was read; in the order of the path from the client to the service. */
export function preflightOf(facts: Facts): Preflight {
  const checks = [
    checkAccount(facts),
    checkVpc(facts),
    checkDnsAttributes(facts),
    checkSubnets(facts),
    checkAddresses(facts),
    checkSecurityGroups(facts),
    checkVisible(facts),
    checkPermission(facts),
    checkQuota(facts),
    checkEndpoint(facts),
    checkPrivateDns(facts),
  ];
  const failed = checks.find(({ result }) => result === 'fail');
  const open = failed ?? checks.find(({ result }) => result === 'unknown');
  const { target } = facts;
  return {
    ready: failed ? 'no' : open ? 'unknown' : 'yes',
    summary: open?.evidence ?? `${target.vpcId} can connect to ${target.service.service_name}.`,
    turn: open?.next?.actor ?? 'nobody',
    next: open?.next ?? checks.find(({ result }) => result === 'warn')?.next ?? null,
    checks,
    service_name: target.service.service_name,
    vpc_id: target.vpcId,
    account_id: target.accountId,
    subnet_ids: placementIn(facts)?.subnets.map(({ id }) => id) ?? [],
  };
}
