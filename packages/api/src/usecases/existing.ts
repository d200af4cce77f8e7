// Turns "not found" into the right refusal: absent, or an id of another kind.

import { refuse } from '../domain/errors.ts';
import { kindInWords, kindOfId, type IdKind } from '../domain/ids.ts';

/**
 * The resource, or a refusal. A foreign id answers exactly like an absent one.
 * @throws Refusal `not_found`, `wrong_id_kind`
 */
export function existing<Resource>(found: Resource | null, kind: IdKind, key: string): Resource {
  if (found) return found;
  const named = kindOfId(key);
  if (named && named !== kind) {
    const [given, asked] = [withArticle(named), withArticle(kind)];
    throw refuse('wrong_id_kind', `"${key}" is the id of ${given}; this takes ${asked}.`);
  }
  throw refuse('not_found', `There is no ${kindInWords(kind)} "${key}".`);
}

function withArticle(kind: IdKind): string {
  const words = kindInWords(kind);
  return `${/^[aeio]/i.test(words) ? 'an' : 'a'} ${words}`;
}
