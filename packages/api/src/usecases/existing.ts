// Turns "not found" into the right refusal, and finds what is there before it is changed.

import { isDeepStrictEqual } from 'node:util';
import { refuse } from '../domain/errors.ts';
import { kindInWords, kindOfAwsKey, kindOfId, type IdKind } from '../domain/ids.ts';
import type { Context } from './context.ts';

/** What lists those there are. None of it is about the one that was asked for. */
const lists = {
  providerAccount: 'sallyport provider-accounts list',
  endpointService: 'sallyport services list',
  customer: 'sallyport customers list',
  grant: 'sallyport grants list',
  account: 'sallyport accounts list',
  principal: 'sallyport principals list',
  connection: 'sallyport connections list',
  note: 'sallyport connections notes list CONNECTION',
  invite: 'sallyport customers invites list CUSTOMER',
  operation: 'sallyport operations list',
  event: 'sallyport events list',
  webhook: 'sallyport webhooks list',
  delivery: 'sallyport webhooks deliveries list WEBHOOK',
  apiKey: 'sallyport api-keys list',
} as const;

export type ListedKind = keyof typeof lists;

/**
 * The resource, or a refusal. A foreign id answers exactly like an absent one.
 * @param command shows what there is, where the caller may not use the list
 * @throws Refusal `not_found`, `wrong_id_kind`
 */
export function existing<Resource>(
  found: Resource | null,
  kind: ListedKind,
  key: string,
  command: string = lists[kind],
): Resource {
  if (found) return found;
  const named = kindOfId(key) ?? kindByNaturalKey(key, kind);
  if (named && named !== kind) {
    const [given, asked] = [withArticle(named), withArticle(kind)];
    throw refuse('wrong_id_kind', `"${key}" is the id of ${given}; this takes ${asked}.`);
  }
  throw refuse('not_found', `There is no ${kindInWords(kind)} "${key}".`, { command });
}

/** A vendor may call a customer anything, and both kinds of accounts have a number. */
function kindByNaturalKey(key: string, asked: IdKind): IdKind | null {
  if (asked === 'customer') return null;
  const kind = kindOfAwsKey(key);
  return kind === 'account' && asked === 'providerAccount' ? null : kind;
}

function withArticle(kind: IdKind): string {
  const words = kindInWords(kind);
  return `${/^[aeio]/i.test(words) ? 'an' : 'a'} ${words}`;
}

/**
 * Reads the resource once nobody else can change it, so that what is checked before a change still
 * holds when it lands, and what the audit log says of before is true.
 */
export async function held<Resource extends { id: string }>(
  { recheck }: Pick<Context, 'recheck'>,
  key: string,
  read: (key: string) => Promise<Resource>,
  lock: (id: string) => Promise<void>,
): Promise<Resource> {
  const { id } = await read(key);
  await lock(id);
  await recheck?.();
  return read(id);
}

/** The changes that are any: those that differ from what is there. Null when there are none. */
export function difference<Resource extends object>(
  before: Resource,
  changes: Partial<Resource>,
): Partial<Resource> | null {
  const members = Object.entries(changes) as [keyof Resource, unknown][];
  const differing = members.filter(([name, value]) => !isDeepStrictEqual(before[name], value));
  return differing.length === 0 ? null : (Object.fromEntries(differing) as Partial<Resource>);
}
