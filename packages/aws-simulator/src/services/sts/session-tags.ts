// Session tags: what AssumeRole is given, what a chain of roles hands on, and what is left of it
// for the next session (IAM User Guide, passing session tags in STS).

import type { Tag } from '@aws-sdk/client-sts';
import type { RoleSession } from '../../identity/principals.ts';
import { checkText, constraintFailed, invalidParameterValue } from './errors.ts';

const MOST_TAGS = 50;
/** Of keys and values (STS API reference, Tag). */
const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** @throws AwsError for tags that no call may give, in AWS's order: number, length, duplicates. */
export function checkTags(tags: readonly Tag[] = []): void {
  if (tags.length > MOST_TAGS) {
    throw constraintFailed('tags', `[${tags.length} tags]`, `length less than or equal to 50`);
  }
  const seen = new Set<string>();
  for (const [index, { Key: key = '', Value: value = '' }] of tags.entries()) {
    const where = `tags.${index + 1}.member`;
    checkText(`${where}.key`, key, { min: 1, max: 128, pattern: TAG_TEXT });
    checkText(`${where}.value`, value, { min: 0, max: 256, pattern: TAG_TEXT });
    if (/^aws:/i.test(key)) {
      throw invalidParameterValue(`Tag keys beginning with aws: are reserved, as '${key}'.`);
    }
    const lower = key.toLowerCase();
    // In the field: the code and this text.
    if (seen.has(lower)) {
      throw invalidParameterValue(
        'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
      );
    }
    seen.add(lower);
  }
}

/**
 * The tags of a new session, and which of them go on.
 * @param earlier the caller's own session, if it is one: its transitive tags come along.
 * @throws AwsError InvalidParameterValue (seen in the field) for tags that cannot be set over them.
 */
export function sessionTags(
  earlier: RoleSession | undefined,
  given: readonly Tag[] = [],
  transitive: readonly string[] = [],
): Pick<RoleSession, 'tags' | 'transitiveTagKeys'> {
  const inherited = [...(earlier?.tags ?? [])].filter(([key]) =>
    earlier?.transitiveTagKeys.has(key.toLowerCase()),
  );
  const keys = new Set(given.map(({ Key = '' }) => Key.toLowerCase()));
  if (inherited.some(([key]) => keys.has(key.toLowerCase()))) {
    throw invalidParameterValue(
      "One of the specified transitive tag keys can't be set because it conflicts with a " +
        'transitive tag key from the calling session.',
    );
  }
  const wanted = transitive.map((key) => key.toLowerCase());
  if (wanted.some((key) => !keys.has(key))) {
    throw invalidParameterValue(
      'The specified transitive tag key must be included in the requested tags.',
    );
  }
  return {
    tags: new Map([
      ...inherited,
      ...given.map(({ Key = '', Value = '' }) => [Key, Value] as const),
    ]),
    transitiveTagKeys: new Set([...inherited.map(([key]) => key.toLowerCase()), ...wanted]),
  };
}
