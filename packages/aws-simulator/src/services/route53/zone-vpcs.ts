// The VPC in a request about a private hosted zone: who owns it, and whether another zone of the
// same name is in its way.

import { type VPC, VPCRegion } from '@aws-sdk/client-route-53';
import { endpointZonesOf } from '../../world/dns/endpoint-dns.ts';
import type { HostedZone, VpcName } from '../../world/dns/hosted-zone.ts';
import { zonesOfVpc } from '../../world/dns/hosted-zones.ts';
import type { Vpc } from '../../world/resources.ts';
import type { World } from '../../world/world.ts';
import { checkLength, checkWord, longest } from './constraints.ts';
import { conflictingDomainExists, invalidInput, invalidVpcId } from './errors.ts';

/** @throws AwsError InvalidInput unless both the id and a Region are given. */
export function vpcName(given: VPC | undefined): VpcName {
  const { VPCId: vpcId = '', VPCRegion: region = '' } = given ?? {};
  if (vpcId === '' || region === '') {
    throw invalidInput('A VPC needs both a VPCId and a VPCRegion');
  }
  checkLength('vPC.vPCId', vpcId, longest.vpcId);
  checkWord('vPC.vPCRegion', region, VPCRegion);
  return { vpcId, region };
}

/** @throws AwsError InvalidVPCId when there is no such VPC in the Region. */
export function existingVpc(world: World, name: VpcName): Vpc {
  const vpc = world.vpcs.get(name.vpcId);
  if (vpc?.region === name.region) return vpc;
  throw invalidVpcId(name);
}

/**
 * Names may overlap, but not be the same: neither of two private zones, nor of a zone and the
 * private name of an endpoint, for which AWS keeps a zone of its own.
 * @throws AwsError ConflictingDomainExists.
 */
export function checkNoConflict(world: World, vpc: VpcName, zoneName: string): void {
  const zones: { readonly name: string }[] = zonesOfVpc(world, vpc.vpcId).map(([zone]) => zone);
  const conflict = [...zones, ...endpointZonesOf(world, vpc.vpcId)].some(
    ({ name }) => name === zoneName,
  );
  if (conflict) throw conflictingDomainExists(vpc, zoneName);
}

export function isAssociated(zone: HostedZone, { vpcId }: VpcName): boolean {
  return zone.vpcs?.some((association) => association.vpcId === vpcId) ?? false;
}
