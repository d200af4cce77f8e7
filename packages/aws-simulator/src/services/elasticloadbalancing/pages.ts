// Pages with a marker. A marker is bound to the account, Region, action and parameters that it was
// given for, and marks a place by order.

import { createHash } from 'node:crypto';
import type { Call } from '../call.ts';
import { checkRange, validationError } from './errors.ts';

export interface MarkerInput {
  readonly Marker?: string | undefined;
  readonly PageSize?: number | undefined;
}

export interface MarkedPage<T> {
  readonly items: T[];
  readonly nextMarker: string | undefined;
}

/** "The maximum number of results to return with this call": 1 to 400 (ELBv2 model). */
const LARGEST_PAGE = 400;

/**
 * One page of the items, which come in growing order.
 * @throws AwsError ValidationError for a size out of range and for a marker of another request.
 */
export function pageOf<T extends { readonly order: number }>(
  call: Call<MarkerInput>,
  action: string,
  items: Iterable<T>,
): MarkedPage<T> {
  const { Marker: marker, PageSize: size = LARGEST_PAGE } = call.input;
  checkRange('pageSize', size, [1, LARGEST_PAGE]);
  const after = marker ? placeOf(call, action, marker) : 0;
  const page: T[] = [];
  for (const item of items) {
    if (item.order <= after) continue;
    if (page.length === size) {
      return { items: page, nextMarker: markerFor(call, action, page.at(-1)?.order ?? 0) };
    }
    page.push(item);
  }
  return { items: page, nextMarker: undefined };
}

function markerFor(call: Call<MarkerInput>, action: string, place: number): string {
  return Buffer.from(`${place}.${binding(call, action, place)}`).toString('base64url');
}

function placeOf(call: Call<MarkerInput>, action: string, marker: string): number {
  const [place = '', bound] = Buffer.from(marker, 'base64url').toString('utf8').split('.');
  if (bound === binding(call, action, Number(place))) return Number(place);
  throw validationError('The marker is not valid for this request. Start again without a marker.');
}

function binding({ account, region, input }: Call<MarkerInput>, action: string, place: number) {
  const parameters: Record<string, unknown> = { ...input };
  delete parameters.Marker;
  delete parameters.PageSize;
  const bound = JSON.stringify([account, region, action, parameters, place]);
  return createHash('sha256').update(bound).digest('base64url');
}
