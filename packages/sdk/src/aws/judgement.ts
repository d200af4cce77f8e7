// What the facts of a VPC amount to: its checks in their order, and the outcome in a sentence.
import {
  checkAddresses,
  checkDnsAttributes,
  checkSubnets,
  checkVpc,
  placementIn,
} from './checks/network.ts';
import { checkConflict } from './checks/private-names.ts';
import { checkSecurityGroups } from './checks/security-groups.ts';
import { checkEndpoint, checkPermission, checkQuota, checkVisible } from './checks/service.ts';
import type { Check } from '../generated/types.ts';
import { type Facts, readFacts } from './facts.ts';
import { liveOf } from './ours.ts';
import type { ConnectionOptions } from './options.ts';
import type { VpcPreflight, PreflightClient } from './preflight-outcome.ts';
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
export function preflightOf(facts: Facts): VpcPreflight {
  const vendors = (...names: string[]) => {
    return facts.provider.checks.filter(({ name }) => names.includes(name));
  };
  const live = liveOf(facts.endpoints.value ?? [], facts.target);
  const checks = [
    ...vendors('account', 'grant', 'limit', 'principal', 'service', 'region'),
    checkVisible(facts),
    checkPermission(facts),
    checkVpc(facts),
    checkDnsAttributes(facts),
    ...vendors('zones'),
    checkSubnets(facts),
    checkAddresses(facts),
    checkSecurityGroups(facts),
    checkQuota(facts),
    checkEndpoint(facts),
    ...vendors('private_dns'),
    checkConflict(facts),
    ...vendors('acceptance'),
  ].map((check) => (live ? asOfLive(check) : check));
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

/** What still matters once the endpoint is there. */
const OF_THE_LIVE: readonly string[] = ['vpc', 'vpc_dns', 'endpoint', 'private_dns_conflict'];

/** What keeps a new endpoint out is no more than a warning for one that is there. */
function asOfLive(check: Check): Check {
  const { name, result } = check;
  return result === 'fail' && !OF_THE_LIVE.includes(name) ? { ...check, result: 'warn' } : check;
}
