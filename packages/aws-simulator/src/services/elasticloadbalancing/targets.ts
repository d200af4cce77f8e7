// Targets of a target group: register, deregister, and what their health is. Nothing is probed:
// health checks find what the world was told (setTargetHealth).

import type {
  DeregisterTargetsInput,
  DescribeTargetHealthInput,
  DescribeTargetHealthOutput,
  RegisterTargetsInput,
  TargetDescription,
  TargetHealth,
  TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../aws-error.ts';
import { ipv4Block, contains } from '../../world/network/addresses.ts';
import {
  type Target,
  type TargetGroup,
  targetKey,
} from '../../world/load-balancing/load-balancer.ts';
import { zoneName, zonesOf } from '../../world/regions.ts';
import { move, moveLater } from '../../world/states.ts';
import type { World } from '../../world/world.ts';
import type { Call, Given } from '../call.ts';
import { notSimulated } from '../ec2/errors.ts';
import { checkRange, invalidConfiguration, validationError } from './errors.ts';
import { ownTargetGroup } from './own-resources.ts';

/** One that is registered already stays as it is; one that drains is registered again. */
export function registerTargets(
  call: Call<Given<RegisterTargetsInput, 'TargetGroupArn' | 'Targets'>>,
): object {
  const { world, input } = call;
  const group = ownTargetGroup(call, input.TargetGroupArn);
  const targets = input.Targets.map((wanted) => newTarget(call, group, wanted));
  for (const target of targets) {
    const key = targetKey(target.id, target.port);
    const known = group.targets.get(key);
    if (known && known.state !== 'draining') continue;
    group.targets.set(key, target);
    moveLater(world.schedule, target, 'registered', world.delays.targetRegistered);
  }
  return {};
}

/** "If the specified target does not exist, the action returns successfully." */
export function deregisterTargets(
  call: Call<Given<DeregisterTargetsInput, 'TargetGroupArn' | 'Targets'>>,
): object {
  const { world, input } = call;
  const group = ownTargetGroup(call, input.TargetGroupArn);
  for (const wanted of input.Targets) refuseServerId(wanted);
  for (const target of input.Targets.flatMap((wanted) => matching(group, wanted))) {
    if (target.state !== 'draining') drain(world, group, target);
  }
  return {};
}

export function describeTargetHealth(
  call: Call<Given<DescribeTargetHealthInput, 'TargetGroupArn'>>,
): DescribeTargetHealthOutput {
  const { world, input } = call;
  const group = ownTargetGroup(call, input.TargetGroupArn);
  if (input.Include?.length) throw notSimulated('Include: anomaly detection');
  if (!input.Targets) {
    return { TargetHealthDescriptions: [...group.targets.values()].map(described(world, group)) };
  }
  const found = input.Targets.flatMap((wanted) => {
    refuseServerId(wanted);
    const targets = matching(group, wanted);
    return targets.length > 0
      ? targets.map(described(world, group))
      : [unregistered(group, wanted)];
  });
  return { TargetHealthDescriptions: found };
}

function described(world: World, group: TargetGroup) {
  return (target: Target): TargetHealthDescription => ({
    Target: { Id: target.id, Port: target.port, AvailabilityZone: target.zone },
    HealthCheckPort:
      group.healthCheck.port === 'traffic-port' ? String(target.port) : group.healthCheck.port,
    TargetHealth: healthOf(world, group, target),
    AdministrativeOverride: {
      State: 'no_override',
      Reason: 'AdministrativeOverride.NoOverride',
      Description: 'No override is currently active on target',
    },
  });
}

// Texts are from memory.
function healthOf(world: World, group: TargetGroup, target: Target): TargetHealth {
  if (target.state === 'draining') {
    return {
      State: 'draining',
      Reason: 'Target.DeregistrationInProgress',
      Description: 'Target deregistration is in progress',
    };
  }
  const [listener] = world.listeners.by('targetGroup', group.id);
  const loadBalancer = listener && world.loadBalancers.get(listener.loadBalancerArn);
  if (!loadBalancer) {
    return unused('Target group is not configured to receive traffic from the load balancer');
  }
  const enabled = loadBalancer.subnetIds.map((id) => world.subnets.get(id)?.zoneId);
  if (target.zoneId !== undefined && !enabled.includes(target.zoneId)) {
    return unused('Target is in an Availability Zone that is not enabled for the load balancer');
  }
  if (target.state === 'initial') {
    return {
      State: 'initial',
      Reason: 'Elb.RegistrationInProgress',
      Description: 'Target registration is in progress',
    };
  }
  if (target.healthy) return { State: 'healthy' };
  return {
    State: 'unhealthy',
    Reason: 'Target.FailedHealthChecks',
    Description: 'Health checks failed',
  };
}

function unused(Description: string): TargetHealth {
  return { State: 'unused', Reason: 'Target.NotInUse', Description };
}

function unregistered(group: TargetGroup, wanted: TargetDescription): TargetHealthDescription {
  return {
    Target: { ...wanted, Id: wanted.Id ?? '', Port: wanted.Port ?? group.port },
    TargetHealth: {
      State: 'unused',
      Reason: 'Target.NotRegistered',
      Description: 'Target is not registered to the target group',
    },
  };
}

/** Without a port, every port of the target. */
function matching(group: TargetGroup, { Id, Port, AvailabilityZone }: TargetDescription): Target[] {
  return [...group.targets.values()].filter(
    ({ id, port, zone }) =>
      id === Id &&
      (Port === undefined || Port === port) &&
      (AvailabilityZone === undefined || AvailabilityZone === zone),
  );
}

function drain({ schedule, delays }: World, group: TargetGroup, target: Target): void {
  move(target, 'draining');
  const drained = target.moves;
  schedule.at(schedule.now() + delays.targetDrained, () => {
    const key = targetKey(target.id, target.port);
    if (target.moves === drained && group.targets.get(key) === target) group.targets.delete(key);
  });
}

function newTarget(call: Call<object>, group: TargetGroup, wanted: TargetDescription): Target {
  const { Id: id = '', Port: port = group.port } = wanted;
  checkRange('port', port, [1, 65_535]);
  refuseServerId(wanted);
  const fresh = { id, port, state: 'initial', moves: 0, healthy: true } as const;
  if (group.targetType === 'instance') {
    if (wanted.AvailabilityZone) {
      throw validationError('AvailabilityZone cannot be specified for target type instance');
    }
    if (/^i-([0-9a-f]{8}|[0-9a-f]{17})$/.test(id)) {
      return { ...fresh, zone: undefined, zoneId: undefined };
    }
    throw new AwsError('InvalidTargetException', `The following targets are not valid: '${id}'`);
  }
  return { ...fresh, ...placeOf(call, group, wanted) };
}

/** An address in a subnet of the VPC has that subnet's zone; another must come with a zone. */
function placeOf(
  { world, account, region }: Call<object>,
  { vpcId }: TargetGroup,
  { Id: id = '', AvailabilityZone: zone }: TargetDescription,
): Pick<Target, 'zone' | 'zoneId'> {
  const address = ipv4Block(`${id}/32`);
  if (!address) {
    throw validationError(`The IP address '${id}' is not a valid IPv4 address`);
  }
  for (const { cidr, zoneId } of world.subnets.by('vpc', vpcId)) {
    const block = cidr === undefined ? undefined : ipv4Block(cidr);
    if (block && contains(block, address)) {
      return { zone: zone ?? zoneName(account, region, zoneId), zoneId };
    }
  }
  if (zone === 'all') return { zone, zoneId: undefined };
  const known = zonesOf(account, region).find(({ name }) => name === zone);
  if (known) return { zone: known.name, zoneId: known.id };
  throw invalidConfiguration(
    `You must specify an Availability Zone or all for the IP address '${id}', which is outside ` +
      'the VPC of the target group',
  );
}

function refuseServerId({ QuicServerId }: TargetDescription): void {
  if (QuicServerId) throw notSimulated('QuicServerId');
}
