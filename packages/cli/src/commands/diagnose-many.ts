// A diagnosis of all connections that a name stands for: a line each, the worst decides the exit.

import type { Connection, Diagnosis, Sallyport } from '@sallyport/sdk';
import { CommandError, type ExitCode, exitCodes } from '../exit-codes.ts';
import { identify } from '../lookup/identifier.ts';
import { connectionsOf, type Match, searchFor } from '../lookup/search.ts';
import { openList, valueStyle, writeOne } from '../output/answer.ts';
import { tableText } from '../output/table.ts';
import type { Context } from '../runtime.ts';
import { diagnosisExit } from './diagnosis-exit.ts';
import { absence, ambiguity } from './misnamed.ts';

/** Of more, each diagnosis costs a request, and nobody reads so many lines. */
const CONNECTIONS_MAX = 25;

/** At least one. @throws CommandError when there is none, or what is named is not one thing */
export async function connectionsNamed(
  context: Context,
  client: Sallyport,
  asked: string,
): Promise<Connection[]> {
  const { signal } = context;
  const wanted = identify(asked);
  const matches = await searchFor(client, wanted, { signal });
  const [match, ...others] = matches;
  if (match === undefined) throw absence(asked, wanted);
  if (others.length > 0) {
    throw await ambiguity(context, client, matches, { asked, next: 'Diagnose one of them.' });
  }
  const found = await connectionsOf(client, match, { signal });
  const live = found.filter(({ state }) => state !== 'deleted');
  if (live.length === 0) throw nothingAttached(match, found.length);
  return live;
}

/** Whoever is not let in has no endpoint: AWS answers as to a typo (AWS PrivateLink guide). */
function nothingAttached({ kind, key, customer_id: customer }: Match, gone: number): CommandError {
  const before = gone > 0 ? ` ${gone} of its endpoints are deleted.` : '';
  const message = `No endpoint of ${key} is attached.${before}`;
  const whose = customer === null ? '' : ` --customer-id ${customer}`;
  const standing = kind === 'account' ? `accounts list --account-id ${key}` : `who ${key}`;
  return new CommandError(
    exitCodes.notFound,
    message,
    'Ask the customer for the vpce-… id and the error of AWS, and give them to sallyport diagnose',
    [
      'Who is not on the allowlist gets InvalidServiceName, and no endpoint comes to be.',
      `Is it let in? sallyport ${standing}`,
      `What may it use? sallyport grants list${whose}`,
    ],
  );
}

export async function diagnoseMany(
  context: Context,
  client: Sallyport,
  connections: readonly Connection[],
): Promise<ExitCode> {
  const { signal, out, say } = context;
  const diagnoses: Diagnosis[] = [];
  for (const { vpc_endpoint_id: id } of connections.slice(0, CONNECTIONS_MAX)) {
    diagnoses.push(await client.connections.diagnose(id, { signal }));
  }
  const left = connections.length - diagnoses.length;
  if (isList(context)) {
    openList(context, 'Diagnosis', COLUMNS).add(diagnoses);
  } else {
    writeOne(context, { diagnoses, left_out: left }, () => {
      return tableText(diagnoses, COLUMNS, out, valueStyle(context)).text;
    });
  }
  if (left > 0) say(`${left} more were not diagnosed. Name one of them.`);
  const codes = diagnoses.map((diagnosis) => diagnosisExit(diagnosis));
  const worst = [exitCodes.dead, exitCodes.pending].find((code) => codes.includes(code));
  if (worst === undefined) return exitCodes.ok;
  say(`next: sallyport diagnose ${diagnoses[codes.indexOf(worst)]!.vpc_endpoint_id}`);
  return worst;
}

/** Formats of lines have a line for each, and no place for how many were left out. */
function isList({ options: { output } }: Context): boolean {
  return output === 'csv' || output === 'name';
}

const COLUMNS = { ENDPOINT: 'vpc_endpoint_id', WORKS: 'works', TURN: 'turn', SUMMARY: 'summary' };
