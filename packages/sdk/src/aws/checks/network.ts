// Checks of the VPC itself: that it is there, resolves names, and has room in the right zones.
import type { Check } from '../../generated/types.ts';
import { fail, pass, unreadable, warn } from '../check.ts';
import { ec2Command, listInVpc } from '../commands.ts';
import type { Facts } from '../facts.ts';
import { type Placement, placementOf } from '../placement.ts';

export function checkVpc({ target }: Facts): Check {
  const { vpc, vpcId, region, accountId } = target;
  const look = ec2Command('describe-vpcs', region, `--vpc-ids ${vpcId}`);
  if (!vpc) {
    const action = 'Name a VPC of this account and region.';
    return fail('vpc', `${vpcId} is not in ${region}.`, { action, command: look });
  }
  if (vpc.ownerId !== accountId) {
    const evidence = `${vpcId} is shared by ${vpc.ownerId}, which alone can have endpoints.`;
    return fail('vpc', evidence, { action: `Connect from account ${vpc.ownerId}.` });
  }
  const blocks = vpc.cidrs.join(', ');
  return pass('vpc', `${vpcId} in ${region} is of account ${accountId} (${blocks}).`);
}

export function checkDnsAttributes({ dnsAttributes, target }: Facts): Check {
  const name = 'vpc_dns';
  const { vpcId, region, dns } = target;
  const vpc = `--vpc-id ${vpcId}`;
  const attribute = '--attribute enableDnsHostnames';
  const look = ec2Command('describe-vpc-attribute', region, vpc, attribute);
  if (dnsAttributes.error) return unreadable(name, dnsAttributes.error, look);
  const { support, hostnames } = dnsAttributes.value;
  const off = support ? 'enableDnsHostnames' : 'enableDnsSupport';
  if (support && hostnames) return pass(name, `${vpcId} has DNS support and DNS hostnames on.`);
  const evidence = `${vpcId} has ${off} off.`;
  const flag = support ? '--enable-dns-hostnames' : '--enable-dns-support';
  const command = ec2Command('modify-vpc-attribute', region, vpc, flag);
  if (dns === 'endpoint') {
    const action = 'Turn it on: without it the private name is not resolved in the VPC.';
    return fail(name, evidence, { action, command });
  }
  if (support) return pass(name, `${evidence} With dns "${dns}" that does not matter.`);
  return warn(name, evidence, { action: 'See that the VPC resolves names another way.', command });
}

/** Where the endpoint would be; undefined while that cannot be told. */
export function placementIn({ subnets, wantedSubnets, target, visible }: Facts) {
  if (!subnets.value) return undefined;
  return placementOf({
    subnets: subnets.value,
    wanted: wantedSubnets,
    zoneIds: visible.value?.zoneIds.length
      ? visible.value.zoneIds
      : target.service.availability_zone_ids,
    crossRegion: target.crossRegion,
  });
}

export function checkSubnets(facts: Facts): Check {
  const name = 'subnets';
  const { subnets, target } = facts;
  const placement = placementIn(facts);
  if (subnets.error) return unreadable(name, subnets.error, lookAtSubnets(facts));
  const { missing, outside, doubled, subnets: chosen, full } = placement!;
  const zones = target.service.availability_zone_ids.join(', ');
  const command = lookAtSubnets(facts);
  if (missing.length > 0) {
    const evidence = `${missing.join(', ')} is not in ${target.vpcId}.`;
    return fail(name, evidence, { action: 'Name subnets of the VPC.', command });
  }
  if (outside.length > 0) {
    const evidence = `${listed(outside)} cannot reach the service, which is in ${zones}.`;
    return fail(name, evidence, { action: 'Name subnets in zones of the service.', command });
  }
  if (doubled.length > 0) {
    const evidence = `${listed(doubled)} is the second subnet of its zone.`;
    return fail(name, evidence, { action: 'Name one subnet for each zone.', command });
  }
  if (chosen.length > 0 || full.length > 0) return placed(facts, placement!);
  const there = [...new Set(subnets.value.map(({ zoneId }) => zoneId))].join(', ');
  const evidence = `The service is in ${zones}; the VPC has subnets in ${there || 'no zone'}.`;
  return fail(name, evidence, { action: `Make a subnet in one of ${zones}.`, command });
}

function placed({ target }: Facts, { subnets }: Placement): Check {
  if (subnets.length === 1 && target.crossRegion) {
    const evidence = `Only ${listed(subnets)} is left; AWS wants two zones across regions.`;
    return warn('subnets', evidence, { action: 'Make a subnet in a second zone.' });
  }
  return pass('subnets', subnets.length === 0 ? 'The zones fit.' : `In ${listed(subnets)}.`);
}

export function checkAddresses(facts: Facts): Check {
  const name = 'addresses';
  const placement = placementIn(facts);
  if (facts.subnets.error) return unreadable(name, facts.subnets.error, lookAtSubnets(facts));
  const { subnets, full } = placement!;
  const wantsAll = facts.wantedSubnets !== undefined;
  const zones = new Set(subnets.map(({ zoneId }) => zoneId));
  const left = full.filter(({ zoneId }) => wantsAll || !zones.has(zoneId));
  const free = subnets.map(({ id, freeAddresses }) => `${id}: ${freeAddresses}`).join(', ');
  if (left.length === 0) {
    const none = 'There is no subnet to look at.';
    return subnets.length > 0 ? pass(name, `Free addresses: ${free}.`) : skippedFor(none);
  }
  const evidence = `${listed(left)} has no free address.`;
  const action = 'Free an address, or use another subnet of the zone.';
  const step = { action, command: lookAtSubnets(facts) };
  return subnets.length > 0 && !wantsAll ? warn(name, evidence, step) : fail(name, evidence, step);
}

function skippedFor(reason: string): Check {
  return { name: 'addresses', result: 'unknown', evidence: reason, next: null };
}

function lookAtSubnets({ target }: Facts): string {
  return listInVpc('describe-subnets', target);
}

function listed(subnets: readonly { id: string; zoneId: string }[]): string {
  return subnets.map(({ id, zoneId }) => `${id} (${zoneId})`).join(', ');
}
