// `sallyport diagnose …`: does the connection work, why not, and whose turn is it. The exit code
// answers too: 0 works, 7 a check fails, 8 not known or not yet.

import { type Diagnosis, NotFoundError } from '@sallyport/sdk';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { failureOf } from '../failure.ts';
import { valueStyle, writeOne } from '../output/answer.ts';
import { diagnosisText, pathText } from '../output/diagnosis.ts';
import type { Context } from '../runtime.ts';

export interface DiagnoseOptions {
  graph?: boolean;
  /** Whose endpoint it is, where it is not seen. */
  customer?: string;
}

export async function runDiagnose(
  context: Context,
  id: string,
  options: DiagnoseOptions = {},
): Promise<ExitCode> {
  const client = await context.client();
  const { signal } = context;
  try {
    const diagnosis = await client.connections.diagnose(id, { signal });
    write(context, diagnosis, options);
    return exitCodeOf(diagnosis);
  } catch (error) {
    if (!(error instanceof NotFoundError && id.startsWith('vpce-'))) throw error;
    // The API's next step, to list the connections, is none: they would be seen there as little.
    const { lines } = failureOf(error, {});
    for (const line of lines.filter((text) => !text.startsWith('next:'))) context.say(line);
    const query = options.customer === undefined ? {} : { customer_id: options.customer };
    const absence = await client.connections.diagnoseEndpoint(id, { ...query, signal });
    write(context, absence, options);
    for (const line of absenceLines(id)) context.say(line);
    return exitCodes.notFound;
  }
}

function write(context: Context, diagnosis: Diagnosis, { graph = false }: DiagnoseOptions): void {
  const { out } = context;
  if (context.options.output === 'json') writeOne(context, diagnosis);
  else if (graph) out.write(pathText(diagnosis));
  else out.write(diagnosisText(diagnosis, out, valueStyle(context)));
}

/** A result that this version does not know counts as not known, never as a pass. */
function exitCodeOf({ works, checks }: Diagnosis): ExitCode {
  if (checks.some(({ result }) => result === 'fail')) return exitCodes.dead;
  return works === 'yes' ? exitCodes.ok : exitCodes.pending;
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
