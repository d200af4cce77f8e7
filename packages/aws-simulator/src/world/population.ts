// Brings accounts into a world as their specs describe them.

import { createHash } from 'node:crypto';
import { rootArn, userCaller } from '../identity/principals.ts';
import type { Account, Role } from './account.ts';
import { subnetCidr } from './addresses.ts';
import { BASE32 } from './ids.ts';
import { isRegion, zonesOf } from './regions.ts';
import type { SecurityGroup, Vpc } from './resources.ts';
import { createHostedZone } from './hosted-zones.ts';
import type { World } from './world.ts';
import type { AccountSpec, LoadBalancerSpec, RoleSpec, UserSpec, VpcSpec } from './world-spec.ts';

/** @throws Error when the spec contradicts itself or the world, saying where. */
export function addAccount(world: World, spec: AccountSpec): void {
  if (!/^\d{12}$/.test(spec.id)) {
    throw new Error(`An account id has 12 digits, not '${spec.id}'`);
  }
  if (world.accounts.has(spec.id)) throw new Error(`The account ${spec.id} exists already`);
  const account: Account = { id: spec.id, roles: new Map(), users: new Set() };
  world.accounts.set(spec.id, account);
  world.accessKeys.addRoot(spec.id, spec.rootSecret ?? 'simulator');
  for (const user of spec.users ?? []) addUser(world, account, user);
  for (const role of spec.roles ?? []) account.roles.set(role.name, roleOf(world, account, role));
  for (const name of spec.hostedZones ?? []) {
    createHostedZone(world, { account: account.id, name, callerReference: `initial-${name}` });
  }
  for (const loadBalancer of spec.loadBalancers ?? []) {
    addLoadBalancer(world, account, loadBalancer);
  }
  for (const vpc of spec.vpcs ?? []) addVpc(world, account, vpc);
}

function addUser(world: World, account: Account, spec: UserSpec): void {
  const userId = `AIDA${world.ids.text(BASE32, 17)}`;
  const caller = userCaller(account.id, spec.name, userId);
  account.users.add(spec.name);
  world.accessKeys.add({ id: spec.accessKeyId, secret: spec.secret, caller });
}

function roleOf(world: World, account: Account, spec: RoleSpec): Role {
  const { externalId, externalIdRequired = true } = spec;
  return {
    name: spec.name,
    path: spec.path ?? '/',
    id: `AROA${world.ids.text(BASE32, 17)}`,
    trusts: new Set(spec.trusts ?? [rootArn(account.id)]),
    externalId:
      externalId === undefined ? undefined : { value: externalId, required: externalIdRequired },
  };
}

function addLoadBalancer(world: World, account: Account, spec: LoadBalancerSpec): void {
  const { name, region } = spec;
  // No simulated operation lists load balancers, so their ARNs are the same in every run.
  const path = `${account.id}/${region}/${name}`;
  const hash = createHash('sha256').update(path).digest('hex').slice(0, 16);
  world.loadBalancers.add({
    id: `arn:aws:elasticloadbalancing:${region}:${account.id}:loadbalancer/net/${name}/${hash}`,
    account: account.id,
    region,
    order: world.nextOrder(),
    name,
    zoneIds: zoneIdsOf(account, region, spec.zoneIds),
    dualstack: spec.dualstack ?? false,
  });
}

function addVpc(world: World, account: Account, spec: VpcSpec): void {
  const { region, cidr = '10.0.0.0/16' } = spec;
  const owner = { account: account.id, region };
  const id = world.ids.ec2('vpc');
  const groupId = world.ids.ec2('sg');
  const vpc: Vpc = {
    ...owner,
    order: world.nextOrder(),
    id,
    cidr,
    dnsSupport: spec.dnsSupport ?? true,
    dnsHostnames: spec.dnsHostnames ?? true,
    defaultSecurityGroupId: groupId,
    tags: new Map(),
  };
  const group: SecurityGroup = {
    ...owner,
    order: world.nextOrder(),
    id: groupId,
    vpcId: id,
    name: 'default',
    description: 'default VPC security group',
    tags: new Map(),
  };
  world.taggables.add({ ...world.vpcs.add(vpc), type: 'vpc' });
  world.taggables.add({ ...world.securityGroups.add(group), type: 'security-group' });
  for (const [index, zoneId] of zoneIdsOf(account, region, spec.zoneIds).entries()) {
    addSubnet(world, vpc, zoneId, subnetCidr(cidr, index));
  }
}

function addSubnet(world: World, vpc: Vpc, zoneId: string, cidr: string): void {
  const subnet = world.subnets.add({
    id: world.ids.ec2('subnet'),
    account: vpc.account,
    region: vpc.region,
    order: world.nextOrder(),
    vpcId: vpc.id,
    zoneId,
    cidr,
    usedAddresses: new Set(),
    tags: new Map(),
  });
  world.taggables.add({ ...subnet, type: 'subnet' });
}

function zoneIdsOf(
  account: Account,
  region: string,
  wanted: readonly string[] | undefined,
): readonly string[] {
  if (!isRegion(region)) throw new Error(`The Region '${region}' is not simulated`);
  const known = zonesOf(account.id, region).map((zone) => zone.id);
  for (const id of wanted ?? []) {
    if (!known.includes(id)) {
      throw new Error(
        `The Region ${region} has the zones ${[...known].sort().join(', ')}, not '${id}'`,
      );
    }
  }
  return wanted ?? known;
}
