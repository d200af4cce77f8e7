// Everything about a connection as one file for a ticket: what was diagnosed, and what that goes
// by. People's addresses, and whatever has the name of a secret, are not in it.

import type { Connection, ConnectionHistory, Diagnosis, Event, Observation } from '@sallyport/sdk';
import type { Background } from '../lookup/background.ts';
import { countsOf } from './background.ts';
import { jsonText } from './disarm.ts';
import { REDACTED, withoutSecrets } from './secrets-in-text.ts';

export interface Bundle {
  made_at: string;
  made_by: string;
  service_url: string;
  diagnosis: Diagnosis;
  background: Background;
  history: ConnectionHistory | null;
  observations: readonly Observation[];
}

const SECRET = /token|secret|signature|password|credential|authorization|cookie|external_id|email/i;
const ADDRESS = /[^\s<>@"',;:]+@[\w.-]+\.\w+/g;

export function bundleText(bundle: Bundle): string {
  const { background, ...rest } = bundle;
  const { connection, events, others, troubled } = background;
  // Of others no more than how many there are: the ticket may be read by this customer.
  const zones = countsOf(background);
  const neighbours = { others: others.length, in_trouble: troubled.length, zones };
  const told = events.map((event) => withoutOthers(event, connection));
  const whole = { format: 'sallyport-bundle-1', ...rest, connection, events: told, neighbours };
  return `${jsonText(JSON.parse(JSON.stringify(whole, redacted)))}\n`;
}

/** Alarms of the service that both share also name endpoints and accounts of others. */
function withoutOthers(event: Event, { vpc_endpoint_id: id, owner_account_id }: Connection): Event {
  const { alarm } = event;
  if (alarm === null) return event;
  const isOwn = alarm.subject === id || alarm.subject.split(':')[4] === owner_account_id;
  return isOwn ? event : { ...event, alarm: { ...alarm, subject: REDACTED } };
}

function redacted(name: string, value: unknown): unknown {
  const holds = typeof value === 'string' || (typeof value === 'object' && value !== null);
  if (holds && SECRET.test(name)) return REDACTED;
  return typeof value === 'string' ? withoutSecrets(value).replaceAll(ADDRESS, REDACTED) : value;
}
