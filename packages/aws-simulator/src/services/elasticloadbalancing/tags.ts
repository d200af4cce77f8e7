// Tags of load balancers, target groups and listeners, which are not EC2's: DescribeTags, AddTags
// and RemoveTags by ARN.

import type {
  AddTagsInput,
  DescribeTagsInput,
  DescribeTagsOutput,
  RemoveTagsInput,
  Tag,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../aws-error.ts';
import type { Tags } from '../../world/resources.ts';
import type { World } from '../../world/world.ts';
import type { Call, Given } from '../call.ts';
import { validationError } from './errors.ts';
import { ownListener, ownLoadBalancer, ownTargetGroup } from './own-resources.ts';

const MOST_ARNS = 20;

export function describeTags(
  call: Call<Given<DescribeTagsInput, 'ResourceArns'>>,
): DescribeTagsOutput {
  return {
    TagDescriptions: resourcesOf(call, call.input.ResourceArns).map(({ id, tags }) => ({
      ResourceArn: id,
      Tags: tagList(tags),
    })),
  };
}

/** All or nothing, as one bad ARN or tag fails the call. */
export function addTags(call: Call<Given<AddTagsInput, 'ResourceArns' | 'Tags'>>): object {
  const { world, input } = call;
  const resources = resourcesOf(call, input.ResourceArns);
  for (const { tags } of resources) putTags(world, new Map(tags), input.Tags);
  for (const { tags } of resources) putTags(world, tags, input.Tags);
  return {};
}

export function removeTags(call: Call<Given<RemoveTagsInput, 'ResourceArns' | 'TagKeys'>>): object {
  for (const { tags } of resourcesOf(call, call.input.ResourceArns)) {
    for (const key of call.input.TagKeys) tags.delete(key);
  }
  return {};
}

/** The tags of a create call. @throws AwsError when one is not acceptable. */
export function tagsOnCreate(world: World, wanted: readonly Tag[] | undefined): Tags {
  const tags: Tags = new Map();
  putTags(world, tags, wanted ?? []);
  return tags;
}

function putTags(world: World, tags: Tags, wanted: readonly Tag[]): void {
  const keys = wanted.map(({ Key = '' }) => Key);
  if (new Set(keys).size < keys.length) {
    throw new AwsError('DuplicateTagKeysException', 'A tag key was specified more than once');
  }
  for (const tag of wanted) checkTag(tag);
  if (new Set([...tags.keys(), ...keys]).size > world.quotas.tagsPerResource) {
    const message = `More than ${world.quotas.tagsPerResource} tags on a resource`;
    throw new AwsError('TooManyTagsException', message);
  }
  for (const { Key = '', Value = '' } of wanted) tags.set(Key, Value);
}

// Lengths and characters are the model's.
function checkTag({ Key: key = '', Value: value = '' }: Tag): void {
  const allowed = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
  if (key === '' || key.length > 128 || !allowed.test(key) || /^aws:/i.test(key)) {
    throw validationError(`The tag key '${key}' is not valid.`);
  }
  if (value.length > 256 || !allowed.test(value)) {
    throw validationError(`The value of the tag '${key}' is not valid.`);
  }
}

export function tagList(tags: Tags): Tag[] {
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}

function resourcesOf(
  call: Call<object>,
  arns: readonly string[],
): { readonly id: string; readonly tags: Tags }[] {
  if (arns.length > MOST_ARNS) {
    throw validationError(`At most ${MOST_ARNS} resources can be specified.`);
  }
  return arns.map((arn) => {
    const kind = /:(loadbalancer|targetgroup|listener)\//.exec(arn)?.[1];
    if (kind === 'targetgroup') return ownTargetGroup(call, arn);
    return kind === 'listener' ? ownListener(call, arn) : ownLoadBalancer(call, arn);
  });
}
