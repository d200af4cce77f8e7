// Moments that callers give: text of RFC 3339 in, a time that can be stored and told again out.

import { refuseInput } from '../domain/errors.ts';

/** Without an offset, a Date would be of the time zone that this process happens to be in. */
const withOffset = /[T ]\d\d:\d\d.*(Z|[+-]\d\d:?\d\d)$/i;

/** The last one that RFC 3339 can write: years have four digits. */
export const lastMoment = new Date('9999-12-31T23:59:59.999Z');
const firstMoment = new Date('0001-01-01T00:00:00Z');

/**
 * RFC 3339 has leap seconds, which a Date has not, and with an offset it reaches beyond its own
 * years.
 * @throws Refusal `invalid_request`
 */
export function momentOf(text: string, where: { parameter: string } | { pointer: string }): Date {
  const moment = new Date(withOffset.test(text) ? text : Number.NaN);
  if (moment >= firstMoment && moment <= lastMoment) return moment;
  const name = 'parameter' in where ? where.parameter : where.pointer.slice(1);
  const detail =
    `\`${name}\` must be a time of RFC 3339 with its offset, such as 2027-01-31T12:00:00Z, ` +
    'between the years 1 and 9999, and no leap second.';
  throw refuseInput(where, detail);
}
