// Pages of a list. A token is bound to the account, Region, action and parameters it was given
// for, and marks a place by order, so that things made or deleted in between do not shift a page.

import { createHash } from 'node:crypto';
import { AwsError } from '../../../aws-error.ts';
import type { Listing } from '../../../world/collection.ts';
import type { Call } from '../../call.ts';

export interface PageInput {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
  readonly Filters?: readonly unknown[] | undefined;
}

export interface Page<T> {
  readonly items: T[];
  readonly nextToken: string | undefined;
}

/** "If larger than 1,000, only 1,000 are returned" (EC2 API reference). */
const LARGEST_PAGE = 1000;

/** Where an item stands: by order, and by key among those that share one. */
export interface Place {
  readonly order: number;
  readonly key?: string;
}

/**
 * One page of the items, which come in growing order. A Listing is entered at the token's place;
 * anything else is read from its beginning.
 * @param smallest the least MaxResults the operation takes; 5 for most.
 * @throws AwsError for a MaxResults that is too small and for a token of another request.
 */
export function pageOf<T extends Place>(
  call: Call<PageInput>,
  action: string,
  items: Iterable<T> | Listing<T>,
  smallest = 5,
): Page<T> {
  const size = pageSize(call, smallest);
  if (beginsEmpty(call)) return { items: [], nextToken: tokenFor(call, action, { order: 0 }) };
  const last = call.input.NextToken ? placeOf(call, action, call.input.NextToken) : undefined;
  const page: T[] = [];
  for (const item of 'after' in items ? items.after((last?.order ?? 0) - 1) : items) {
    if (last && !isAfter(item, last)) continue;
    if (page.length === size) {
      return { items: page, nextToken: tokenFor(call, action, page.at(-1) ?? item) };
    }
    page.push(item);
  }
  return { items: page, nextToken: undefined };
}

// AWS may count items for a page before it filters them, so that none is left on the page.
function beginsEmpty({ world, input }: Call<PageInput>): boolean {
  return world.knobs.emptyPages && !input.NextToken && (input.Filters?.length ?? 0) > 0;
}

function pageSize({ world, input }: Call<PageInput>, smallest: number): number {
  const { MaxResults: wanted } = input;
  if (wanted === undefined) return LARGEST_PAGE;
  if (Number.isInteger(wanted) && wanted >= smallest) return Math.min(wanted, LARGEST_PAGE);
  throw new AwsError(
    world.knobs.smallMaxResultsCode,
    `Value ( ${wanted} ) for parameter maxResults is invalid. Expecting a value from ` +
      `${smallest} to ${LARGEST_PAGE}.`,
  );
}

function isAfter(item: Place, last: Place): boolean {
  if (item.order !== last.order) return item.order > last.order;
  return (item.key ?? '') > (last.key ?? '');
}

function tokenFor(call: Call<PageInput>, action: string, { order, key = '' }: Place): string {
  const place = `${order} ${key}`;
  return Buffer.from(`${place}.${binding(call, action, place)}`).toString('base64url');
}

function placeOf(call: Call<PageInput>, action: string, token: string): Place {
  const text = Buffer.from(token, 'base64url').toString('utf8');
  const end = text.lastIndexOf('.');
  const place = text.slice(0, end);
  const [order = '', ...key] = place.split(' ');
  const whole = Buffer.from(text).toString('base64url') === token;
  if (whole && text.slice(end + 1) === binding(call, action, place)) {
    return { order: Number(order), key: key.join(' ') };
  }
  throw new AwsError(
    'InvalidNextToken',
    'The pagination token is not valid for this request. Repeat the request that gave ' +
      'it, with the same parameters.',
  );
}

function binding({ account, region, input }: Call<PageInput>, action: string, place: string) {
  const parameters: Record<string, unknown> = { ...input };
  delete parameters.MaxResults;
  delete parameters.NextToken;
  const bound = JSON.stringify([account, region, action, parameters, place]);
  return createHash('sha256').update(bound).digest('base64url');
}
