// Whether the private name of the service can be resolved in the VPC as the caller wants it to be.
import type { Check } from '../../generated/types.ts';
import { byCustomer, fail, pass, unknown, unreadable } from '../check.ts';
import { ec2Command } from '../commands.ts';
import type { Facts } from '../facts.ts';
import { isOurs, isThere } from '../ours.ts';
import { plainName } from '../private-zones.ts';

const NAME = 'private_dns_conflict';

export function checkConflict(facts: Facts): Check {
  const { target } = facts;
  const name = target.service.private_dns_name;
  if (name === null) return pass(NAME, 'The service has no private name.');
  if (target.dns === 'none') return pass(NAME, `${name} is not asked for.`);
  if (target.dns !== 'endpoint') return checkOwnZone(facts, name);
  const conflict = conflictIn(facts, name);
  if (conflict) return conflict;
  return pass(NAME, `Nothing else in the VPC answers to ${name}.`);
}

function conflictIn({ target, endpoints, zones }: Facts, name: string): Check | undefined {
  const { vpcId, region } = target;
  const wanted = plainName(name);
  const other = endpoints.value?.find(
    (endpoint) =>
      isThere(endpoint.state) &&
      !isOurs(endpoint, target) &&
      endpoint.privateDnsEnabled &&
      endpoint.dns.some((entry) => plainName(entry.name) === wanted),
  );
  if (other) {
    const args = [`--vpc-endpoint-id ${other.id}`, '--no-private-dns-enabled'];
    const command = ec2Command('modify-vpc-endpoint', region, ...args);
    const action = 'Switch private DNS off there, or delete that endpoint.';
    return fail(NAME, `${other.id} answers to ${name} in ${vpcId}.`, { action, command });
  }
  const look = `aws route53 list-hosted-zones-by-vpc --vpc-id ${vpcId} --vpc-region ${region}`;
  if (!zones) {
    const command = 'npm install @aws-sdk/client-route-53';
    const evidence = 'Private hosted zones were not looked at: a package is not installed.';
    return unknown(NAME, evidence, { action: 'Install it, and look again.', command });
  }
  if (zones.error) return unreadable(NAME, zones.error, look);
  const zone = zones.value.find((found) => !found.ofEndpoint && found.name === wanted);
  if (!zone) return undefined;
  const evidence = `The private hosted zone ${zone.id} answers to ${name} in ${vpcId}.`;
  const command =
    `aws route53 disassociate-vpc-from-hosted-zone --hosted-zone-id ${zone.id} ` +
    `--vpc VPCRegion=${region},VPCId=${vpcId}`;
  const action = 'Take the VPC out of that zone, or use dns "hosted-zone" and keep it.';
  return fail(NAME, evidence, { action, command });
}

/** The zone may be of another VPC, whose clients come through this one: its absence is no fault. */
function checkOwnZone({ target, zones }: Facts, name: string): Check {
  const { dns } = target;
  const wanted = plainName(name);
  const fits = (zone: { name: string }) => wanted === zone.name || wanted.endsWith(`.${zone.name}`);
  const zone = zones?.value?.find((found) => !found.ofEndpoint && fits(found));
  if (zone) return pass(NAME, `${name} is of the private hosted zone ${zone.id} (${zone.name}).`);
  return {
    name: NAME,
    result: 'warn',
    evidence: `${target.vpcId} sees no private hosted zone of ${name}, and dns is "${dns}".`,
    next: byCustomer({
      action: `Make ${name} an alias of the endpoint where your clients resolve it.`,
    }),
  };
}
