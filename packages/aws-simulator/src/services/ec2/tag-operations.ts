// CreateTags, DeleteTags and DescribeTags, for everything of the account that can carry tags.

import type {
  CreateTagsRequest,
  DeleteTagsRequest,
  DescribeTagsRequest,
  DescribeTagsResult,
  TagDescription,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../../aws-error.ts';
import { ownerKey, type Taggable } from '../../world/resources.ts';
import { type Call, type Given, wireValue } from '../call.ts';
import { filtered } from './filters.ts';
import { pageOf } from './pages.ts';
import { putTags } from './tags.ts';

const MOST_RESOURCES = 1000;

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
  for (const { tags } of resourcesOf(call, call.input.Resources)) {
    if (!call.input.Tags) tags.clear();
    for (const { Key: key = '', Value: value } of call.input.Tags ?? []) {
      if (value === undefined || tags.get(key) === value) tags.delete(key);
    }
  }
  return {};
}

export function describeTags(call: Call<DescribeTagsRequest>): DescribeTagsResult {
  const { world, account, region, input } = call;
  const tags = tagsOf(world.taggables.by('owner', ownerKey(account, region)));
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

function* tagsOf(resources: Iterable<Taggable>): Iterable<{ order: number; tag: TagDescription }> {
  let order = 0;
  for (const resource of resources) {
    for (const [Key, Value] of resource.tags) {
      order += 1;
      const ResourceType = wireValue(resource.type);
      yield { order, tag: { ResourceId: resource.id, ResourceType, Key, Value } };
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
