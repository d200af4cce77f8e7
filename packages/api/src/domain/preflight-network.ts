// What a customer says of its own network, held against the service: zones, subnets, DNS. What was
// not said is unknown, with the command that tells it.

import { fail, pass, unknown, warn, type Check, type NextStep } from './check.ts';
import type { EndpointService } from './endpoint-service.ts';
import type { Wish, WishedSubnet } from './wish.ts';

export interface NetworkChecks {
  checks: Check[];
  availabilityZoneIds: string[];
}

/** Zones that take no part in cross-Region endpoints (AWS PrivateLink guide, "Cross-Region"). */
export const unsupportedAcross = ['use1-az3', 'usw1-az2', 'apne1-az3', 'apne2-az2', 'apne2-az4'];

export function checkNetwork(wish: Wish, service: EndpointService): NetworkChecks {
  const named = wish.subnets.map(({ availabilityZoneId }) => availabilityZoneId);
  const wanted = [...new Set([...named, ...wish.availabilityZoneIds])];
  const across = wish.region !== service.region;
  const offered = service.observed?.availabilityZoneIds ?? [];
  const fits = (zone: string) =>
    across ? !unsupportedAcross.includes(zone) : offered.includes(zone);
  const usable = wanted.filter(fits);
  const zones = across ? checkZonesAcross(wanted, usable) : checkZones(wanted, usable, offered);
  const checks = [
    zones,
    ...checkSubnets(wish, fits),
    checkPrivateDns(wish, service),
    checkVpc(wish),
  ];
  const unsaid = across ? [] : offered;
  return { checks, availabilityZoneIds: wanted.length === 0 ? unsaid : usable };
}

const describeSubnets: NextStep = {
  actor: 'customer',
  action: 'Say which subnets the endpoint is to have, with their zone ids and free addresses.',
  command:
    'aws ec2 describe-subnets --filters Name=vpc-id,Values=VPC_ID ' +
    "--query 'Subnets[].[SubnetId,AvailabilityZoneId,AvailableIpAddressCount]'",
};

/** Names such as `us-east-1a` mean another zone in each account: only the ids can be compared. */
function checkZones(wanted: string[], usable: string[], offered: string[]): Check {
  const name = 'zones';
  const where = offered.join(', ');
  if (offered.length === 0) {
    return unknown(name, 'AWS has not told yet which zones the service is in.', {
      actor: 'vendor',
      action: 'Wait until the service was read.',
      command: null,
    });
  }
  if (wanted.length === 0) return unknown(name, `The service is in ${where}.`, describeSubnets);
  const others = wanted.filter((zone) => !usable.includes(zone));
  if (usable.length === 0) {
    return fail(name, `The service is in ${where}, and not in ${others.join(', ')}.`, {
      actor: 'customer',
      action: `Use a subnet in one of ${where}.`,
      command: describeSubnets.command,
    });
  }
  if (others.length > 0) {
    return warn(name, `The service is not in ${others.join(', ')}.`, {
      actor: 'customer',
      action: `Leave those subnets out: AWS takes only ${usable.join(', ')}.`,
      command: null,
    });
  }
  if (usable.length === 1 && offered.length > 1) {
    return warn(name, `The endpoint would be in ${usable[0]} alone; the service is in ${where}.`, {
      actor: 'customer',
      action: 'Add a subnet in another zone, so that it survives the loss of one.',
      command: null,
    });
  }
  return pass(name, `Endpoint and service share ${usable.join(', ')}.`);
}

function checkZonesAcross(wanted: string[], usable: string[]): Check {
  const name = 'zones';
  if (wanted.length === 0) {
    return unknown(name, 'From another Region any zone will do but a few.', describeSubnets);
  }
  const others = wanted.filter((zone) => !usable.includes(zone));
  if (others.length > 0) {
    const take = usable.length > 0 ? warn : fail;
    return take(name, `No endpoint to another Region can be in ${others.join(', ')}.`, {
      actor: 'customer',
      action: 'Use subnets in other zones.',
      command: describeSubnets.command,
    });
  }
  return pass(name, `${usable.join(', ')} can have an endpoint to another Region.`);
}

