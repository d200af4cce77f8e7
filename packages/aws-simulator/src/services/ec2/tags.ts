// Tags as parameters and as output: checking them, reading them from a create call, listing them.

import type { Tag, TagSpecification } from '@aws-sdk/client-ec2';
import { AwsError } from '../../aws-error.ts';
import type { Tags } from '../../world/resources.ts';
import type { World } from '../../world/world.ts';
import { invalidParameterValue } from './errors.ts';

/** Tags in AWS's shape. */
export function tagList(tags: Tags): Tag[] {
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}

/**
 * The tags a create call gives its resource.
 * @throws AwsError when they are for another resource type or not acceptable.
 */
export function tagsOnCreate(
  world: World,
  specifications: readonly TagSpecification[] | undefined,
  type: string,
): Tags {
  const tags: Tags = new Map();
  for (const { ResourceType: given, Tags: wanted = [] } of specifications ?? []) {
    if (given !== type) {
      throw invalidParameterValue(
        `'${given ?? ''}' is not a valid taggable resource type for this operation.`,
      );
    }
    putTags(world, tags, wanted);
  }
  return tags;
}

/** @throws AwsError and changes nothing when a tag is not acceptable or there are too many. */
export function putTags(world: World, tags: Tags, wanted: readonly Tag[]): void {
  const keys = wanted.map(({ Key = '' }) => Key);
  for (const [index, key] of keys.entries()) {
    checkTagKey(world, key);
    // From memory.
    if (keys.indexOf(key) < index) {
      throw invalidParameterValue(`Duplicate tag key '${key}' specified.`);
    }
  }
  for (const tag of wanted) checkTagValue(tag);
  const merged = new Set([...tags.keys(), ...keys]);
  if (merged.size > world.quotas.tagsPerResource) {
    const message = `More than ${world.quotas.tagsPerResource} tags specified`;
    throw new AwsError('TagLimitExceeded', message);
  }
  for (const { Key, Value } of wanted) tags.set(Key ?? '', Value ?? '');
}

/** At most 127 characters, and not AWS's own prefix (EC2 API reference, Tag). */
export function checkTagKey({ knobs }: World, key: string): void {
  if (key.length > 127) {
    throw invalidParameterValue(`Tag key exceeds the maximum length of 127 characters: '${key}'`);
  }
  if (key === '') throw new AwsError(knobs.badTagKeyCode, 'Tag keys cannot be empty.');
  if (!/^aws:/i.test(key)) return;
  const message = "Tag keys starting with 'aws:' are reserved for internal use";
  throw new AwsError(knobs.badTagKeyCode, message);
}

function checkTagValue({ Key: key = '', Value: value = '' }: Tag): void {
  if (value.length <= 256) return;
  throw invalidParameterValue(
    `Tag value exceeds the maximum length of 256 characters for '${key}'`,
  );
}
