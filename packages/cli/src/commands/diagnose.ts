// `sallyport diagnose …`: does the connection work, why not, and whose turn is it. The exit code
// answers too: 0 works, 7 a check fails, 8 not known or not yet.

import { type Diagnosis, NotFoundError, type Sallyport } from '@sallyport/sdk';
import { type ExitCode, exitCodes, usageError } from '../exit-codes.ts';
import { failureOf } from '../failure.ts';
import { type Background, backgroundOf } from '../lookup/background.ts';
import { identify } from '../lookup/identifier.ts';
import { isForPeople, valueStyle, writeOne } from '../output/answer.ts';
import { backgroundText } from '../output/background.ts';
import { customerReply } from '../output/customer-reply.ts';
import { diagnosisText, pathText } from '../output/diagnosis.ts';
import type { Context } from '../runtime.ts';
import { runAsk } from './ask.ts';
import { diagnosePasted } from './diagnose-pasted.ts';
import { diagnosisExit } from './diagnosis-exit.ts';
import { connectionsNamed, diagnoseMany } from './diagnose-many.ts';
import { writeBundle } from './ticket-bundle.ts';

export interface DiagnoseOptions {
  graph?: boolean;
  /** Whose endpoint it is, where it is not seen. */
  customer?: string;
  markdown?: boolean;
  /** The file to put everything into. */
  bundle?: string;
  ask?: boolean;
}

export async function runDiagnose(
  context: Context,
  asked: string,
  options: DiagnoseOptions = {},
): Promise<ExitCode> {
  const client = await context.client();
  if (asked === '-') {
    return diagnosePasted(context, client, (named) => runDiagnose(context, named, options));
  }
  const wanted = identify(asked);
  const isOne =
    wanted.form === 'endpoint' || (wanted.form === 'id' && wanted.kind === 'connection');
  if (isOne) return diagnoseOne(context, client, wanted.text, options);
  const connections = await connectionsNamed(context, client, asked);
  const [connection, ...others] = connections;
  if (others.length === 0)
    return diagnoseOne(context, client, connection!.vpc_endpoint_id, options);
  if (options.graph || options.markdown || options.bundle || options.ask) {
    const next = `Choose one of: ${connections.map((own) => own.vpc_endpoint_id).join(', ')}`;
    throw usageError(`${asked} has ${connections.length} connections.`, next);
  }
  return diagnoseMany(context, client, connections);
}

async function diagnoseOne(
  context: Context,
  client: Sallyport,
  id: string,
  options: DiagnoseOptions,
): Promise<ExitCode> {
  const { signal } = context;
  try {
    const diagnosis = await client.connections.diagnose(id, { signal });
    if (options.ask) await runAsk(context, client, diagnosis);
    else await tell(context, client, diagnosis, options);
    return diagnosisExit(diagnosis);
  } catch (error) {
    if (!(error instanceof NotFoundError && id.startsWith('vpce-'))) throw error;
    // The API's next step, to list the connections, is none: they would be seen there as little.
    const { lines } = failureOf(error, {});
    for (const line of lines.filter((text) => !text.startsWith('next:'))) context.say(line);
    const query = options.customer === undefined ? {} : { customer_id: options.customer };
    const absence = await client.diagnoses.get(id, { ...query, signal });
    write(context, absence, options);
    for (const line of absenceLines(id)) context.say(line);
    return exitCodes.notFound;
  }
}

async function tell(
  context: Context,
  client: Sallyport,
  diagnosis: Diagnosis,
  options: DiagnoseOptions,
): Promise<void> {
  const { vpc_endpoint_id: id } = diagnosis;
  const { graph = false, markdown = false, bundle } = options;
  const isPlain = isForPeople(context) && !graph && !markdown;
  const background =
    isPlain || bundle !== undefined ? await backgroundFor(context, client, id) : undefined;
  if (bundle !== undefined) {
    await writeBundle(context, client, { to: bundle, diagnosis, background });
  }
  write(context, diagnosis, options, background);
}

/** What is around it is not what was asked: without it the diagnosis stands all the same. */
async function backgroundFor(
  context: Context,
  client: Sallyport,
  id: string,
): Promise<Background | undefined> {
  const { signal, now, say } = context;
  try {
    return await backgroundOf(client, id, { signal, nowMs: now() });
  } catch (error) {
    if (signal.aborted) throw error;
    say(`note: what changed lately could not be read (${(error as Error).message}).`);
    return undefined;
  }
}

function write(
  context: Context,
  diagnosis: Diagnosis,
  { graph = false, markdown = false }: DiagnoseOptions,
  background?: Background,
): void {
  const { out } = context;
  const style = valueStyle(context);
  writeOne(context, diagnosis, () => {
    if (markdown) return customerReply(diagnosis);
    if (graph) return pathText(diagnosis);
    const before = background === undefined ? '' : backgroundText(background, out, style);
    return before + diagnosisText(diagnosis, out, style);
  });
}

/** What no diagnosis can tell. */
function absenceLines(id: string): string[] {
  return [
    'It may also be new, and show up within seconds:',
    `  sallyport wait connection ${id} --timeout 5m`,
    'or its service is not registered here, or it is not for your key to see:',
    '  sallyport services list',
  ];
}
