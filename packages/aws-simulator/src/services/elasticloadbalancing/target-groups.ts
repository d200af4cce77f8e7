// Target groups of network and gateway load balancers: create, describe, modify, delete.

import type {
  CreateTargetGroupInput,
  CreateTargetGroupOutput,
  DeleteTargetGroupInput,
  DescribeTargetGroupsInput,
  DescribeTargetGroupsOutput,
  ModifyTargetGroupInput,
  ModifyTargetGroupOutput,
  TargetGroup as TargetGroupShape,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../aws-error.ts';
import { nameKey, type TargetGroup } from '../../world/load-balancing/load-balancer.ts';
import { targetGroupsOf } from '../../world/load-balancing/health.ts';
import { defaultHealthCheck } from '../../world/load-balancing/load-balancer-defaults.ts';
import { ownerKey } from '../../world/resources.ts';
import type { World } from '../../world/world.ts';
import { type Call, type Given, wireValue } from '../call.ts';
import { notSimulated } from '../ec2/errors.ts';
import {
  checkName,
  checkRange,
  invalidConfiguration,
  resourceInUse,
  targetGroupsNotFound,
  validationError,
} from './errors.ts';
import { wantedHealthCheck } from './health-checks.ts';
import { checkArn, ownLoadBalancer, ownTargetGroup } from './own-resources.ts';
import { pageOf } from './pages.ts';
import { tagsOnCreate } from './tags.ts';

type CreateCall = Call<Given<CreateTargetGroupInput, 'Name'>>;

/** The same name with the same settings is the same target group; others are a duplicate. */
export function createTargetGroup(call: CreateCall): CreateTargetGroupOutput {
  const { world, account, region, input } = call;
  const settings = checkedSettings(call);
  const healthCheck = wantedHealthCheck(input, defaultHealthCheck(settings.protocol));
  const tags = tagsOnCreate(world, input.Tags);
  const [known] = world.targetGroups.by('name', nameKey({ account, region, name: input.Name }));
  const wanted = { ...settings, healthCheck };
  if (known && !isSame(known, wanted)) {
    throw new AwsError(
      'DuplicateTargetGroupNameException',
      `A target group with the same name '${input.Name}' exists, but with different settings`,
    );
  }
  const made = known ?? world.targetGroups.add({ ...newIdentity(call), ...wanted, tags });
  return { TargetGroups: [targetGroupView(world, made)] };
}

export function describeTargetGroups(
  call: Call<DescribeTargetGroupsInput>,
): DescribeTargetGroupsOutput {
  const page = pageOf(call, 'DescribeTargetGroups', chosen(call));
  return {
    TargetGroups: page.items.map((group) => targetGroupView(call.world, group)),
    NextMarker: page.nextMarker,
  };
}

/** Changes the health check; nothing else of a target group can be changed. */
export function modifyTargetGroup(
  call: Call<Given<ModifyTargetGroupInput, 'TargetGroupArn'>>,
): ModifyTargetGroupOutput {
  const group = ownTargetGroup(call, call.input.TargetGroupArn);
  group.healthCheck = wantedHealthCheck(call.input, group.healthCheck);
  return { TargetGroups: [targetGroupView(call.world, group)] };
}

/** Deleting one that does not exist succeeds. From memory. */
export function deleteTargetGroup(
  call: Call<Given<DeleteTargetGroupInput, 'TargetGroupArn'>>,
): object {
  const { world, account, region, input } = call;
  const arn = input.TargetGroupArn;
  checkArn(arn, 'targetgroup', 'target group');
  const group = world.targetGroups.get(arn);
  if (group?.account !== account || group.region !== region) return {};
  if (world.listeners.count('targetGroup', arn) > 0) {
    throw resourceInUse(`Target group '${arn}' is currently in use by a listener or a rule`);
  }
  world.targetGroups.remove(arn);
  return {};
}

type Settings = Pick<
  TargetGroup,
  'protocol' | 'port' | 'vpcId' | 'targetType' | 'ipAddressType' | 'healthCheck'
>;

function checkedSettings(call: CreateCall): Omit<Settings, 'healthCheck'> {
  const { input } = call;
  checkName(input.Name, 'target group');
  checkRange('port', input.Port, [1, 65_535]);
  if (input.ProtocolVersion) throw notSimulated('ProtocolVersion, which is for HTTP');
  if (input.TargetControlPort) throw notSimulated('TargetControlPort');
  const { Protocol: protocol, Port: port, TargetType: targetType = 'instance' } = input;
  if (protocol === undefined) throw validationError('A protocol must be specified');
  if (!['TCP', 'TLS', 'UDP', 'TCP_UDP', 'GENEVE'].includes(protocol)) {
    throw notSimulated(`target groups of the protocol ${protocol}`);
  }
  if (port === undefined) throw validationError('A port must be specified');
  if (protocol === 'GENEVE' && port !== 6081) {
    throw validationError('The port of a target group for GENEVE must be 6081');
  }
  if (targetType !== 'instance' && targetType !== 'ip') {
    throw notSimulated(`target groups with target type ${targetType}`);
  }
  const ipAddressType = input.IpAddressType ?? 'ipv4';
  if (ipAddressType !== 'ipv4' && ipAddressType !== 'ipv6') {
    throw validationError(`'${String(ipAddressType)}' is not a valid IP address type`);
  }
  return { protocol, port, targetType, ipAddressType, vpcId: wantedVpc(call) };
}

function wantedVpc({ world, account, region, input }: CreateCall): string {
  if (input.VpcId === undefined) throw validationError('A VPC ID must be specified');
  const vpc = world.vpcs.get(input.VpcId);
  if (vpc?.account === account && vpc.region === region) return vpc.id;
  throw validationError(`The VPC ID '${input.VpcId}' is not found`);
}

function newIdentity({ world, account, region, input: { Name: name } }: CreateCall) {
  const hash = world.ids.text('0123456789abcdef', 16);
  const id = `arn:aws:elasticloadbalancing:${region}:${account}:targetgroup/${name}/${hash}`;
  return { id, account, region, name, order: world.nextOrder(), targets: new Map() };
}

function isSame(known: TargetGroup, wanted: Settings): boolean {
  const before = { ...wanted };
  for (const key of Object.keys(wanted) as (keyof Settings)[]) {
    Object.assign(before, { [key]: known[key] });
  }
  return JSON.stringify(before) === JSON.stringify(wanted);
}

function chosen(call: Call<DescribeTargetGroupsInput>): Iterable<TargetGroup> {
  const { world, account, region, input } = call;
  const { LoadBalancerArn: balancer, TargetGroupArns: arns, Names: names } = input;
  if ([balancer, arns, names].filter((given) => given !== undefined).length > 1) {
    throw invalidConfiguration(
      'Specify a load balancer, target group ARNs or target group names, and only one of them',
    );
  }
  if (balancer !== undefined) {
    return inOrder(targetGroupsOf(world, ownLoadBalancer(call, balancer).id));
  }
  if (arns) return inOrder(arns.map((arn) => ownTargetGroup(call, arn)));
  if (!names) return world.targetGroups.by('owner', ownerKey(account, region));
  const found = names.map((name) => {
    const [group] = world.targetGroups.by('name', nameKey({ account, region, name }));
    if (group) return group;
    throw targetGroupsNotFound(`One or more target groups not found: ${name}`);
  });
  return inOrder(found);
}

function inOrder(groups: readonly TargetGroup[]): TargetGroup[] {
  return [...new Set(groups)].sort((a, b) => a.order - b.order);
}

function targetGroupView(world: World, group: TargetGroup): TargetGroupShape {
  const { healthCheck } = group;
  const listeners = [...world.listeners.by('targetGroup', group.id)];
  return {
    TargetGroupArn: group.id,
    TargetGroupName: group.name,
    Protocol: wireValue(group.protocol),
    Port: group.port,
    VpcId: group.vpcId,
    HealthCheckProtocol: wireValue(healthCheck.protocol),
    HealthCheckPort: healthCheck.port,
    HealthCheckEnabled: true,
    HealthCheckIntervalSeconds: healthCheck.intervalSeconds,
    HealthCheckTimeoutSeconds: healthCheck.timeoutSeconds,
    HealthyThresholdCount: healthCheck.healthyThreshold,
    UnhealthyThresholdCount: healthCheck.unhealthyThreshold,
    HealthCheckPath: healthCheck.path,
    Matcher: healthCheck.httpCodes === undefined ? undefined : { HttpCode: healthCheck.httpCodes },
    LoadBalancerArns: [...new Set(listeners.map(({ loadBalancerArn }) => loadBalancerArn))],
    TargetType: group.targetType,
    IpAddressType: wireValue(group.ipAddressType),
  };
}