function checkSubnets({ subnets }: Wish, fits: (zone: string) => boolean): Check[] {
  const name = 'subnets';
  const used = subnets.filter(({ availabilityZoneId }) => fits(availabilityZoneId));
  if (used.length === 0) return [];
  const twice = used.find((subnet, at) => used.findIndex((other) => sameZone(subnet, other)) < at);
  if (twice) {
    const both = used.filter((other) => sameZone(twice, other)).map(({ subnetId }) => subnetId);
    const where = twice.availabilityZoneId;
    return [
      fail(name, `${both.join(' and ')} are both in ${where}: AWS takes one a zone.`, {
        actor: 'customer',
        action: `Leave all but one of the subnets in ${where} out.`,
        command: null,
      }),
    ];
  }
  const full = used.filter(({ availableIpAddressCount }) => availableIpAddressCount === 0);
  if (full.length > 0) {
    const ids = full.map(({ subnetId }) => subnetId).join(', ');
    return [
      fail(name, `${ids}: no address is free, and the endpoint takes one in each subnet.`, {
        actor: 'customer',
        action: 'Use another subnet of the zone, or free an address.',
        command: describeSubnets.command,
      }),
    ];
  }
  const unsaid = used.filter(({ availableIpAddressCount }) => availableIpAddressCount === null);
  if (unsaid.length > 0) {
    const ids = unsaid.map(({ subnetId }) => subnetId).join(', ');
    return [unknown(name, `How many addresses are free in ${ids} was not said.`, describeSubnets)];
  }
  return [
    pass(name, `There are free addresses in ${used.map(({ subnetId }) => subnetId).join(', ')}.`),
  ];
}

function sameZone(one: WishedSubnet, other: WishedSubnet): boolean {
  return one.availabilityZoneId === other.availabilityZoneId;
}

/** AWS refuses an endpoint's private DNS for as long as the name is not verified. */
function checkPrivateDns({ dns }: Wish, { id, observed }: EndpointService): Check {
  const name = 'private_dns';
  const shown = observed?.privateDns ?? null;
  if (dns === 'none') return pass(name, "Clients use the endpoint's own DNS name.");
  if (dns !== 'endpoint') {
    const by = dns === 'profile' ? 'a Route 53 Profile' : 'a private hosted zone';
    return pass(name, `${shown?.name ?? 'The name'} is resolved by ${by} of the customer.`);
  }
  if (!shown) return pass(name, "The service has no private DNS name; use the endpoint's own.");
  if (shown.state === 'verified') return pass(name, `${shown.name} is verified.`);
  return warn(name, `${shown.name} is ${shown.state}, so it cannot be switched on yet.`, {
    actor: 'vendor',
    action: 'See how far the verification is.',
    command: `sallyport services private-dns get ${id}`,
  });
}

/** Private DNS and private hosted zones take both attributes (VPC guide, "DNS attributes"). */
function checkVpc({ dns, dnsSupport, dnsHostnames }: Wish): Check {
  const name = 'vpc_dns';
  if (dns === 'none') return pass(name, 'Public DNS knows the name of the endpoint.');
  const off = [
    ...(dnsSupport === false ? ['enableDnsSupport'] : []),
    ...(dnsHostnames === false ? ['enableDnsHostnames'] : []),
  ];
  if (off.length > 0) {
    const flag = off[0] === 'enableDnsSupport' ? 'support' : 'hostnames';
    return fail(name, `${off.join(' and ')} of the VPC: off, so no private name resolves.`, {
      actor: 'customer',
      action: 'Switch both attributes on; it takes two calls.',
      command: `aws ec2 modify-vpc-attribute --vpc-id VPC_ID --enable-dns-${flag} '{"Value":true}'`,
    });
  }
  if (dnsSupport === null || dnsHostnames === null) {
    const unsaid = dnsSupport === null ? 'enableDnsSupport' : 'enableDnsHostnames';
    return unknown(name, `Whether ${unsaid} of the VPC is on was not said.`, {
      actor: 'customer',
      action: 'Say what both DNS attributes of the VPC are.',
      command: `aws ec2 describe-vpc-attribute --vpc-id VPC_ID --attribute ${unsaid}`,
    });
  }
  return pass(name, 'Both DNS attributes of the VPC are on.');
}
