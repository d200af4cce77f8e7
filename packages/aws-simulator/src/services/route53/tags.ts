// Tags of hosted zones. Health checks, the other resources that Route 53 has tags for, are not
// simulated: there are none.

import {
  type ChangeTagsForResourceRequest,
  type ChangeTagsForResourceResponse,
  type ListTagsForResourceRequest,
  type ListTagsForResourceResponse,
  type ListTagsForResourcesRequest,
  type ListTagsForResourcesResponse,
  type ResourceTagSet,
  type Tag,
  TagResourceType,
} from '@aws-sdk/client-route-53';
import type { HostedZone } from '../../world/dns/hosted-zone.ts';
import { type Call, type Given, wireValue } from '../call.ts';
import { checkNotBusy } from './changes.ts';
import { checkCount, checkLength, checkWord, longest } from './constraints.ts';
import { invalidInput, noSuchHealthCheck } from './errors.ts';
import { ownZone } from './zone-lookup.ts';

type Resource = 'ResourceType' | 'ResourceId';
type ListManyInput = Given<ListTagsForResourcesRequest, 'ResourceType' | 'ResourceIds'>;

// Of one request: tags to add, keys to remove, resources to list (Route 53 API reference).
const MOST_PER_REQUEST = 10;

/** Removes after adding; a tag that is there gets the new value. */
export function changeTags(
  call: Call<Given<ChangeTagsForResourceRequest, Resource>>,
): ChangeTagsForResourceResponse {
  const { world, input } = call;
  const { AddTags: added, RemoveTagKeys: removed } = input;
  const zone = taggedZone(call, input.ResourceType, input.ResourceId);
  if (!added && !removed) throw invalidInput('Neither AddTags nor RemoveTagKeys is given');
  checkCount('addTags', added, MOST_PER_REQUEST);
  checkCount('removeTagKeys', removed, MOST_PER_REQUEST);
  checkTags(added ?? []);
  checkNotBusy(world, zone);
  const tags = new Map(zone.tags);
  for (const { Key = '', Value = '' } of added ?? []) tags.set(Key, Value);
  for (const key of removed ?? []) tags.delete(key);
  if (tags.size > world.quotas.tagsPerResource) {
    throw invalidInput(`A resource can have ${world.quotas.tagsPerResource} tags`);
  }
  zone.tags.clear();
  for (const [key, value] of tags) zone.tags.set(key, value);
  return {};
}

export function listTags(
  call: Call<Given<ListTagsForResourceRequest, Resource>>,
): ListTagsForResourceResponse {
  const { ResourceType, ResourceId } = call.input;
  return { ResourceTagSet: tagSetView(taggedZone(call, ResourceType, ResourceId)) };
}

export function listTagsOfMany(call: Call<ListManyInput>): ListTagsForResourcesResponse {
  const { ResourceType: type, ResourceIds: ids } = call.input;
  checkCount('resourceIds', ids, MOST_PER_REQUEST);
  return { ResourceTagSets: ids.map((id) => tagSetView(taggedZone(call, type, id))) };
}

function taggedZone(call: Call<object>, type: string, id: string): HostedZone {
  checkWord('resourceType', type, TagResourceType);
  checkLength('resourceId', id, 64);
  if (type === TagResourceType.healthcheck) throw noSuchHealthCheck(id);
  return ownZone(call, id);
}

function checkTags(tags: readonly Tag[]): void {
  for (const { Key: key = '', Value: value = '' } of tags) {
    checkLength('tag.key', key, longest.tagKey, 1);
    checkLength('tag.value', value, longest.tagValue);
  }
}

function tagSetView(zone: HostedZone): ResourceTagSet {
  return {
    ResourceType: wireValue(TagResourceType.hostedzone),
    ResourceId: zone.id,
    Tags: [...zone.tags].map(([Key, Value]) => ({ Key, Value })),
  };
}
