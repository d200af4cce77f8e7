// What changed of late around a connection, who else is affected, and whom to write to: before the
// diagnosis, since that is what one asks first at night.

import type { Background } from '../lookup/background.ts';
import { disarm } from './disarm.ts';
import { wrapped } from './text-width.ts';
import { type ValueStyle, valueText } from './value.ts';

/** The latest: of more, the feed is the better place to look. */
const EVENTS_MAX = 8;
const OTHERS_MAX = 5;
/** Before what of a line goes on below it. */
const REST = '      ';

/** Nothing where there is nothing to say. */
export function backgroundText(
  background: Background,
  style: ValueStyle,
  columns = Infinity,
): string {
  const lines = [
    ...changeLines(background, style),
    ...otherLines(background, style),
    ...contactLines(background),
  ];
  return lines.length === 0
    ? ''
    : `${lines.flatMap((line) => fittedLines(disarm(line), columns)).join('\n')}\n\n`;
}

/** A command stays on one line, to be copied. */
function fittedLines(line: string, columns: number): string[] {
  if (line.includes('sallyport ')) return [line];
  const [first = '', ...rest] = wrapped(line, columns - REST.length);
  return [first, ...rest.map((more) => REST + more.trimStart())];
}

function changeLines({ events, connection }: Background, style: ValueStyle): string[] {
  if (events.length === 0) return [];
  const shown = events.slice(-EVENTS_MAX).map(({ at, type, subject, state, alarm }) => {
    const same = state.after === null || state.after === state.before;
    const change = same ? '' : `  ${state.before ?? '-'} → ${state.after}`;
    const about = subject.id === connection.id ? connection.vpc_endpoint_id : subject.id;
    return `  ${valueText(at, style)}  ${type}  ${about}${alarm ? `  ${alarm.kind}` : change}`;
  });
  const more = events.length - shown.length;
  const since = `--customer-id ${connection.customer_id ?? '…'}`;
  const rest = more > 0 ? [`  … ${more} before: sallyport events list ${since}`] : [];
  return ['changed in the last 24 hours:', ...rest, ...shown];
}

function otherLines({ others, troubled }: Background, style: ValueStyle): string[] {
  if (others.length === 0) return [];
  const up = others.filter(({ state }) => state === 'available').length;
  const head = `others on this service: ${others.length}, of them ${up} available`;
  if (troubled.length === 0) return [`${head}; none got into trouble in the last 24 hours`];
  const named = troubled.slice(0, OTHERS_MAX).map(({ state, state_since: at, ...other }) => {
    const { vpc_endpoint_id: id, owner_account_id: account } = other;
    return `  ${id}  ${state}  ${valueText(at, style)}  account ${account}`;
  });
  const more = troubled.length - named.length;
  const rest = more > 0 ? [`  … and ${more} more`] : [];
  return [`${head}; in trouble in the last 24 hours: ${troubled.length}`, ...named, ...rest];
}

function contactLines({ customer }: Background): string[] {
  if (customer === null) return [];
  const people = customer.contacts.map(({ name, email }) => `${name} <${email}>`).join(', ');
  const whose = `customer: ${customer.name} (${customer.external_id}), ${customer.state}`;
  return [whose, ...(people === '' ? [] : [`contact: ${people}`])];
}
