// `sallyport diagnose …`: does the connection work, why not, and whose turn is it. The exit code
// answers too: 0 works, 7 a check fails, 8 not known or not yet.

import { type Diagnosis, NotFoundError } from '@sallyport/sdk';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { failureOf } from '../failure.ts';
import { valueStyle, writeOne } from '../output/answer.ts';
import { diagnosisText } from '../output/diagnosis.ts';
import type { Context } from '../runtime.ts';

export async function runDiagnose(context: Context, id: string): Promise<ExitCode> {
  const client = await context.client();
  try {
    const diagnosis = await client.connections.diagnose(id, { signal: context.signal });
    writeOne(context, diagnosis, () => diagnosisText(diagnosis, context.out, valueStyle(context)));
    return exitCodeOf(diagnosis);
  } catch (error) {
    if (!(error instanceof NotFoundError && id.startsWith('vpce-'))) throw error;
    // The API's next step, to list the connections, is none: they would be seen there as little.
    const { lines } = failureOf(error, {});
    for (const line of lines.filter((text) => !text.startsWith('next:'))) context.say(line);
    for (const line of absenceLines(id)) context.say(line);
    return exitCodes.notFound;
  }
}

/** A result that this version does not know counts as not known, never as a pass. */
function exitCodeOf({ works, checks }: Diagnosis): ExitCode {
  if (checks.some(({ result }) => result === 'fail')) return exitCodes.dead;
  return works === 'yes' ? exitCodes.ok : exitCodes.pending;
}

/**
 * AWS shows an endpoint to the vendor only once it is attached: whoever is not allowed gets
 * `InvalidServiceName`, as for a typo, and no endpoint comes to be (AWS PrivateLink guide).
 */
function absenceLines(id: string): string[] {
  return [
    'An endpoint that is not seen here may mean, the likeliest first:',
    '  - It was never created: who is not on the allowlist gets InvalidServiceName.',
    '    sallyport principals list --state allowed',
    '  - It was created for another service name, or in another region.',
    '    sallyport services list',
    '  - It is new, and will show up within seconds.',
    `    sallyport wait connection ${id} --timeout 5m`,
    '  - Its service is not registered here, or it is not for your key to see.',
  ];
}
