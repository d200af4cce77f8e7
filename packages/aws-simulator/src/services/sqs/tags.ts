// Tags of queues.

import type {
  ListQueueTagsRequest,
  ListQueueTagsResult,
  TagQueueRequest,
  UntagQueueRequest,
} from '@aws-sdk/client-sqs';
import { AwsError } from '../../aws-error.ts';
import type { Tags } from '../../world/resources.ts';
import type { World } from '../../world/world.ts';
import type { Call, Given } from '../call.ts';
import { invalidValue } from './errors.ts';
import { namedQueue } from './queue-urls.ts';

export function listQueueTags(
  call: Call<Given<ListQueueTagsRequest, 'QueueUrl'>>,
): ListQueueTagsResult {
  const { tags } = namedQueue(call);
  return tags.size === 0 ? {} : { Tags: Object.fromEntries(tags) };
}

export function tagQueue(call: Call<Given<TagQueueRequest, 'QueueUrl' | 'Tags'>>): object {
  const { tags } = namedQueue(call);
  checkTags(call.world, tags, call.input.Tags);
  for (const [key, value] of Object.entries(call.input.Tags)) tags.set(key, value);
  return {};
}

export function untagQueue(call: Call<Given<UntagQueueRequest, 'QueueUrl' | 'TagKeys'>>): object {
  const { tags } = namedQueue(call);
  for (const key of call.input.TagKeys) tags.delete(key);
  return {};
}

/** @throws AwsError for a tag that is not acceptable, and for too many. Codes are from memory. */
export function checkTags(world: World, tags: Tags, given: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(given)) {
    if (key === '' || key.length > 128 || /^aws:/i.test(key)) {
      throw invalidValue('Tag.Key', key, "Must be 1 to 128 characters and not begin with 'aws:'.");
    }
    if (value.length > 256)
      throw invalidValue('Tag.Value', value, 'Must be 256 characters or less.');
  }
  const most = world.quotas.tagsPerResource;
  if (new Set([...tags.keys(), ...Object.keys(given)]).size <= most) return;
  throw new AwsError('OverLimit', `Too many tags: a queue can have ${most}.`, 403);
}
