// The first step: the account has standing, by a proof if it has none yet.
import { prove } from '../prove.ts';
import { NotFoundError, SallyportError } from '../../errors.ts';
import { ownCommand } from '../commands.ts';
import { ConnectError } from '../connect-error.ts';
import type { Run } from '../run.ts';

/** Standings in which new connections are let in. */
const ADMITTING: readonly string[] = ['proven', 'attested', 'imported'];

/** @throws ConnectError when the account has no standing, and gets none */
export async function ensureStanding(run: Run): Promise<void> {
  const { client, session, target, options } = run;
  const { accountId } = target;
  run.report('account', 'started', `Looking at account ${accountId}.`);
  const standing = await standingOf(run);
  if (standing !== undefined && ADMITTING.includes(standing)) {
    run.report('account', 'done', `Account ${accountId} is ${standing}.`);
    return;
  }
  if (options.prove === false) throw unproven(run, standing, undefined);
  run.report('account', 'waiting', `Proving account ${accountId}.`);
  try {
    const account = await prove(client, {
      account_id: accountId,
      customer_id: options.customer_id,
      credentials: () => session.clients.credentials(),
      region: target.region,
      audience: options.audience,
      timeoutMs: Math.max(session.remainingMs(), 1),
      signal: session.signal,
    });
    run.report('account', 'done', `Account ${accountId} is ${account.standing}.`);
  } catch (error) {
    if (session.signal.aborted) throw error;
    throw unproven(run, standing, error);
  }
}

async function standingOf({ client, session, target }: Run): Promise<string | undefined> {
  try {
    const { standing } = await client.accounts.get(target.accountId, { signal: session.signal });
    return standing;
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}

function unproven({ target }: Run, standing: string | undefined, cause: unknown): ConnectError {
  const { accountId } = target;
  const because = cause instanceof SallyportError ? ` ${cause.message}` : '';
  return new ConnectError(`Account ${accountId} is ${standing ?? 'not claimed'}.${because}`, {
    code: 'account_not_proven',
    step: 'account',
    cause,
    next: {
      actor: 'customer',
      action: 'Prove it with credentials of the account.',
      command: ownCommand('prove', `--account-id ${accountId}`),
    },
  });
}
