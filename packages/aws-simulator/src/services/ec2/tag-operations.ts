// CreateTags, DeleteTags and DescribeTags, for everything of the account that can carry tags.

import type {
  CreateTagsRequest,
  DeleteTagsRequest,
  DescribeTagsRequest,
  DescribeTagsResult,
  TagDescription,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../../aws-error.ts';
import type { Listing } from '../../world/collection.ts';
import { ownerKey, type Taggable } from '../../world/resources.ts';
import { type Call, type Given, wireValue } from '../call.ts';
import { filtered, where } from './lists/filters.ts';
import { narrowed } from './lists/narrowing.ts';
import { pageOf } from './lists/pages.ts';
import { checkTagKey, putTags } from './tags.ts';

const MOST_RESOURCES = 1000;
const MOST_DELETED = 1000;

/** All or nothing: one bad id or tag and no resource is tagged. */
export function createTags(call: Call<Given<CreateTagsRequest, 'Resources' | 'Tags'>>): object {
  const resources = resourcesOf(call, call.input.Resources);
  // Tried on copies first, so that the last resource being full leaves the first untouched.
  for (const { tags } of resources) putTags(call.world, new Map(tags), call.input.Tags);
  for (const { tags } of resources) putTags(call.world, tags, call.input.Tags);
  return {};
}

/**
 * A key alone removes the tag whatever its value, a key with a value only if the value is equal,
 * no tags at all removes every tag (EC2 API reference).
 */
export function deleteTags(call: Call<Given<DeleteTagsRequest, 'Resources'>>): object {
  const { Tags: wanted } = call.input;
  const resources = resourcesOf(call, call.input.Resources);
  if (wanted && wanted.length > MOST_DELETED) {
    throw new AwsError('InvalidParameterValue', `More than ${MOST_DELETED} tags specified`);
  }
  for (const { Key = '' } of wanted ?? []) checkTagKey(call.world, Key);
  for (const { tags } of resources) {
    if (!wanted) tags.clear();
    for (const { Key: key = '', Value: value } of wanted ?? []) {
      if (value === undefined || tags.get(key) === value) tags.delete(key);
    }
  }
  return {};
}

export function describeTags(call: Call<DescribeTagsRequest>): DescribeTagsResult {
  const { world, account, region, input } = call;
  const all = world.taggables.by('owner', ownerKey(account, region));
  const resources = narrowed(all, input.Filters, {
    'resource-id': (id) => world.taggables.only(id),
  });
  const own = (resource: Taggable) => resource.account === account && resource.region === region;
  const tags = tagsOf(where(resources, own));
  const found = filtered(
    tags,
    input.Filters,
    {
      key: ({ tag }) => tag.Key,
      value: ({ tag }) => tag.Value,
      'resource-id': ({ tag }) => tag.ResourceId,
      'resource-type': ({ tag }) => tag.ResourceType,
    },
    ({ tag }) => new Map([[tag.Key ?? '', tag.Value ?? '']]),
  );
  const page = pageOf(call, 'DescribeTags', found);
  return { Tags: page.items.map(({ tag }) => tag), NextToken: page.nextToken };
}

interface OwnTag {
  readonly order: number;
  readonly key: string;
  readonly tag: TagDescription;
}

function tagsOf(resources: Listing<Taggable>): Listing<OwnTag> {
  return {
    [Symbol.iterator]: () => eachTag(resources)[Symbol.iterator](),
    after: (order) => eachTag(resources.after(order)),
  };
}

// Sorted by key, so that a page can go on where the last one ended whatever was tagged meanwhile.
function* eachTag(resources: Iterable<Taggable>): Iterable<OwnTag> {
  for (const { id, order, type, tags } of resources) {
    for (const key of [...tags.keys()].sort()) {
      const tag = { ResourceId: id, ResourceType: wireValue(type), Key: key, Value: tags.get(key) };
      yield { order, key, tag };
    }
  }
}

// InvalidID is the documented code for a resource that cannot be tagged; the text is from memory.
function resourcesOf({ world, account, region }: Call<object>, ids: readonly string[]) {
  if (ids.length > MOST_RESOURCES) {
    throw new AwsError('InvalidParameterValue', `More than ${MOST_RESOURCES} resources specified`);
  }
  return ids.map((id) => {
    const resource = world.taggables.get(id);
    if (resource?.account === account && resource.region === region) return resource;
    throw new AwsError('InvalidID', `The ID '${id}' is not valid`);
  });
}
