// How the customer's clients come by the address of the endpoint: the name that the vendor
// verifies, the switch of the endpoint, the VPC, the resolver. Hubs that resolve by a hosted zone
// or a Profile need none of the first three.

import { fail, pass, seenAt, skipped, warn, type Check } from '../check.ts';
import type { DiagnosisFacts } from '../diagnosis-facts.ts';
import { hostWord, scopeOf } from '../observation.ts';
import { unseen } from './unseen.ts';

/** By what others declare to resolve the name with. */
const otherWays: Record<string, string> = {
  'hosted-zone': 'a hosted zone of the customer',
  profile: 'a Route 53 Profile',
  none: "the endpoint's own names",
};

/** What is verified matters to those only who resolve by private DNS of the endpoint. */
export function checkPrivateDns({ service, dns, seen, privateDns }: DiagnosisFacts): Check {
  const observed = service.observed?.privateDns;
  if (!observed) return pass('private_dns', 'The service has no private DNS name.');
  const { name } = observed;
  const at = service.observedAt;
  if (dns !== 'endpoint') return skipped('private_dns', `Clients go by ${otherWays[dns]}.`);
  if (observed.state === 'verified') return seenAt(pass('private_dns', `${name} is verified.`), at);
  const state = privateDns?.state ?? observed.state;
  const stage = privateDns?.message ? `: ${privateDns.message.replace(/\.$/, '')}` : '';
  const evidence = `${name} is ${state}, so it cannot be switched on yet${stage}.`;
  // Who resolves it to the endpoint all the same does so in another way.
  const failing = seen.dns !== null && scopeOf(seen.dns.part.addresses) !== 'private';
  const raise = failing ? fail : warn;
  return seenAt(
    raise('private_dns', evidence, {
      actor: 'vendor',
      action: 'See how far the verification is.',
      command: `sallyport services private-dns get ${service.id}`,
    }),
    at,
  );
}

/** Private DNS of an endpoint takes both attributes of its VPC (AWS PrivateLink guide). */
export function checkVpcDns({ service, dns, seen, connection }: DiagnosisFacts): Check {
  const name = 'vpc_dns';
  if (!service.observed?.privateDns) return skipped(name, 'No private DNS name needs it.');
  if (dns !== 'endpoint') return skipped(name, `Clients go by ${otherWays[dns]}.`);
  const { network } = seen;
  const { dnsSupport = null, dnsHostnames = null, vpcId = null } = network?.part ?? {};
  const off = [
    ...(dnsSupport === false ? ['enableDnsSupport'] : []),
    ...(dnsHostnames === false ? ['enableDnsHostnames'] : []),
  ];
  const at = network?.observedAt ?? null;
  if (off.length > 0) {
    const attribute =
      off[0] === 'enableDnsSupport' ? '--enable-dns-support' : '--enable-dns-hostnames';
    const vpc = vpcId ?? 'VPC';
    const check = fail(name, `${vpc} has ${off.join(' and ')} off, which private DNS needs.`, {
      actor: 'customer',
      action: 'Switch it on, or resolve the name by a hosted zone and declare that.',
      command: `aws ec2 modify-vpc-attribute --vpc-id ${vpc} ${attribute}`,
    });
    return seenAt(check, at);
  }
  if (dnsSupport === null || dnsHostnames === null) {
    return unseen(name, 'Which DNS attributes the VPC has, nobody has reported.', connection);
  }
  return seenAt(pass(name, 'The VPC has both DNS attributes on.'), at);
}

const modifyCommand = 'aws ec2 modify-vpc-endpoint --private-dns-enabled';

export function checkEndpointDns({ service, dns, seen, connection }: DiagnosisFacts): Check {
  const name = 'endpoint_dns';
  const observed = service.observed?.privateDns;
  if (!observed) return skipped(name, 'There is no private DNS name to switch on.');
  if (dns !== 'endpoint') return skipped(name, `Clients go by ${otherWays[dns]}.`);
  const enabled = seen.network?.part.privateDnsEnabled ?? null;
  if (enabled === null) {
    return unseen(
      name,
      'Whether private DNS is on at the endpoint, nobody has reported.',
      connection,
    );
  }
  const at = seen.network!.observedAt;
  if (enabled) return seenAt(pass(name, 'Private DNS is on at the endpoint.'), at);
  if (observed.state !== 'verified') {
    return skipped(name, 'It cannot be switched on before the name is verified.');
  }
  const { vpcEndpointId } = connection;
  const check = fail(
    name,
    `Private DNS is off at the endpoint, so ${observed.name} leads past it.`,
    {
      actor: 'customer',
      action: 'Switch it on, or resolve the name by a hosted zone or a Profile and declare that.',
      command: `${modifyCommand} --vpc-endpoint-id ${vpcEndpointId}`,
    },
  );
  return seenAt(check, at);
}

/** What the resolver of the clients answers. An endpoint has private addresses only. */
export function checkDns({ seen, dns, connection }: DiagnosisFacts): Check {
  if (!seen.dns) return unseen('dns', 'How the name resolves, nobody has reported.', connection);
  const { part, observedAt } = seen.dns;
  const { name, outcome, addresses, resolver } = part;
  const by = resolver === null ? '' : ` by ${resolver}`;
  const scope = scopeOf(addresses);
  if (outcome === 'answered' && scope === 'private') {
    const evidence = `${name} is ${addresses.join(', ')}${by}.`;
    return seenAt(pass('dns', evidence), observedAt);
  }
  const told = outcome === 'answered' && scope !== 'none' ? `is ${addresses.join(', ')}` : '';
  const words = told || `is not resolved (${outcome.replaceAll('_', ' ')})`;
  const why = told ? ', which is public: clients go past the endpoint' : '';
  const evidence = `${name} ${words}${by}${why}.`;
  return seenAt(fail('dns', evidence, resolving(dns, name, connection.endpointRegion)), observedAt);
}

const zoneCommand = 'aws route53 associate-vpc-with-hosted-zone --hosted-zone-id ZONE --vpc';

function resolving(dns: DiagnosisFacts['dns'], name: string, region: string) {
  const actor = 'customer' as const;
  if (dns === 'hosted-zone') {
    return {
      actor,
      action: `Have a private hosted zone with ${name}, and associate the VPC of the clients.`,
      command: `${zoneCommand} VPCRegion=${region},VPCId=VPC`,
    };
  }
  if (dns === 'profile') {
    return {
      actor,
      action: 'Associate the Route 53 Profile with the VPC of the clients.',
      command:
        'aws route53profiles associate-profile --name NAME --profile-id PROFILE --resource-id VPC',
    };
  }
  return {
    actor,
    action: 'Have clients ask the resolver of the VPC: private DNS works nowhere else.',
    command: `dig +short ${hostWord(name)} @169.254.169.253`,
  };
}
