// The parts that needs of EC2's operations are made of: ARNs of what ids stand for, and condition
// keys. An id says by its prefix what it is of; nothing has to exist.

import type { Tag, TagSpecification } from '@aws-sdk/client-ec2';
import type { Call } from '../call.ts';
import { type Keys, type Need, requestTags, resourceTags } from '../permission.ts';
import { isVisible } from './endpoints/visible-services.ts';
import { networkKeys } from './network/keys.ts';
import { isShared, isVpcShared } from './network/shares.ts';

/** Resource types by id prefix, the longer ones first where one begins with another. */
const TYPES: readonly (readonly [prefix: string, type: string])[] = [
  ['vpce-svc-perm', 'vpc-endpoint-service-permission'],
  ['vpce-svc', 'vpc-endpoint-service'],
  ['vpce-conn', 'vpc-endpoint-connection'],
  ['vpce-con', 'vpc-endpoint-connection'],
  ['vpce', 'vpc-endpoint'],
  ['vpc', 'vpc'],
  ['subnet', 'subnet'],
  ['sgr', 'security-group-rule'],
  ['sg', 'security-group'],
  ['eni', 'network-interface'],
  ['rtb', 'route-table'],
  ['pl', 'prefix-list'],
];

type AnyCall = Call<object>;

/** The action on the resource of this id. */
export function needOn(call: AnyCall, action: string, id: string, keys: Keys = {}): Need {
  const { world, account, region } = call;
  const type = TYPES.find(([prefix]) => id.startsWith(`${prefix}-`))?.[1] ?? '*';
  // Somebody else's is not told from what never was. A shared subnet is its owner's, and so are
  // its tags.
  const known = isKnown(call, id) ? world.taggables.get(id) : undefined;
  const owner = known?.account ?? account;
  return {
    action: `ec2:${action}`,
    resource: arn(region, owner, type, id),
    keys: {
      'ec2:Region': region,
      'aws:ResourceAccount': owner,
      ...(known?.account === account ? resourceTags(known.tags, 'ec2') : {}),
      ...networkKeys(world, account, type, id, known !== undefined),
      ...keys,
    },
  };
}

export function serviceNeed(call: AnyCall, action: string, id: string, keys: Keys = {}): Need {
  const { world, account } = call;
  const service = world.endpointServices.get(id);
  const regions = service?.account === account ? service.supportedRegions : [];
  const multi: Keys = {
    'ec2:VpceMultiRegion': regions.length > 0,
    'ec2:VpceSupportedRegion': regions.length > 0 ? regions : undefined,
  };
  return needOn(call, action, id, { ...multi, ...keys });
}

export function endpointNeed(call: AnyCall, action: string, id: string, keys: Keys = {}): Need {
  const { world, account, region } = call;
  const endpoint = world.endpoints.get(id);
  const own = endpoint?.account === account ? endpoint : undefined;
  return needOn(call, action, id, {
    'ec2:VpceMultiRegion': own && own.serviceRegion !== region,
    'ec2:VpceServiceName': own?.serviceName,
    'ec2:VpceServiceRegion': own?.serviceRegion,
    ...keys,
  });
}

/** What creating a resource with tags needs besides the action itself. */
export interface Created {
  /** The ARN of what has no id yet, with the keys that it has. */
  readonly resource: { readonly resource: string; readonly keys: Keys };
  readonly tags: readonly Tag[];
  /** ec2:CreateTags, if there are tags (EC2 user guide, tag resources on creation). */
  readonly needs: readonly Need[];
}

export function createdTags(
  { account, region }: AnyCall,
  action: string,
  type: string,
  specifications: readonly TagSpecification[] | undefined,
): Created {
  const tags = (specifications ?? []).flatMap(({ Tags }) => Tags ?? []);
  const resource = arn(region, account, type, '*');
  const keys: Keys = { 'ec2:Region': region };
  const create: Keys = { ...keys, ...requestTags(tags), 'ec2:CreateAction': action };
  const needs = tags.length > 0 ? [{ action: 'ec2:CreateTags', resource, keys: create }] : [];
  return { resource: { resource, keys }, tags, needs };
}

/** The permission-only action that cross-Region access takes on both sides (Guide, share). */
export function multiRegionNeeds(resource: string, regions: readonly string[]): Need[] {
  return regions.length > 0 ? [{ action: 'vpce:AllowMultiRegion', resource }] : [];
}

/** ec2:Attribute, the names of what a call sets, and ec2:Attribute/… with the values. */
export function attributeKeys(input: object, identifying: readonly string[]): Keys {
  const set = Object.entries(input).filter(
    ([name, value]) => value !== undefined && name !== 'DryRun' && !identifying.includes(name),
  );
  const values = set.map(([name, value]): [string, readonly string[]] => [
    `ec2:Attribute/${name}`,
    (Array.isArray(value) ? (value as unknown[]) : [value as unknown]).map(textOf),
  ]);
  if (set.length === 0) return {};
  return { ...Object.fromEntries(values), 'ec2:Attribute': set.map(([name]) => name) };
}

/**
 * ec2:VpceServiceOwner: an account id, or `amazon` for AWS's own services. Of a service that the
 * caller may not know, it is not told: whether AWS does is not documented.
 */
export function serviceOwner(call: AnyCall, name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const id = /^com\.amazonaws\.vpce\.[a-z0-9-]+\.(vpce-svc-\w+)$/.exec(name)?.[1];
  const service = id === undefined ? undefined : call.world.endpointServices.get(id);
  if (service) {
    const shown = service.account === call.account || isVisible(call, service);
    return shown ? service.account : undefined;
  }
  if (id !== undefined) return undefined;
  return /^(com\.amazonaws|aws)\./.test(name) ? 'amazon' : undefined;
}

function isKnown(call: AnyCall, id: string): boolean {
  const { world, account } = call;
  const [subnet, vpc] = [world.subnets.get(id), world.vpcs.get(id)];
  if (world.taggables.get(id)?.account === account) return true;
  return (subnet && isShared(call, subnet)) ?? (vpc && isVpcShared(call, vpc)) ?? false;
}

function arn(region: string, account: string, type: string, id: string): string {
  return `arn:aws:ec2:${region}:${account}:${type}/${id}`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
