// CreateLoadBalancer for network and gateway load balancers. Everything is checked before anything
// is made.

import type {
  CreateLoadBalancerInput,
  CreateLoadBalancerOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../aws-error.ts';
import { type LoadBalancer, nameKey } from '../../world/load-balancing/load-balancer.ts';
import { defaultAttributes } from '../../world/load-balancing/load-balancer-defaults.ts';
import type { Subnet, Tags } from '../../world/resources.ts';
import { moveLater } from '../../world/states.ts';
import type { World } from '../../world/world.ts';
import type { Call, Given } from '../call.ts';
import { notSimulated } from '../ec2/errors.ts';
import { checkName, validationError } from './errors.ts';
import { loadBalancerView } from './load-balancer-view.ts';
import { checkAddressType, checkMappings, chosenSubnets, refuseSourceNat } from './subnets.ts';
import { tagsOnCreate } from './tags.ts';

type CreateCall = Call<Given<CreateLoadBalancerInput, 'Name'>>;

interface Plan {
  readonly type: LoadBalancer['type'];
  readonly scheme: LoadBalancer['scheme'];
  readonly ipAddressType: LoadBalancer['ipAddressType'];
  readonly subnets: readonly Subnet[];
  readonly securityGroupIds: readonly string[];
  readonly tags: Tags;
}

/** The same name with the same settings is the same load balancer (API reference: idempotent). */
export function createLoadBalancer(call: CreateCall): CreateLoadBalancerOutput {
  const { world, account, region, input } = call;
  const planned = plan(call);
  const owner = { account, region, name: input.Name };
  const [known] = world.loadBalancers.by('name', nameKey(owner));
  if (known && !isSame(known, planned)) {
    throw new AwsError(
      'DuplicateLoadBalancerNameException',
      `A load balancer with the same name '${input.Name}' exists, but with different settings`,
    );
  }
  const made = known ?? build(world, owner, planned);
  return { LoadBalancers: [loadBalancerView(world, made)] };
}

function plan(call: CreateCall): Plan {
  const { world, input } = call;
  checkName(input.Name, 'load balancer');
  if (input.Name.startsWith('internal-')) {
    throw validationError("The load balancer name must not begin with 'internal-'");
  }
  const type = wantedType(input);
  refuseOtherKinds(input);
  checkMappings(input.SubnetMappings);
  const ipAddressType = checkAddressType(input.IpAddressType ?? 'ipv4');
  const subnets = chosenSubnets(call, input, ipAddressType);
  const scheme = wantedScheme(input, type);
  const securityGroupIds = wantedGroups(call, subnets, type);
  const tags = tagsOnCreate(world, input.Tags);
  return { type, scheme, ipAddressType, subnets, securityGroupIds, tags };
}

function build(
  world: World,
  owner: Pick<LoadBalancer, 'account' | 'region' | 'name'>,
  planned: Plan,
): LoadBalancer {
  const { type, subnets, ...rest } = planned;
  const { account, region, name } = owner;
  const hash = world.ids.text('0123456789abcdef', 16);
  const kind = type === 'gateway' ? 'gwy' : 'net';
  const made = world.loadBalancers.add({
    ...owner,
    ...rest,
    type,
    id: `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/${kind}/${name}/${hash}`,
    order: world.nextOrder(),
    state: 'provisioning',
    moves: 0,
    dnsName: type === 'gateway' ? undefined : `${name}-${hash}.elb.${region}.amazonaws.com`,
    vpcId: subnets[0]?.vpcId ?? '',
    subnetIds: subnets.map(({ id }) => id),
    zoneIds: subnets.map(({ zoneId }) => zoneId),
    attributes: defaultAttributes(type),
    createdAt: world.schedule.now(),
    usedBy: undefined,
  });
  moveLater(world.schedule, made, 'active', world.delays.loadBalancerActive);
  return made;
}

function wantedType({ Type: type = 'application' }: CreateLoadBalancerInput): Plan['type'] {
  if (type === 'network' || type === 'gateway') return type;
  if (type === 'application') {
    throw notSimulated('application load balancers, which is what Type is by default');
  }
  throw validationError(`'${String(type)}' is not a valid load balancer type`);
}

function refuseOtherKinds(input: CreateLoadBalancerInput): void {
  if (input.CustomerOwnedIpv4Pool) throw notSimulated('CustomerOwnedIpv4Pool');
  if (input.IpamPools) throw notSimulated('IpamPools');
  refuseSourceNat(input);
}

function wantedScheme({ Scheme: scheme }: CreateLoadBalancerInput, type: Plan['type']) {
  if (type === 'gateway') {
    if (scheme) throw validationError('A scheme cannot be specified for gateway load balancers');
    return undefined;
  }
  const wanted = scheme ?? 'internet-facing';
  if (wanted === 'internal' || wanted === 'internet-facing') return wanted;
  throw new AwsError('InvalidSchemeException', `The scheme '${String(wanted)}' is not valid`);
}

function wantedGroups(
  { world, account, input }: CreateCall,
  subnets: readonly Subnet[],
  type: Plan['type'],
): readonly string[] {
  const ids = [...new Set(input.SecurityGroups ?? [])];
  if (type === 'gateway' && ids.length > 0) {
    throw validationError('Security groups cannot be specified for gateway load balancers');
  }
  for (const id of ids) {
    const group = world.securityGroups.get(id);
    if (group?.account === account && group.vpcId === subnets[0]?.vpcId) continue;
    throw new AwsError(
      'InvalidSecurityGroupException',
      `One or more security groups are invalid: ${id}`,
    );
  }
  return ids;
}

function isSame(known: LoadBalancer, planned: Plan): boolean {
  const settings = ({ type, scheme, ipAddressType }: LoadBalancer | Plan) => [
    type,
    scheme,
    ipAddressType,
  ];
  const before = [settings(known), known.subnetIds.toSorted(), known.securityGroupIds.toSorted()];
  const subnetIds = planned.subnets.map(({ id }) => id).sort();
  const after = [settings(planned), subnetIds, planned.securityGroupIds.toSorted()];
  return JSON.stringify(before) === JSON.stringify(after);
}
