// Load balancers, target groups and listeners of the vendor, for probes.

import { DescribeSubnetsCommand } from '@aws-sdk/client-ec2';
import {
  CreateListenerCommand,
  type CreateListenerCommandInput,
  CreateLoadBalancerCommand,
  type CreateLoadBalancerCommandInput,
  CreateTargetGroupCommand,
  type CreateTargetGroupCommandInput,
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeTagsCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  type ElasticLoadBalancingV2Client,
  type Listener,
  type LoadBalancer,
  RegisterTargetsCommand,
  type Tag,
  type TargetDescription,
  type TargetGroup,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { type Lab, VENDOR } from '../../../lab.ts';
import { loadBalancerArn } from '../../../scenes.ts';

export const DESCRIBE_BALANCERS = 'elasticloadbalancing:DescribeLoadBalancers';
export const DESCRIBE_GROUPS = 'elasticloadbalancing:DescribeTargetGroups';
export const DESCRIBE_HEALTH = 'elasticloadbalancing:DescribeTargetHealth';
export const DESCRIBE_LISTENERS = 'elasticloadbalancing:DescribeListeners';
export const DESCRIBE_TAGS = 'elasticloadbalancing:DescribeTags';

export function elb(lab: Lab): ElasticLoadBalancingV2Client {
  return lab.as(VENDOR).elb;
}

/** The vendor's subnet in a zone. */
export async function subnetIn(lab: Lab, zoneId: string): Promise<string> {
  const Filters = [{ Name: 'availability-zone-id', Values: [zoneId] }];
  const { Subnets } = await lab.as(VENDOR).ec2.send(new DescribeSubnetsCommand({ Filters }));
  return Subnets?.[0]?.SubnetId ?? '';
}

export async function newBalancer(
  lab: Lab,
  input: Partial<CreateLoadBalancerCommandInput> = {},
): Promise<LoadBalancer> {
  const { LoadBalancers } = await elb(lab).send(
    new CreateLoadBalancerCommand({
      Name: 'probe',
      Type: 'network',
      ...(input.SubnetMappings ? {} : { Subnets: [await subnetIn(lab, 'use1-az1')] }),
      ...input,
    }),
  );
  return LoadBalancers?.[0] ?? {};
}

export async function balancerNow(lab: Lab, arn?: string): Promise<LoadBalancer> {
  const LoadBalancerArns = [arn ?? loadBalancerArn(lab)];
  const answer = await elb(lab).send(new DescribeLoadBalancersCommand({ LoadBalancerArns }));
  return answer.LoadBalancers?.[0] ?? {};
}

export async function newGroup(
  lab: Lab,
  input: Partial<CreateTargetGroupCommandInput> = {},
): Promise<string> {
  const { VpcId } = await balancerNow(lab);
  const settings = { Name: 'probe', Protocol: 'TCP', Port: 8443, VpcId } as const;
  const { TargetGroups } = await elb(lab).send(
    new CreateTargetGroupCommand({ ...settings, ...input }),
  );
  return TargetGroups?.[0]?.TargetGroupArn ?? '';
}

export async function groupNow(lab: Lab, arn: string): Promise<TargetGroup> {
  const { TargetGroups } = await elb(lab).send(
    new DescribeTargetGroupsCommand({ TargetGroupArns: [arn] }),
  );
  return TargetGroups?.[0] ?? {};
}

/** The target group that api-1 has from the beginning. */
export async function firstGroup(lab: Lab): Promise<string> {
  const LoadBalancerArn = loadBalancerArn(lab);
  const { TargetGroups } = await elb(lab).send(
    new DescribeTargetGroupsCommand({ LoadBalancerArn }),
  );
  return TargetGroups?.[0]?.TargetGroupArn ?? '';
}

export async function register(lab: Lab, group: string, ...Targets: TargetDescription[]) {
  await elb(lab).send(new RegisterTargetsCommand({ TargetGroupArn: group, Targets }));
}

/** `id:port` of a group's targets, by state. */
export async function targetsNow(lab: Lab, group: string): Promise<Record<string, string>> {
  const command = new DescribeTargetHealthCommand({ TargetGroupArn: group });
  const { TargetHealthDescriptions } = await elb(lab).send(command);
  const entries = (TargetHealthDescriptions ?? []).map(({ Target, TargetHealth }) => [
    `${Target?.Id}:${Target?.Port}`,
    TargetHealth?.State ?? '',
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}

/** A listener of api-1 on port 8443. */
export async function listen(
  lab: Lab,
  group: string,
  input: Partial<CreateListenerCommandInput> = {},
): Promise<string> {
  const { Listeners } = await elb(lab).send(
    new CreateListenerCommand({
      LoadBalancerArn: loadBalancerArn(lab),
      Protocol: 'TCP',
      Port: 8443,
      DefaultActions: [{ Type: 'forward', TargetGroupArn: group }],
      ...input,
    }),
  );
  return Listeners?.[0]?.ListenerArn ?? '';
}

export async function listenerNow(lab: Lab, arn: string): Promise<Listener> {
  const { Listeners } = await elb(lab).send(new DescribeListenersCommand({ ListenerArns: [arn] }));
  return Listeners?.[0] ?? {};
}

export async function tagsNow(lab: Lab, arn: string): Promise<Tag[]> {
  const { TagDescriptions } = await elb(lab).send(new DescribeTagsCommand({ ResourceArns: [arn] }));
  return TagDescriptions?.[0]?.Tags ?? [];
}
