// The entity tag that a comparison was made with. Lists have none for their items, so what differs
// by a list is read again by itself and compared anew: what is shown, sent and named by the tag is
// then one and the same answer.

import { type CallOptions, NotFoundError, type Sallyport } from '@sallyport/sdk';
import { nameOf } from '../lookup/causes.ts';
import { type Comparison, type Difference, differenceOf, isSame } from './differences.ts';
import { bodyOf, type Item, sections } from './document.ts';

/** More at once would be limited by the service. */
const AT_ONCE = 8;

type Call = Pick<CallOptions, 'signal'>;

/** The same comparison, with what each that differs is now. */
export async function withTags(
  client: Sallyport,
  comparison: Comparison,
  call: Call,
): Promise<Comparison> {
  const differences: Difference[] = [];
  const rest = [...comparison.differences];
  while (rest.length > 0) {
    const read = rest.splice(0, AT_ONCE).map((own) => tagged(client, own, call));
    differences.push(...(await Promise.all(read)).filter((own) => own !== undefined));
  }
  const settled = comparison.differences.length - differences.length;
  return { ...comparison, differences, same: comparison.same + settled };
}

/** What a write is made to depend on: nobody has changed, or made, the item meanwhile. */
export function conditionOf({
  section,
  etag,
}: Difference): Pick<CallOptions, 'ifMatch' | 'ifNoneMatch'> {
  if (etag !== undefined) return { ifMatch: etag };
  // A private DNS name is a part of its service, so there is no making of one to forbid.
  return section === 'private_dns' ? {} : { ifNoneMatch: '*' };
}

/** The tag by now, if what was compared is as it was: something else of the item has changed. */
export async function tagIfSame(
  client: Sallyport,
  difference: Difference,
  call: Call,
): Promise<string | undefined> {
  const now = await readItem(client, difference, call);
  return now && isSame(now.item, difference.before) ? now.etag : undefined;
}

/** Who changed it last, by the audit log; undefined where the key may not read that. */
export async function lastChange(
  client: Sallyport,
  difference: Difference,
  call: Call,
): Promise<string | undefined> {
  const now = await readItem(client, difference, call);
  if (now?.id === undefined) return undefined;
  try {
    const query = { subject_id: now.id, limit: 1 };
    const [entry] = (await client.auditEntries.list({ ...call, ...query }).page()).items;
    if (entry === undefined) return undefined;
    return `${await nameOf(client, entry.actor, call)} (${entry.action}) at ${entry.at}`;
  } catch {
    return undefined;
  }
}

async function tagged(
  client: Sallyport,
  difference: Difference,
  call: Call,
): Promise<Difference | undefined> {
  const { section, item, action } = difference;
  if (action === 'create' && section !== 'private_dns') return difference;
  const now = await readItem(client, difference, call);
  const found = differenceOf(section, item, now?.item);
  return found && { ...found, etag: now?.etag };
}

interface Read {
  /** What of it can be declared; undefined where nothing is. */
  item: Item | undefined;
  etag: string | undefined;
  id: string | undefined;
}

async function readItem(
  client: Sallyport,
  { section, key, before }: Difference,
  call: Call,
): Promise<Read | undefined> {
  const request = { method: 'GET', path: sections[section].path, params: [key], options: call };
  try {
    const { data, response } = await client.request<Item>(request).withResponse();
    // A service stays with its account, which the answer has by an id of ours.
    const owner = before?.['provider_account_id'];
    const item: Item = { ...bodyOf(section, data) };
    if (owner !== undefined) item['provider_account_id'] = owner;
    const id = data['id'] ?? data['endpoint_service_id'];
    return {
      item: section === 'private_dns' && item['name'] === null ? undefined : item,
      etag: response.headers.get('etag') ?? undefined,
      id: typeof id === 'string' ? id : undefined,
    };
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}
