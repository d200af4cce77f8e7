// Lengths, ranges and words that the model of Route 53 allows, which the SDK's schema leaves out.

import { invalidInput } from './errors.ts';

/** Longest texts (Route 53 API reference). */
export const longest = {
  resourceId: 32,
  changeId: 6500,
  callerReference: 128,
  comment: 256,
  dnsName: 1024,
  value: 4000,
  setIdentifier: 128,
  vpcId: 1024,
  marker: 64,
  tagKey: 128,
  tagValue: 256,
} as const;

/**
 * @param path the member as Route 53 names it, for example `changeBatch.comment`.
 * @throws AwsError InvalidInput for a text that is longer than allowed, or empty where it must not
 * be.
 */
export function checkLength(
  path: string,
  value: string | undefined,
  most: number,
  least: 0 | 1 = 0,
): void {
  if (value === undefined) return;
  if (value.length > most) {
    throw violated(path, value, `Member must have length less than or equal to ${most}`);
  }
  if (value.length < least) {
    throw violated(path, value, `Member must have length greater than or equal to ${least}`);
  }
}

/** @throws AwsError InvalidInput for anything but an integer in this range. */
export function checkRange(
  path: string,
  value: number | undefined,
  [least, most]: readonly [number, number],
): void {
  if (value === undefined) return;
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw violated(path, String(value), `Member must be an integer from ${least} to ${most}`);
}

/** @throws AwsError InvalidInput for a word that is not among the allowed ones. */
export function checkWord(
  path: string,
  value: string | undefined,
  words: Readonly<Record<string, string>>,
): void {
  if (value === undefined || Object.values(words).includes(value)) return;
  const set = Object.values(words).join(', ');
  throw violated(path, value, `Member must satisfy enum value set: [${set}]`);
}

/** @throws AwsError InvalidInput for an empty list, or one longer than allowed. */
export function checkCount(path: string, list: readonly unknown[] | undefined, most: number): void {
  if (list === undefined || (list.length >= 1 && list.length <= most)) return;
  const given = `[${list.length} members]`;
  throw violated(path, given, `Member must have length from 1 to ${most}`);
}

function violated(path: string, value: string, constraint: string) {
  const shown = value.length > 200 ? `${value.slice(0, 200)}…` : value;
  return invalidInput(
    `1 validation error detected: Value '${shown}' at '${path}' failed to satisfy ` +
      `constraint: ${constraint}`,
  );
}
