// `sallyport onboard …`: customer, accounts, grants and invite in one go. Run again it changes what
// differs and nothing else, and makes no second invite.

import type { Customer, Invite, Sallyport } from '@sallyport/sdk';
import { readNamed } from '../desired/current.ts';
import { type Comparison, compare } from '../desired/differences.ts';
import { type DesiredState, type Item, keyOf, sectionNames } from '../desired/document.ts';
import { readDesired } from '../desired/reading.ts';
import { withTags } from '../desired/tags.ts';
import { CommandError, exitCodes, usageError } from '../exit-codes.ts';
import { quoted } from '../input/shell-line.ts';
import { textSource } from '../input/text-source.ts';
import { all, search, unlessHidden } from '../lookup/search.ts';
import { isForPeople, writeOne } from '../output/answer.ts';
import { handoverText } from '../output/handover.ts';
import type { Context } from '../runtime.ts';
import { applied } from './apply.ts';

export interface Onboard {
  customer: string | undefined;
  file: string | undefined;
  name: string | undefined;
  services: readonly string[];
  accounts: readonly string[];
  contacts: readonly string[];
  acceptance: string | undefined;
  connectionsMax: number | undefined;
  invites: 'usual' | 'none' | 'another';
  dryRun: boolean;
  changeRef: string | undefined;
}

export async function runOnboard(context: Context, onboard: Onboard): Promise<void> {
  const { signal, say } = context;
  const { dryRun, changeRef, invites } = onboard;
  const client = await context.client();
  const wanted = await declared(context, client, onboard);
  const key = keyOf('customers', wanted.customers![0]!);
  const current = await readNamed(client, wanted, { signal });
  current.customers.forEach(checkState);
  const comparison = await withTags(client, compare(wanted, current.state), { signal });
  checkNames(comparison);
  const asks = comparison.differences.some(({ action }) => action === 'update');
  await applied(context, client, { comparison, dryRun, changeRef, asks });
  const open = await openInvite(client, key, context);
  const isDue = invites === 'another' || (invites === 'usual' && open === undefined);
  if (dryRun) {
    say(isDue ? 'An invite would be made.' : 'No invite would be made.');
    return;
  }
  const invite = isDue
    ? await client.customers.invites.create(key, { signal, change_ref: changeRef })
    : undefined;
  if (invite === undefined) say(noInvite(open, invites));
  const found = await client.customers.get(key, { signal });
  const grants = await all(client.grants.list({ signal, customer_id: found.id }));
  const given = { url: client.origin, customer: found, accounts: wanted.accounts ?? [], grants };
  if (!isForPeople(context)) writeOne(context, { ...given, invite: invite ?? open ?? null });
  else if (invite) context.out.write(handoverText({ ...given, invite }));
}

/** The file, with what the flags say above it. */
async function declared(
  context: Context,
  client: Sallyport,
  onboard: Onboard,
): Promise<DesiredState> {
  const { file, name, contacts, acceptance, connectionsMax } = onboard;
  const given = file === undefined ? {} : await fromFile(context, file);
  const key = onboard.customer ?? given.customers?.[0]?.external_id;
  if (typeof key !== 'string') throw usageError('Whom to onboard? Name the customer.', EXAMPLE);
  const customer: Item = { ...given.customers?.[0], external_id: key };
  if (name !== undefined) customer.name = name;
  if (contacts.length > 0) customer.contacts = contacts.map(contactOf);
  const terms: Item = {};
  if (acceptance !== undefined) terms.acceptance = acceptance;
  if (connectionsMax !== undefined) terms.connections_max = connectionsMax;
  const services = await Promise.all(
    onboard.services.map((service) => serviceKey(context, client, service)),
  );
  const own = (item: Item) => ({ ...item, customer_id: key });
  const grants = services.map((id) => ({ ...terms, endpoint_service_id: id }));
  const accounts = onboard.accounts.map((account) => ({ account_id: account }));
  return {
    customers: [customer],
    accounts: [...(given.accounts ?? []), ...accounts].map(own),
    grants: [...(given.grants ?? []), ...grants].map(own),
  };
}

const EXAMPLE = 'As in: sallyport onboard acme --name "Acme Bank" --service vpce-svc-…';

async function fromFile(context: Context, file: string): Promise<DesiredState> {
  const given = readDesired(await textSource(context).read(file, '--file'), file);
  const others = sectionNames.filter((name) => {
    return given[name] !== undefined && !['customers', 'accounts', 'grants'].includes(name);
  });
  if ((given.customers?.length ?? 0) <= 1 && others.length === 0) return given;
  const next = 'For more than one customer, or anything else: sallyport apply -f';
  throw usageError(`${file} must be about one customer, its accounts and its grants.`, next);
}

function contactOf(text: string): Item {
  const [, name, email] = /^\s*([^<>]+?)\s*<([^<>\s]+@[^<>\s]+)>\s*$/.exec(text) ?? [];
  if (name && email) return { name, email };
  throw usageError(`"${text}" is no contact.`, 'Write it as "Ada Lovelace <ada@acme.example>".');
}

/** A grant is known by AWS's name of its service. */
async function serviceKey(context: Context, client: Sallyport, text: string): Promise<string> {
  const matches = await search(client, text, { signal: context.signal });
  const services = matches.filter(({ kind }) => kind === 'endpoint-service');
  const [service, ...others] = services;
  if (service && others.length === 0 && service.key.startsWith('vpce-svc-')) return service.key;
  const problem = service ? 'is not one service that AWS has named' : 'is no service of yours';
  throw usageError(`--service: ${text} ${problem}.`, 'sallyport services list');
}

/** Before anything is compared: nothing new is set up for a customer that is not active. */
function checkState(customer: Customer): void {
  if (customer.state === 'active') return;
  const { name, external_id: key, state, suspended_since, offboarding_since } = customer;
  const [words, since, next] =
    state === 'suspended'
      ? ['suspended', suspended_since, `sallyport customers resume ${key}`]
      : [state === 'offboarding' ? 'leaving' : 'gone', offboarding_since, comeback(customer)];
  const what = `${name} (${key}) is ${words}, since ${since}: nothing new is set up for it.`;
  throw new CommandError(exitCodes.conflict, what, next);
}

function comeback({ name, external_id: key }: Customer): string {
  const line = `sallyport onboard ${key}-2 --name ${quoted(name)}`;
  return `To have it back, onboard it as a new customer, with another id of yours: ${line}`;
}

/** The API would say it after the first changes were made. */
function checkNames({ differences }: Comparison): void {
  const nameless = differences.find(({ section, body }) => section === 'customers' && !body.name);
  if (nameless) throw usageError(`${nameless.key} is new and needs a name.`, 'Add --name.');
}

/** One that is open, or was redeemed: the customer has what it needs then. */
async function openInvite(
  client: Sallyport,
  key: string,
  { signal }: Context,
): Promise<Invite | undefined> {
  const invites = (await unlessHidden(all(client.customers.invites.list(key, { signal })))) ?? [];
  return invites.find(({ state }) => state === 'open' || state === 'redeemed');
}

function noInvite(open: Invite | undefined, invites: Onboard['invites']): string {
  if (invites === 'none' || open === undefined) return 'No invite was made.';
  const before =
    open.state === 'open'
      ? `There is an invite until ${open.expires_at}, whose token was shown once.`
      : 'The customer has redeemed an invite.';
  return `${before} Another one: --new-invite`;
}
