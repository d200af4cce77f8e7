// `sallyport accept …` and `sallyport reject …`: first whose connection it is, then a question as
// far as the decision can do harm.

import { confirm } from '../input/confirmation.ts';
import { type About, aboutOf } from '../lookup/about.ts';
import { identify } from '../lookup/identifier.ts';
import { type Match, searchFor } from '../lookup/search.ts';
import type { Context } from '../runtime.ts';
import { runResource, type Typed } from './resource.ts';
import { absence, otherKind } from './misnamed.ts';

export type Verb = 'accept' | 'reject';

/** In these states clients may be connected. */
const LIVE = new Set(['available', 'partial', 'pending']);
const TRUSTED = new Set(['proven', 'attested', 'imported']);

/** @param typed its first argument is anything that names one connection */
export async function runDecision(
  context: Context,
  verb: Verb,
  typed: Typed & { dryRun: boolean },
): Promise<void> {
  const { signal, options } = context;
  const [asked = ''] = typed.arguments;
  const client = await context.client();
  const wanted = identify(asked);
  const [match] = await searchFor(client, wanted, { signal });
  if (match === undefined) throw absence(asked, wanted);
  if (match.kind !== 'connection') throw otherKind(asked, match, 'connection');
  const about = await aboutOf(client, match, { signal });
  context.say(sentence(match, about));
  const consequence = consequences[verb](match, about);
  if (consequence && !typed.dryRun && !options.yes) {
    // Nobody is to type an id, and then be told that the decision is not theirs.
    await client.connections[verb](match.key, {}, { validate_only: true, signal });
    await confirm(context, { consequence, name: match.key });
  }
  const quiet = { ...context, options: { ...options, yes: true } };
  const operation = verb === 'accept' ? 'acceptConnection' : 'rejectConnection';
  await runResource(quiet, operation, { ...typed, arguments: [match.key] });
}

function sentence({ key, resource }: Match, { customer, service, accounts }: About): string {
  const whose = customer ? `${customer.name} (${customer.external_id})` : 'nobody known here';
  const standing = accounts.map((account) => account.standing).join(', ') || 'not registered';
  const where = service ? ` on ${service.name}` : '';
  const account = `account ${String(resource?.owner_account_id)}, ${standing}`;
  return `${key} of ${whose}, ${account}: ${String(resource?.state)}${where}.`;
}

/** Undefined where there is nothing to be afraid of. */
const consequences: Record<Verb, (match: Match, about: About) => string | undefined> = {
  accept: (_, { accounts }) =>
    accounts.some(({ standing }) => TRUSTED.has(standing))
      ? undefined
      : 'Whose account this is has not been proven: whoever has it would be let in.',
  reject: ({ resource }) =>
    LIVE.has(String(resource?.state))
      ? 'Clients may be connected through it: rejecting cuts them off at once.'
      : 'The customer reads the reason. Its endpoint stays, and does not work.',
};
