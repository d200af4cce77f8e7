// `sallyport who …`: what a pasted text is and whose. The exit code answers too: 0 one thing, 2
// several to choose from, 3 nothing here.

import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { aboutOf } from '../lookup/about.ts';
import { choicesOf } from '../lookup/choices.ts';
import { identify } from '../lookup/identifier.ts';
import { type Match, searchFor } from '../lookup/search.ts';
import { valueStyle, writeOne } from '../output/answer.ts';
import { identityText } from '../output/identity.ts';
import type { Context } from '../runtime.ts';
import { absence, choiceKey, choicesText } from './misnamed.ts';

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
