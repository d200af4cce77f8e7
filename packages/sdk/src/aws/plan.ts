// What `connect` would do, told before anything is done.
import type { NextStep } from '../generated/types.ts';
import { placementIn } from './checks/network.ts';
import { ec2Command, ownCommand } from './commands.ts';
import type { ConnectingClient, ConnectOptions, ConnectStep } from './connect-options.ts';
import type { Facts } from './facts.ts';
import { factsIn, preflightOf } from './judgement.ts';
import { isEnded, isOurs, isThere, liveOf } from './ours.ts';
import type { VpcPreflight } from './preflight-outcome.ts';
import { groupNameOf } from './security-group-name.ts';
import { withSession } from './session.ts';

export interface ConnectionPlan {
  /** Whether `connect` would get to the end, by all that can be seen now. */
  works: 'yes' | 'no' | 'unknown';
  summary: string;
  /** What to do first; null when nothing is to be done. */
  next: NextStep | null;
  steps: PlannedStep[];
  preflight: VpcPreflight;
}

export interface PlannedStep {
  step: ConnectStep;
  /** `nothing`: it is so already · `change`: something is made or changed · `wait`: for others. */
  does: 'nothing' | 'change' | 'wait';
  what: string;
  /** What does the same by hand; null where there is no such command. */
  command: string | null;
}

/** What connecting mends or waits for by itself, so that it is no reason against it. */
const MENDED: readonly string[] = ['account', 'principal', 'visibility'];

/**
 * Looks as `preflight` does, and tells each step that `connect` would take with these options.
 * Changes nothing.
 * @example
 * ```ts
 * import { planConnection } from '@sallyport/sdk/aws';
 *
 * const { works, steps } = await planConnection(client, { region: 'us-east-1' });
 * for (const { does, what, command } of steps) console.log(does, what, command);
 * ```
 */
export function planConnection(
  client: ConnectingClient,
  options: ConnectOptions,
): Promise<ConnectionPlan> {
  return withSession(client, options, async (session) => {
    const target = await session.target();
    const facts = await factsIn(session, client, target, options);
    const preflight = preflightOf(facts);
    const mended = [...MENDED, ...(options.replace ? ['endpoint'] : [])];
    const failed = preflight.checks.find(
      ({ name, result }) => result === 'fail' && !mended.includes(name),
    );
    const open = failed ?? preflight.checks.find(({ result }) => result === 'unknown');
    return {
      works: failed ? 'no' : open ? 'unknown' : 'yes',
      summary: open?.evidence ?? 'Nothing that can be seen stands in the way.',
      next: open?.next ?? null,
      steps: await stepsOf(facts, options),
      preflight,
    };
  });
}

async function stepsOf(facts: Facts, options: ConnectOptions): Promise<PlannedStep[]> {
  const groups = await planGroups(facts, options);
  return [
    planAccount(facts),
    planVisibility(facts),
    ...(groups ? [groups] : []),
    planEndpoint(facts, options),
    planAcceptance(facts),
    planPrivateDns(facts),
  ];
}

function planAccount({ provider, target: { accountId } }: Facts): PlannedStep {
  const check = provider.checks.find(({ name }) => name === 'account');
  if (check?.result !== 'fail') {
    return nothing('account', check?.evidence ?? `Account ${accountId} has standing.`);
  }
  return {
    step: 'account',
    does: 'change',
    what: `${check.evidence} It is claimed and proven with these credentials.`,
    command: ownCommand('prove', `--account-id ${accountId}`),
  };
}

function planVisibility({ visible, target }: Facts): PlannedStep {
  const { service_name: name } = target.service;
  if (visible.value) return nothing('service', `EC2 shows ${name}.`);
  const what = `Until EC2 shows ${name}: the allowlist is the vendor's.`;
  return { step: 'service', does: 'wait', what, command: null };
}

async function planGroups(facts: Facts, options: ConnectOptions): Promise<PlannedStep | null> {
  const { target, groups } = facts;
  if (options.security_group_ids || liveIn(facts)) return null;
  const [found] = groups.value ?? [];
  if (found) return nothing('security-group', `${found.id} is there.`);
  const name = await groupNameOf(target);
  const from = target.vpc?.cidrs.join(', ') ?? 'the VPC';
  return {
    step: 'security-group',
    does: 'change',
    what: `Make ${name}, which lets TCP ${target.port} in from ${from}.`,
    command: ec2Command(
      'create-security-group',
      target.region,
      `--vpc-id ${target.vpcId} --group-name ${name}`,
    ),
  };
}

function planEndpoint(facts: Facts, { replace }: ConnectOptions): PlannedStep {
  const { target, endpoints } = facts;
  const live = liveIn(facts);
  if (live) return nothing('endpoint', `${live.id} is there (${live.state}).`);
  const subnets = placementIn(facts)?.subnets.map(({ id }) => id) ?? [];
  const ended = endpoints.value?.find((one) => {
    return isOurs(one, target) && isThere(one.state) && isEnded(one.state);
  });
  const where = subnets.length > 0 ? subnets.join(', ') : 'no subnet';
  const make = `Make an endpoint of ${target.service.service_name} in ${where}.`;
  const first = ended && replace ? `Delete ${ended.id}, which is ${ended.state}. ` : '';
  const across = target.crossRegion ? [`--service-region ${target.service.region}`] : [];
  return {
    step: 'endpoint',
    does: ended && !replace ? 'nothing' : 'change',
    what: ended && !replace ? `${ended.id} is ${ended.state}, and stays.` : `${first}${make}`,
    command: ec2Command(
      'create-vpc-endpoint',
      target.region,
      `--vpc-endpoint-type Interface --vpc-id ${target.vpcId}`,
      `--service-name ${target.service.service_name}`,
      ...across,
      `--subnet-ids ${subnets.join(' ')}`,
    ),
  };
}

function planAcceptance(facts: Facts): PlannedStep {
  const live = liveIn(facts);
  if (live?.state === 'available') return nothing('acceptance', `${live.id} is available.`);
  const check = facts.provider.checks.find(({ name }) => name === 'acceptance');
  const what = check?.evidence ?? 'Until the vendor accepts it.';
  return { step: 'acceptance', does: 'wait', what, command: null };
}

function planPrivateDns(facts: Facts): PlannedStep {
  const { target } = facts;
  const name = target.service.private_dns_name;
  if (name === null || target.dns !== 'endpoint') {
    return nothing('private-dns', `It stays off (dns "${target.dns}").`);
  }
  if (liveIn(facts)?.privateDnsEnabled) return nothing('private-dns', `${name} is switched on.`);
  const id = liveIn(facts)?.id ?? '<endpoint>';
  return {
    step: 'private-dns',
    does: 'change',
    what: `Switch ${name} on, once the endpoint is available.`,
    command: ec2Command(
      'modify-vpc-endpoint',
      target.region,
      `--vpc-endpoint-id ${id} --private-dns-enabled`,
    ),
  };
}

function liveIn({ endpoints, target }: Facts) {
  return liveOf(endpoints.value ?? [], target);
}

function nothing(step: ConnectStep, what: string): PlannedStep {
  return { step, does: 'nothing', what, command: null };
}
