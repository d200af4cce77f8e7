// Tags of topics.

import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  Tag,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-sns';
import { AwsError } from '../../aws-error.ts';
import type { Tags } from '../../world/resources.ts';
import type { World } from '../../world/world.ts';
import type { Call, Given } from '../call.ts';
import { invalidParameter } from './errors.ts';
import { taggedTopic } from './found.ts';

export function listTagsForResource(
  call: Call<Given<ListTagsForResourceRequest, 'ResourceArn'>>,
): ListTagsForResourceResponse {
  const { tags } = taggedTopic(call, call.input.ResourceArn);
  return { Tags: [...tags].map(([Key, Value]) => ({ Key, Value })) };
}

export function tagResource(call: Call<Given<TagResourceRequest, 'ResourceArn' | 'Tags'>>): object {
  const { tags } = taggedTopic(call, call.input.ResourceArn);
  checkTags(call.world, tags, call.input.Tags);
  for (const [key, value] of tagMap(call.input.Tags)) tags.set(key, value);
  return {};
}

export function untagResource(
  call: Call<Given<UntagResourceRequest, 'ResourceArn' | 'TagKeys'>>,
): object {
  const { tags } = taggedTopic(call, call.input.ResourceArn);
  for (const key of call.input.TagKeys) tags.delete(key);
  return {};
}

export function tagMap(tags: readonly Tag[]): Tags {
  return new Map(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
}

/** @throws AwsError InvalidParameter, or TagLimitExceeded. */
export function checkTags(world: World, tags: Tags, given: readonly Tag[]): void {
  for (const { Key: key = '', Value: value = '' } of given) {
    if (key === '' || key.length > 128 || /^aws:/i.test(key) || value.length > 256) {
      throw invalidParameter('Tags', `the tag '${key}' is not valid`);
    }
  }
  const most = world.quotas.tagsPerResource;
  if (new Set([...tags.keys(), ...tagMap(given).keys()]).size <= most) return;
  throw new AwsError('TagLimitExceeded', `A topic can have ${most} tags.`);
}
