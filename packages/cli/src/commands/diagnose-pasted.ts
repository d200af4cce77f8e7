// `sallyport diagnose -`: an error of AWS, or what `describe-vpc-endpoints` printed, on stdin. It
// is explained, and what it names is diagnosed; where no endpoint came to be, it is told whether
// one could.

import type { Sallyport } from '@sallyport/sdk';
import { CommandError, type ExitCode, exitCodes } from '../exit-codes.ts';
import { textSource } from '../input/text-source.ts';
import { type Pasted, pastedFrom } from '../lookup/pasted.ts';
import { all, unlessHidden } from '../lookup/search.ts';
import { writeOne } from '../output/answer.ts';
import { checksText } from '../output/diagnosis.ts';
import type { Context } from '../runtime.ts';
import { diagnosisExit } from './diagnosis-exit.ts';

/** @param diagnose what is done with an endpoint, or with what else is named */
export async function diagnosePasted(
  context: Context,
  client: Sallyport,
  diagnose: (named: string) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { say } = context;
  const pasted = pastedFrom(await textSource(context).read('-', '-'));
  for (const { means, next } of pasted.explanations) {
    say(means);
    say(`next: ${next}`);
  }
  const { endpoints, services, accounts, explanations } = pasted;
  const names = [...endpoints, ...services, ...accounts];
  if (names.length > 0) say(`It names ${names.join(', ')}.`);
  if (endpoints.length === 0 && services.length > 0) return judge(context, client, pasted);
  const [name] = names;
  if (name !== undefined) return diagnose(name);
  const what = explanations.length > 0 ? 'It names nothing to look up.' : 'It says nothing known.';
  const next = 'Ask for the id of the endpoint, the service name and the account number.';
  throw new CommandError(exitCodes.notFound, what, next);
}

/** Whether this account could make an endpoint of this service, by what is known here. */
async function judge(
  context: Context,
  client: Sallyport,
  { services: [service = ''], accounts: [account] }: Pasted,
): Promise<ExitCode> {
  const { signal } = context;
  const question = `sallyport setup preflight --endpoint-service-id ${service} --account-id`;
  const known = await unlessHidden(client.endpointServices.get(service, { signal }));
  if (known === undefined) {
    const message = `${service} is not registered here.`;
    throw new CommandError(exitCodes.notFound, message, 'sallyport services list');
  }
  if (account === undefined) {
    const where = `${service} is ${known.name}, in ${known.region}.`;
    const message = `${where} Whose account it was is not said.`;
    throw new CommandError(exitCodes.pending, message, `${question} ACCOUNT`);
  }
  const claims = await all(client.accounts.list({ account_id: account, signal }));
  const [claim] = claims;
  if (claim === undefined) {
    const message = `Account ${account} is no customer's here, so nothing lets it in.`;
    throw new CommandError(exitCodes.dead, message, 'sallyport onboard CUSTOMER --account …');
  }
  const body = {
    endpoint_service_id: service,
    account_id: account,
    customer_id: claim.customer_id,
  };
  const preflight = await client.setup.preflight(body, { signal });
  const { summary, checks, ready, turn } = preflight;
  writeOne(context, preflight, () => {
    return `${summary}\n\n${checksText(checks, context.out)}\nturn: ${turn}\n`;
  });
  return diagnosisExit({ works: ready, checks });
}
