// Pages of SNS lists: 100 each, without a size to ask for (SNS API reference).

import type { Listing } from '../../world/collection.ts';
import type { Call } from '../call.ts';
import { invalidParameter } from './errors.ts';

const PAGE = 100;

/**
 * @param about what a token is bound to besides the account and the Region.
 * @throws AwsError InvalidParameter for a token of another list.
 */
export function pageOf<T extends { readonly order: number }>(
  { account, region, input }: Call<{ readonly NextToken?: string | undefined }>,
  about: string,
  items: Listing<T>,
): { items: T[]; nextToken: string | undefined } {
  const bound = [account, region, about].join(' ');
  const page: T[] = [];
  for (const item of items.after(input.NextToken ? placeOf(input.NextToken, bound) : 0)) {
    if (page.length === PAGE) {
      const last = page.at(-1) ?? item;
      return { items: page, nextToken: Buffer.from(`${last.order} ${bound}`).toString('base64') };
    }
    page.push(item);
  }
  return { items: page, nextToken: undefined };
}

function placeOf(token: string, bound: string): number {
  const [order = '', ...rest] = Buffer.from(token, 'base64').toString('utf8').split(' ');
  if (/^\d+$/.test(order) && rest.join(' ') === bound) return Number(order);
  throw invalidParameter('NextToken');
}
