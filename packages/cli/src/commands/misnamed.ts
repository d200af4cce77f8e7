// What a verb says of a text that names nothing, several things, or another thing than it is for.

import type { Sallyport } from '@sallyport/sdk';
import { CommandError, exitCodes, usageError } from '../exit-codes.ts';
import { type Choice, choicesOf } from '../lookup/choices.ts';
import { type Identifier, isPartOfId, type Kind } from '../lookup/identifier.ts';
import type { Match } from '../lookup/search.ts';
import { valueStyle } from '../output/answer.ts';
import { kindWords } from '../output/identity.ts';
import { tableText } from '../output/table.ts';
import type { Context } from '../runtime.ts';

/** Nothing. The error to be thrown. */
export function absence(asked: string, wanted: Identifier): CommandError {
  if (wanted.form === 'part') {
    const message = `${asked} is the id of ${wanted.what}, which cannot be looked up by itself.`;
    return new CommandError(exitCodes.notFound, message, `sallyport ${wanted.list}`);
  }
  return new CommandError(
    exitCodes.notFound,
    `Nothing here is called ${asked}.`,
    (wanted.form === 'name' ? nextOfPart(wanted.text) : undefined) ?? nexts[wanted.form],
  );
}

/** Something that the command is not for. The error to be thrown. */
export function otherKind(asked: string, match: Match, wanted: Kind): CommandError {
  const message = `${asked} is ${kindWords[match.kind]}, and not ${kindWords[wanted]}.`;
  return usageError(message, `sallyport who ${choiceKey(match)}`);
}

/**
 * Several things, shown for a person to choose from. The error to be thrown.
 * @param next what to do with one of them
 */
export async function ambiguity(
  context: Context,
  client: Sallyport,
  matches: readonly Match[],
  { asked, next }: { asked: string; next: string },
): Promise<CommandError> {
  const choices = await choicesOf(client, matches, { signal: context.signal });
  context.err.write(choicesText({ ...context, out: context.err }, choices));
  return usageError(`${asked} may be each of these ${matches.length}.`, next);
}

/** Lines with what each is, by keys that mean one of them only. */
export function choicesText({ out, now }: Context, choices: readonly Choice[]): string {
  const rows = choices.map((choice) => ({
    key: choiceKey(choice),
    name: choice.name ?? choice.customer?.name,
    is: kindWords[choice.kind],
    customer: choice.kind === 'customer' ? null : choice.customer?.external_id,
  }));
  const columns = { KEY: 'key', NAME: 'name', IS: 'is', CUSTOMER: 'customer' };
  const { text } = tableText(rows.slice(0, CHOICES_MAX), columns, out, valueStyle({ out, now }));
  const more = rows.length - CHOICES_MAX;
  return more > 0 ? `${text}… and ${more} more: give more of the name\n` : text;
}

/** The id, since a number may be claimed twice; a customer is known by its own. */
export function choiceKey({ kind, key, resource }: Match): string {
  const id = resource?.id;
  return kind !== 'customer' && typeof id === 'string' ? id : key;
}

/** What only looks like an id was cut off, or typed. */
function nextOfPart(text: string): string | undefined {
  if (text.startsWith('vpce-')) {
    return 'It is no whole id of AWS: those go on with 17 of 0-9 and a-f. Ask for it as text';
  }
  if (/^\d{9,15}$/.test(text)) {
    return `It is no account number: those have 12 digits, and this has ${text.length}`;
  }
  return isPartOfId(text) ? nexts.id : undefined;
}

const nexts: Record<Exclude<Identifier['form'], 'part'>, string> = {
  id: 'An id of ours is whole or wrong: copy it again, or ask which service it is from',
  endpoint: 'It may never have been created, or elsewhere: sallyport diagnose says what to ask',
  service: 'It is not registered here: sallyport services list',
  account: 'No customer has claimed it, and no endpoint of it was seen: sallyport accounts list',
  principal: 'Nobody wants it on an allowlist, and none has it: sallyport principals list',
  'load-balancer': 'No service was made from it: sallyport services list',
  name: 'Give a part of the name, or look: sallyport customers list',
};

/** Nobody chooses from more. */
const CHOICES_MAX = 20;
