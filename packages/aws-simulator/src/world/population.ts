// Brings accounts into a world as their specs describe them.

import { z } from 'zod';
import type { Account } from './accounts/account.ts';
import { createAccount } from './accounts/identities.ts';
import { populateLoadBalancer } from './load-balancing/load-balancer-population.ts';
import { createSubnet, createVpc, nthSubnet, shareSubnet } from './network/networks.ts';
import { isRegion, usualZoneIds, zoneIds } from './regions.ts';
import type { Vpc } from './resources.ts';
import { createHostedZone } from './dns/hosted-zones.ts';
import type { World } from './world.ts';
import { accountSchema, type AccountSpec, type SubnetSpec, type VpcSpec } from './world-spec.ts';

/** @throws Error when the spec contradicts itself or the world, saying where. */
export function addAccount(world: World, spec: AccountSpec): void {
  const read = accountSchema.safeParse(spec);
  if (!read.success) {
    throw new Error(`The account '${spec.id}' cannot be:\n${z.prettifyError(read.error)}`);
  }
  if (world.accounts.has(spec.id)) throw new Error(`The account ${spec.id} exists already`);
  checkPlaces(spec);
  checkNames(spec);
  const account = createAccount(world, spec);
  world.accounts.set(spec.id, account);
  world.accessKeys.addRoot(spec.id, spec.rootSecret ?? 'simulator');
  for (const name of spec.hostedZones ?? []) {
    createHostedZone(world, { account: account.id, name, callerReference: `initial-${name}` });
  }
  for (const vpc of spec.vpcs ?? []) addVpc(world, account, vpc);
  for (const loadBalancer of spec.loadBalancers ?? []) {
    const { region } = loadBalancer;
    populateLoadBalancer(
      world,
      account,
      loadBalancer,
      zoneIdsOf(account, region, loadBalancer.zoneIds),
    );
  }
}

// Before anything is made, so that a spec that is not sound leaves nothing behind.
function checkPlaces({ id, vpcs = [], loadBalancers = [] }: AccountSpec): void {
  for (const { region, subnets, zoneIds: wanted } of vpcs) {
    zoneIdsOf({ id }, region, subnets?.map(({ zoneId }) => zoneId) ?? wanted);
  }
  for (const { region, zoneIds: wanted } of loadBalancers) zoneIdsOf({ id }, region, wanted);
}

function checkNames({ id, users = [], roles = [], loadBalancers = [] }: AccountSpec): void {
  const names = [
    ...users.map(({ name }) => `user '${name}'`),
    ...roles.map(({ name }) => `role '${name}'`),
    ...loadBalancers.map(({ name, region }) => `load balancer '${name}' in ${region}`),
  ];
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new Error(`The account ${id} has the ${twice} twice`);
}

function addVpc(world: World, account: Account, spec: VpcSpec): void {
  const { region, cidr = '10.0.0.0/16', ipv6 = false } = spec;
  const wanted = spec.subnets?.map(({ zoneId }) => zoneId) ?? spec.zoneIds;
  const zones = zoneIdsOf(account, region, wanted);
  const { isDefault, dnsSupport, dnsHostnames } = spec;
  const vpc = createVpc(world, {
    account: account.id,
    region,
    cidr,
    ipv6: ipv6 || (spec.subnets ?? []).some((subnet) => subnet.ipv6),
    ...(isDefault !== undefined && { isDefault }),
    ...(dnsSupport !== undefined && { dnsSupport }),
    ...(dnsHostnames !== undefined && { dnsHostnames }),
  });
  for (const [index, zoneId] of zones.entries()) {
    addSubnet(world, vpc, { ipv6, ...spec.subnets?.[index], zoneId }, index);
  }
}

function addSubnet(world: World, vpc: Vpc, spec: SubnetSpec, index: number): void {
  const nth = nthSubnet(vpc, index);
  const subnet = createSubnet(world, vpc, {
    zoneId: spec.zoneId,
    cidr: spec.ipv6 === 'only' ? undefined : (spec.cidr ?? nth.cidr),
    ipv6Cidr: spec.ipv6 ? nth.ipv6Cidr : undefined,
  });
  for (const accountId of spec.sharedWith ?? []) shareSubnet(world, subnet, accountId);
}

function zoneIdsOf(
  account: Pick<Account, 'id'>,
  region: string,
  wanted: readonly string[] | undefined,
): readonly string[] {
  if (!isRegion(region)) throw new Error(`The Region '${region}' is not simulated`);
  const known = zoneIds(region);
  const strange = wanted?.find((id) => !known.includes(id));
  if (strange === undefined) return wanted ?? usualZoneIds(account.id, region);
  throw new Error(`The Region ${region} has the zones ${known.join(', ')}, not '${strange}'`);
}
