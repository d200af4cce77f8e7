// Pages of a list. A token is bound to the account, Region, action and parameters it was given
// for, and marks a place by order, so that things made or deleted in between do not shift a page.

import { createHash } from 'node:crypto';
import { AwsError } from '../../aws-error.ts';
import type { Listing } from '../../world/collection.ts';
import type { Call } from '../call.ts';

export interface PageInput {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

export interface Page<T> {
  readonly items: T[];
  readonly nextToken: string | undefined;
}

/** "If larger than 1,000, only 1,000 are returned" (EC2 API reference). */
const LARGEST_PAGE = 1000;

/**
 * One page of the items, which come in growing order. A Listing is entered at the token's place;
 * anything else is read from its beginning.
 * @param smallest the least MaxResults the operation takes; 5 for most.
 * @throws AwsError for a MaxResults that is too small and for a token of another request.
 */
export function pageOf<T extends { readonly order: number }>(
  call: Call<PageInput>,
  action: string,
  items: Iterable<T> | Listing<T>,
  smallest = 5,
): Page<T> {
  const size = pageSize(call, smallest);
  const after = call.input.NextToken ? placeOf(call, action, call.input.NextToken) : 0;
  const page: T[] = [];
  for (const item of 'after' in items ? items.after(after) : items) {
    if (item.order <= after) continue;
    if (page.length === size) return { items: page, nextToken: tokenFor(call, action, page) };
    page.push(item);
  }
  return { items: page, nextToken: undefined };
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

function tokenFor(
  call: Call<PageInput>,
  action: string,
  page: readonly { readonly order: number }[],
): string {
  const place = String(page.at(-1)?.order ?? 0);
  return Buffer.from(`${place}.${binding(call, action, place)}`).toString('base64url');
}

function placeOf(call: Call<PageInput>, action: string, token: string): number {
  const [place = '', bound] = Buffer.from(token, 'base64url').toString('utf8').split('.');
  if (bound === binding(call, action, place)) return Number(place);
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
