// The allowlist of an endpoint service. Removing a principal keeps its live connections; only
// rejecting cuts them (Guide, configure-endpoint-service).

import type {
  AllowedPrincipal,
  DescribeVpcEndpointServicePermissionsRequest,
  DescribeVpcEndpointServicePermissionsResult,
  ModifyVpcEndpointServicePermissionsRequest,
  ModifyVpcEndpointServicePermissionsResult,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../../../aws-error.ts';
import type { EndpointService, Permission } from '../../../world/privatelink/endpoint-service.ts';
import type { World } from '../../../world/world.ts';
import type { Call, Given } from '../../call.ts';
import { invalidParameter } from '../errors.ts';
import { filtered } from '../lists/filters.ts';
import { pageOf } from '../lists/pages.ts';
import { changeableService, ownService } from './own-services.ts';
import { tagList } from '../tags.ts';

type ModifyCall = Call<Given<ModifyVpcEndpointServicePermissionsRequest, 'ServiceId'>>;

/**
 * Adds and removes principals. There is no `unsuccessful` list: one bad principal fails the call,
 * and nothing is changed. Adding one that is there, or removing one that is not, is no error.
 */
export function modifyServicePermissions(
  call: ModifyCall,
): ModifyVpcEndpointServicePermissionsResult {
  const { world, input } = call;
  const service = changeableService(call, input.ServiceId);
  const removed = input.RemoveAllowedPrincipals ?? [];
  for (const principal of removed) principalType(world, principal);
  const added = (input.AddAllowedPrincipals ?? []).map((principal) => {
    const type = principalType(world, principal);
    checkExists(world, principal);
    return { principal, type };
  });
  const fresh = added.flatMap((entry) => add(world, service, entry) ?? []);
  for (const principal of removed) remove(world, service, principal);
  return {
    AddedPrincipals: fresh.map(({ type, principal, id }) => ({
      PrincipalType: type,
      Principal: principal,
      ServicePermissionId: id,
      ServiceId: service.id,
    })),
    ReturnValue: true,
  };
}

export function describeServicePermissions(
  call: Call<Given<DescribeVpcEndpointServicePermissionsRequest, 'ServiceId'>>,
): DescribeVpcEndpointServicePermissionsResult {
  const service = ownService(call, call.input.ServiceId);
  const found = filtered(service.permissions.values(), call.input.Filters, {
    principal: ({ principal }) => principal,
    'principal-type': ({ type }) => type,
  });
  const page = pageOf(call, 'DescribeVpcEndpointServicePermissions', found);
  return {
    AllowedPrincipals: page.items.map((permission) => allowedPrincipal(service, permission)),
    NextToken: page.nextToken,
  };
}

function allowedPrincipal(service: EndpointService, permission: Permission): AllowedPrincipal {
  return {
    PrincipalType: permission.type,
    Principal: permission.principal,
    ServicePermissionId: permission.id,
    Tags: tagList(permission.tags),
    ServiceId: service.id,
  };
}

function add(
  world: World,
  service: EndpointService,
  { principal, type }: Pick<Permission, 'principal' | 'type'>,
): Permission | undefined {
  if (service.permissions.has(principal)) return undefined;
  const id = world.ids.ec2('vpce-svc-perm');
  const order = world.nextOrder();
  const permission: Permission = { id, principal, type, order, tags: new Map() };
  service.permissions.add(permission);
  const { account, region } = service;
  const taggable = { id, account, region, order, tags: permission.tags };
  world.taggables.add({ ...taggable, type: 'vpc-endpoint-service-permission' });
  return permission;
}

function remove(world: World, service: EndpointService, principal: string): void {
  const permission = service.permissions.get(principal);
  if (!permission) return;
  service.permissions.remove(principal);
  world.taggables.remove(permission.id);
}

// The path rule is documented (EC2 API reference: "Principal ARNs with path components aren't
// supported"), and so is UnknownPrincipalType.Unsupported; which code goes with a path or a
// malformed ARN is not.
function principalType(world: World, principal: string): Permission['type'] {
  if (principal === '*') return 'All';
  const other = otherType(principal);
  if (other && world.knobs.otherPrincipals === 'stored') return other;
  if (other) throw unsupportedType(principal);
  // Principals are of the same partition, and this world is in `aws`.
  const [, service, kind, name] =
    /^arn:aws:(iam|sts)::\d{12}:([a-z-]+)(?:\/(.+))?$/.exec(principal) ?? [];
  if (kind === undefined) {
    throw invalidParameter(
      `The principal '${principal}' is not valid. Use arn:aws:iam::ACCOUNT:root, ` +
        ':role/NAME, :user/NAME or *.',
    );
  }
  if (service === 'sts') throw unsupportedType(principal);
  if (kind === 'root' && name === undefined) return 'Account';
  if ((kind !== 'role' && kind !== 'user') || name === undefined) {
    throw unsupportedType(principal);
  }
  if (name.includes('/')) {
    throw invalidParameter(
      `Principal ARNs with path components aren't supported: ${principal}. Leave the path out.`,
    );
  }
  if (!/^[\w+=,.@-]{1,64}$/.test(name)) {
    throw invalidParameter(`The principal '${principal}' is not valid: malformed name.`);
  }
  return kind === 'role' ? 'Role' : 'User';
}

/** Kinds of principal that the model has a type for, and the guide does not offer. */
function otherType(principal: string): 'Service' | 'OrganizationUnit' | undefined {
  if (/^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/.test(principal)) return 'Service';
  const organizations = /^arn:aws[a-z-]*:organizations::\d{12}:(organization|ou|root)\/[\w/-]+$/;
  return organizations.test(principal) ? 'OrganizationUnit' : undefined;
}

function unsupportedType(principal: string): AwsError {
  return new AwsError(
    'UnknownPrincipalType.Unsupported',
    `The principal type is not supported: ${principal}`,
  );
}

function checkExists(world: World, principal: string): void {
  if (world.knobs.absentPrincipal === 'stored') return;
  const [, accountId = '', kind, name = ''] =
    /^arn:aws[a-z-]*:iam::(\d{12}):(role|user)\/(.+)$/.exec(principal) ?? [];
  const account = world.accounts.get(accountId);
  if (!account || !kind) return;
  if (kind === 'role' ? account.roles.has(name) : account.users.has(name)) return;
  throw invalidParameter(`The principal '${principal}' does not exist.`);
}
