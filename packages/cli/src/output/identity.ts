// What something is and whose, for people: a sentence, then what one asks next.

import type { About } from '../lookup/about.ts';
import type { Kind } from '../lookup/identifier.ts';
import type { Match } from '../lookup/search.ts';
import type { Sink } from '../runtime.ts';
import { disarm } from './disarm.ts';
import { recordText } from './record.ts';
import { type ValueStyle, valueAt } from './value.ts';

export const kindWords: Record<Kind, string> = {
  connection: 'a connection',
  'endpoint-service': 'an endpoint service of yours',
  customer: 'a customer',
  account: 'an AWS account',
  grant: 'a grant',
  principal: 'an allowlist entry',
  'provider-account': 'an AWS account of your own',
  operation: 'an operation',
  event: 'an event',
  'api-key': 'an API key',
  webhook: 'a webhook',
};

/** Of more, the list is the better place to look. */
const CONNECTIONS_MAX = 10;

export function identityText(
  match: Match,
  about: About,
  sink: Pick<Sink, 'columns' | 'colour'>,
  style: ValueStyle,
): string {
  return `${headline(match, about)}\n\n${recordText(factsOf(match, about), sink, style)}`;
}

function headline({ kind, key, name }: Match, { customer }: About): string {
  const own = name === null || kind === 'principal' ? key : `${name} (${key})`;
  const whose =
    customer && kind !== 'customer' ? ` of ${customer.name} (${customer.external_id})` : '';
  return disarm(`${own} is ${kindWords[kind]}${whose}`);
}

function factsOf({ kind, resource }: Match, about: About): Record<string, unknown> {
  const found = resource ?? {};
  const { customer, service, accounts, connections } = about;
  const facts: Record<string, unknown> = {
    id: found.id ?? 'not registered here: no customer has claimed it',
    ...picked(found, 'arn', 'name', 'region', 'service_name', 'standing', 'role'),
    state: found.state ?? valueAt(found, 'observed.state'),
    since: found.state_since ?? found.standing_since ?? found.since,
    ...picked(found, 'reason', 'problem', 'hold_reason', 'expires_at', 'created_at'),
    account:
      kind === 'account' || accounts.length === 0
        ? found.owner_account_id
        : accounts.map(({ account_id: id, standing }) => `${id} (${standing})`),
    service: service && `${service.name} (${service.service_id ?? service.id}), ${service.region}`,
    customer:
      kind !== 'customer' &&
      customer &&
      `${customer.name} (${customer.external_id}), ${customer.state}`,
    contacts: customer?.contacts.map(({ name, email }) => `${name} <${email}>`),
  };
  const known = Object.entries(facts).filter(
    ([, value]) => value !== undefined && value !== null && value !== false,
  );
  if (kind === 'connection' || connections.length === 0) return Object.fromEntries(known);
  const shown = connections.slice(0, CONNECTIONS_MAX).map((connection) => ({
    endpoint: connection.vpc_endpoint_id,
    state: connection.state,
    since: connection.state_since,
    account: connection.owner_account_id,
  }));
  const heading = `connections (${shown.length} of ${connections.length})`;
  return { ...Object.fromEntries(known), [heading]: shown };
}

function picked(found: Record<string, unknown>, ...names: string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, found[name]]));
}
