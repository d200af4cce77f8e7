// What changed of late around a connection, who else is affected, and whom to write to: before the
// diagnosis, since that is what one asks first at night.

import type { Event } from '@sallyport/sdk';
import type { Background } from '../lookup/background.ts';
import { type ZoneCount, zoneCounts } from '../lookup/zones.ts';
import type { Sink } from '../runtime.ts';
import { disarm } from './disarm.ts';
import { tableText } from './table.ts';
import { textWidth, wrapped } from './text-width.ts';
import { type ValueStyle, valueText } from './value.ts';

/** The latest: of more, the feed is the better place to look. */
const EVENTS_MAX = 8;
const OTHERS_MAX = 5;
/** Before what of a line goes on below it. */
const REST = '      ';

export function backgroundText(
  background: Background,
  sink: Pick<Sink, 'columns' | 'colour'>,
  style: ValueStyle,
): string {
  const changes = changesText(background, sink, style);
  const width = sink.columns ?? Infinity;
  const lines = [
    ...otherLines(background, style),
    ...contactLines(background),
    stateLine(background, style),
  ];
  const rest = lines.flatMap((line) => fittedLines(disarm(line), width)).map((line) => `${line}\n`);
  return `${changes}${rest.join('')}\n`;
}

/** What goes on in another line stands further right. */
function fittedLines(line: string, columns: number): string[] {
  const [first = '', ...rest] = wrapped(line, columns - REST.length);
  return [first, ...rest.map((more) => REST + more.trimStart())];
}

function changesText(
  background: Background,
  { columns, colour }: Pick<Sink, 'columns' | 'colour'>,
  style: ValueStyle,
): string {
  const { events, connection } = background;
  if (events.length === 0) return '';
  const names = awsNames(background);
  const rows = events.slice(-EVENTS_MAX).map((event) => {
    const { at, type, subject } = event;
    const about = names.get(subject.id) ?? subject.id;
    return { at, type, about, change: changeText(event, background) };
  });
  const sink = { columns: undefined, colour, headers: false };
  const { text: whole } = tableText(rows, COLUMNS, sink, style);
  const width = Math.max(...whole.split('\n').map(textWidth)) + INDENT.length;
  const text = width <= (columns ?? Infinity) ? whole : twoLines(rows, columns!, style);
  const more = events.length - rows.length;
  const whose = connection.customer_id ?? connection.id;
  const filter = connection.customer_id === null ? '--subject-id' : '--customer-id';
  const before = `${INDENT}… ${more} before: sallyport events list ${filter} ${disarm(whose)}\n`;
  const shown = text.replaceAll(/^(?=.)/gm, INDENT);
  return `changed in the last 24 hours:\n${more > 0 ? before : ''}${shown}`;
}

/** Where one is not wide enough: what changed stands below, for it is what one looks for. */
function twoLines(rows: readonly { change: string }[], columns: number, style: ValueStyle): string {
  const width = Math.max(HEADS_MIN, columns - INDENT.length);
  const sink = { columns: width, colour: false, headers: false };
  const heads = tableText(rows, HEADS, sink, style).text.split('\n');
  const room = columns - INDENT.length - REST.length;
  const lines = rows.flatMap(({ change }, row) => {
    const below = change === '' ? [] : wrapped(disarm(change), room).map((line) => REST + line);
    return [heads[row]!, ...below];
  });
  return `${lines.join('\n')}\n`;
}

/** People know endpoints and services by AWS's ids. */
function awsNames({ connection, others }: Background): ReadonlyMap<string, string> {
  const endpoints = [connection, ...others].map((own) => [own.id, own.vpc_endpoint_id] as const);
  const [service] = /vpce-svc-\w+/.exec(connection.service_name ?? '') ?? [];
  const services =
    service === undefined ? [] : [[connection.endpoint_service_id, service] as const];
  return new Map([...endpoints, ...services]);
}

function changeText({ id, state, alarm }: Event, { causes }: Background): string {
  if (alarm !== null) return alarm.kind;
  const { by, members = [] } = causes[id] ?? {};
  const isSame = state.after === null || state.after === state.before;
  const lines = members.map(({ name, before, after }) => {
    const [was, is] = [before, after].map((value) => valueText(value, { relativeTo: undefined }));
    return `${name} ${was} → ${is}`;
  });
  const change = isSame ? lines.join(', ') : `${state.before ?? '-'} → ${state.after}`;
  const whose = by === undefined ? '' : `by ${by}`;
  return [change, whose].filter((text) => text !== '').join(', ');
}

const INDENT = '  ';
/** Room for when and what: narrower, a change would be told without saying of what kind. */
const HEADS_MIN = 50;
const HEADS = { AT: 'at', TYPE: 'type', ABOUT: 'about' };
const COLUMNS = { AT: 'at', TYPE: 'type', CHANGE: 'change', ABOUT: 'about' };

function otherLines(background: Background, style: ValueStyle): string[] {
  const { others, troubled, zones } = background;
  if (others.length === 0) return [];
  const up = others.filter(({ state }) => state === 'available').length;
  const head = `others on this service: ${others.length}, of them ${up} available`;
  if (troubled.length === 0) return [`${head}; none got into trouble in the last 24 hours`];
  const named = troubled.slice(0, OTHERS_MAX).map(({ state, state_since: at, ...other }) => {
    const { vpc_endpoint_id: id, owner_account_id: account } = other;
    const where = zones[other.id] === undefined ? '' : `  ${zones[other.id]!.join(', ')}`;
    return `  ${id}  ${state}  ${valueText(at, style)}  account ${account}${where}`;
  });
  const more = troubled.length - named.length;
  const rest = more > 0 ? [`  … and ${more} more`] : [];
  const lines = [...named, ...rest, ...zoneLines(background)];
  return [`${head}; in trouble in the last 24 hours: ${troubled.length}`, ...lines];
}

/** Whether it is a zone that fails is what one wants to know of several in trouble. */
function zoneLines(background: Background): string[] {
  const { troubled, zones } = background;
  const unknown = troubled.filter(({ id }) => zones[id] === undefined).length;
  const lines = countsOf(background).map(({ zone, here, others, troubled: count }) => {
    const whose = here ? ', where this endpoint is' : '';
    return `  ${zone}${whose}: ${count} in trouble of ${others} known to be there`;
  });
  const rest = `  in a zone that nobody has reported: ${unknown} in trouble`;
  return unknown > 0 ? [...lines, rest] : lines;
}

export function countsOf({ connection, others, troubled, zones }: Background): ZoneCount[] {
  const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id);
  return zoneCounts(zones, { own: connection.id, others: ids(others), troubled: ids(troubled) });
}

function contactLines({ customer }: Background): string[] {
  if (customer === null) return [];
  const people = customer.contacts.map(({ name, email }) => `${name} <${email}>`).join(', ');
  const whose = `customer: ${customer.name} (${customer.external_id}), ${customer.state}`;
  return [whose, ...(people === '' ? [] : [`contact: ${people}`])];
}

/** Since when it is as it is: the diagnosis tells what is wrong, and not for how long. */
function stateLine({ connection }: Background, style: ValueStyle): string {
  const { state, state_since: since, stuck_since: stuck } = connection;
  const late = stuck === null ? '' : `, longer than it should be since ${valueText(stuck, style)}`;
  return `state: ${state} since ${valueText(since, style)}${late}`;
}
