// Authorizations to associate a VPC of another account with a private hosted zone. They outlive
// the association, and taking one away leaves the association as it is.

import type {
  CreateVPCAssociationAuthorizationRequest,
  CreateVPCAssociationAuthorizationResponse,
  DeleteVPCAssociationAuthorizationRequest,
  DeleteVPCAssociationAuthorizationResponse,
  ListVPCAssociationAuthorizationsRequest,
  ListVPCAssociationAuthorizationsResponse,
} from '@aws-sdk/client-route-53';
import type { Call, Given } from '../call.ts';
import { checkNotBusy, occupy } from './changes.ts';
import {
  authorizationNotFound,
  concurrentModification,
  invalidInput,
  invalidPaginationToken,
  tooManyAuthorizations,
} from './errors.ts';
import { ownZone, pageSize } from './zone-lookup.ts';
import { vpcView } from './zone-view.ts';
import { existingVpc, vpcName } from './zone-vpcs.ts';

type CreateCall = Call<Given<CreateVPCAssociationAuthorizationRequest, 'HostedZoneId' | 'VPC'>>;
type DeleteCall = Call<Given<DeleteVPCAssociationAuthorizationRequest, 'HostedZoneId' | 'VPC'>>;
type ListCall = Call<Given<ListVPCAssociationAuthorizationsRequest, 'HostedZoneId'>>;

// MaxResults: 1 to 50 (Route 53 API reference).
const LARGEST_PAGE = 50;

/** Authorizing a VPC that is authorized already changes nothing. */
export function authorizeVpc(call: CreateCall): CreateVPCAssociationAuthorizationResponse {
  const { world, input } = call;
  const zone = ownZone(call, input.HostedZoneId);
  const wanted = vpcName(input.VPC);
  if (!zone.vpcs) throw invalidInput(`The hosted zone ${zone.id} is not a private hosted zone`);
  existingVpc(world, wanted);
  checkNotBusy(world, zone, concurrentModification);
  const { authorizationsPerZone: most } = world.quotas;
  const isNew = !zone.authorizedVpcs.has(wanted.vpcId);
  if (isNew && zone.authorizedVpcs.size >= most) throw tooManyAuthorizations(most);
  zone.authorizedVpcs.set(wanted.vpcId, wanted);
  occupy(world, zone);
  return { HostedZoneId: zone.id, VPC: vpcView(wanted) };
}

export function deauthorizeVpc(call: DeleteCall): DeleteVPCAssociationAuthorizationResponse {
  const { world, input } = call;
  const zone = ownZone(call, input.HostedZoneId);
  const wanted = vpcName(input.VPC);
  existingVpc(world, wanted);
  checkNotBusy(world, zone, concurrentModification);
  if (!zone.authorizedVpcs.delete(wanted.vpcId)) throw authorizationNotFound(wanted, zone.id);
  occupy(world, zone);
  return {};
}

export function listAuthorizations(call: ListCall): ListVPCAssociationAuthorizationsResponse {
  const { input } = call;
  const zone = ownZone(call, input.HostedZoneId);
  const size = pageSize(input.MaxResults, LARGEST_PAGE);
  const vpcs = [...zone.authorizedVpcs.values()];
  const start = input.NextToken === undefined ? 0 : vpcs.findIndex(isAt(input.NextToken));
  if (start < 0) throw invalidPaginationToken();
  const next = vpcs[start + size];
  return {
    HostedZoneId: zone.id,
    VPCs: vpcs.slice(start, start + size).map(vpcView),
    NextToken: next && Buffer.from(next.vpcId).toString('base64url'),
  };
}

function isAt(token: string): (vpc: { readonly vpcId: string }) => boolean {
  const id = Buffer.from(token, 'base64url').toString();
  return ({ vpcId }) => vpcId === id;
}
