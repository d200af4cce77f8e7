// `sallyport who …`: what a pasted text is and whose. The exit code answers too: 0 one thing, 2
// several to choose from, 3 nothing here.

import { CommandError, type ExitCode, exitCodes, usageError } from '../exit-codes.ts';
import { aboutOf } from '../lookup/about.ts';
import { type Identifier, identify, isPartOfId, type Kind } from '../lookup/identifier.ts';
import { type Choice, choicesOf } from '../lookup/choices.ts';
import { type Match, searchFor } from '../lookup/search.ts';
import { valueStyle, writeOne } from '../output/answer.ts';
import { identityText, kindWords } from '../output/identity.ts';
import { tableText } from '../output/table.ts';
import type { Context } from '../runtime.ts';

export async function runWho(context: Context, asked: string): Promise<ExitCode> {
  const { signal, say, out } = context;
  const client = await context.client();
  const wanted = identify(asked);
  const matches = await searchFor(client, wanted, { signal });
  const [match] = matches;
  if (match === undefined) throw absence(asked, wanted);
  if (matches.length > 1) {
    const choices = await choicesOf(client, matches, { signal });
    writeOne(context, { asked, matches: choices }, () => choicesText(context, choices));
    say(`error: ${asked} may be each of these ${matches.length}.`);
    say(`next: sallyport who ${choiceKey(match)}`);
    return exitCodes.usage;
  }
  const about = await aboutOf(client, match, { signal });
  writeOne(context, { asked, ...match, ...about }, () => {
    return identityText(match, about, out, valueStyle(context));
  });
  const next = nextCommand(match, about.connections[0]?.vpc_endpoint_id);
  if (next !== undefined) say(`next: ${next}`);
  return exitCodes.ok;
}

/** @throws nothing: it is the error to be thrown */
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

/** What is there is not what the command is for. @throws nothing: it is the error to be thrown */
export function otherKind(asked: string, match: Match, wanted: Kind): CommandError {
  const message = `${asked} is ${kindWords[match.kind]}, and not ${kindWords[wanted]}.`;
  return usageError(message, `sallyport who ${choiceKey(match)}`);
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
function choiceKey({ kind, key, resource }: Match): string {
  const id = resource?.id;
  return kind !== 'customer' && typeof id === 'string' ? id : key;
}

function nextCommand({ kind, key }: Match, endpoint: string | undefined): string | undefined {
  switch (kind) {
    case 'connection':
      return `sallyport diagnose ${key}`;
    case 'endpoint-service':
      return `sallyport services drift ${key}`;
    case 'customer':
    case 'account':
      return endpoint === undefined ? undefined : `sallyport diagnose ${key}`;
    case 'operation':
      return `sallyport wait operation ${key}`;
    case 'grant':
    case 'principal':
    case 'provider-account':
    case 'event':
    case 'api-key':
    case 'webhook':
    default:
      return undefined;
  }
}
