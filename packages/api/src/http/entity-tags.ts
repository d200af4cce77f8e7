// Entity tags (RFC 9110), by one rule for every resource: from what an answer says, never from the
// time. A tag has two parts: of what is wanted, and of all that is shown.

import { hash } from 'node:crypto';
import { canonicalMembers } from './input/fingerprint.ts';

/** What `If-Match` or `If-None-Match` name: tags as they were sent, or anything at all. */
export type TagList = readonly string[] | '*';

/**
 * The strong tag of an answer. Its second part changes with every byte; the first one leaves out
 * what workers change by themselves, so that a read of AWS between somebody's GET and PATCH is no
 * reason to refuse the PATCH.
 * @param observed members of the answer that no request changes
 */
export function entityTag(body: unknown, observed: ReadonlySet<string>): string {
  const members = canonicalMembers(body as object);
  const wanted = members.filter(({ name }) => !observed.has(name));
  const whole = digest(members);
  return `"${wanted.length === members.length ? whole : digest(wanted)}.${whole}"`;
}

/** For `If-None-Match`: whether the caller has exactly this answer. */
export function isShown(tags: TagList, tag: string): boolean {
  // Weak comparison, as RFC 9110 has it for this header: proxies that compress make tags weak.
  return tags === '*' || tags.some((sent) => sent.replace(/^W\//, '') === tag);
}

/** For `If-Match`: whether nobody has changed since what the caller saw. Weak tags never match. */
export function isUnchanged(tags: TagList, tag: string): boolean {
  return tags === '*' || tags.some((sent) => sent.split('.')[0] === tag.split('.')[0]);
}

/** Null for a text that is no list of tags. */
export function parseTags(text: string): TagList | null {
  if (text.trim() === '*') return '*';
  return /^[\s,]*((W\/)?"[\x21\x23-\x7e]*"\s*(,[\s,]*|$))+$/.test(text)
    ? text.match(/(W\/)?"[^"]*"/g)
    : null;
}

/** 96 bits: two states of one resource will not have the same. */
function digest(members: { text: string }[]): string {
  const text = members.map((member) => member.text).join(',');
  return hash('sha256', `{${text}}`, 'base64url').slice(0, 16);
}
