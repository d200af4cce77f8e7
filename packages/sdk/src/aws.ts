// The package's entry for those who have AWS credentials at hand: proves that an account is theirs.
import { ConflictError, NotFoundError, SallyportError } from './errors.ts';
import type { Sallyport } from './generated/client.ts';
import type { Account, Operation } from './generated/types.ts';
import { type AwsCredentials, partitionOf, signProof } from './proof.ts';

export {
  type AwsCredentials,
  type ProofFields,
  type SignableChallenge,
  type SignProofInput,
  signProof,
} from './proof.ts';

export interface ProveOptions {
  /** The AWS account: 12 digits. The credentials must be of this account. */
  account_id: string;
  /** Whose account it is; left out by a customer's own key. */
  customer_id?: string | undefined;
  /** Credentials, or a provider, as the AWS SDK has them. They are used here and never sent. */
  credentials: AwsCredentials | (() => Promise<AwsCredentials>);
  /** Whose STS is asked; `us-east-1` unless the account is in another partition. */
  region?: string | undefined;
  /** The service's public origin, if `baseUrl` leads to it by another name. */
  audience?: string | undefined;
  /** How long the service may take to check the proof; 300 000 ms. */
  timeoutMs?: number | undefined;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: ProveProgress) => void) | undefined;
  /** For tests: the time that is signed. */
  now?: (() => Date) | undefined;
}

export interface ProveProgress {
  step: 'claimed' | 'challenged' | 'signed' | 'submitted' | 'checking';
  account: Account;
  operation?: Operation | undefined;
}

/** The part of a client that proving needs. */
export type ProvingClient = Pick<Sallyport, 'accounts' | 'operations' | 'origin'>;

/**
 * Claims the account if nobody has, signs a challenge with its credentials and waits for the
 * service's verdict.
 * @returns the account, with its standing
 * @throws SallyportError when the challenge is meant for another service (a relay), or when the
 *   region does not fit the account
 * @throws WaiterFailedError when AWS did not confirm the proof; `lastResource` is the operation
 */
export async function prove(client: ProvingClient, options: ProveOptions): Promise<Account> {
  const { signal, timeoutMs = 300_000, onProgress, now = () => new Date() } = options;
  const region = options.region ?? 'us-east-1';
  const partition = partitionOf(region);
  const account = await claim(client, { ...options, partition });
  onProgress?.({ step: 'claimed', account });
  const challenge = await client.accounts.createChallenge(account.id, { signal });
  refuseRelay(challenge.audience, options.audience ?? client.origin);
  onProgress?.({ step: 'challenged', account });
  const { credentials } = options;
  const resolved = typeof credentials === 'function' ? await credentials() : credentials;
  const fields = await signProof({ challenge, credentials: resolved, region, now: now() });
  onProgress?.({ step: 'signed', account });
  const body = { challenge_id: challenge.id, ...fields };
  const operation = await client.accounts.submitProof(account.id, body, { signal });
  onProgress?.({ step: 'submitted', account, operation });
  await client.operations.wait(operation.id, {
    signal,
    timeoutMs,
    onProgress: ({ resource }) => onProgress?.({ step: 'checking', account, operation: resource }),
  });
  return client.accounts.get(account.id, { signal });
}

type ClaimOptions = Pick<ProveOptions, 'account_id' | 'customer_id' | 'signal'> & {
  partition: 'aws' | 'aws-cn' | 'aws-us-gov';
};

async function claim(client: ProvingClient, options: ClaimOptions): Promise<Account> {
  const { account_id, customer_id, partition, signal } = options;
  const found = await find(client, options);
  if (found && found.partition !== partition) {
    throw new SallyportError(
      `Account ${account_id} is in ${found.partition}: pass a region of that partition.`,
    );
  }
  if (found) return found;
  const body = { account_id, partition, ...(customer_id === undefined ? {} : { customer_id }) };
  try {
    return await client.accounts.create(body, { signal });
  } catch (error) {
    // Somebody claimed it between the two calls: another process of the same customer.
    const again = error instanceof ConflictError ? await find(client, options) : undefined;
    if (again) return again;
    throw error;
  }
}

async function find(client: ProvingClient, options: ClaimOptions): Promise<Account | undefined> {
  try {
    return await client.accounts.get(options.account_id, { signal: options.signal });
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}

/**
 * A service that passes on another service's challenge could use our signature there, and own the
 * account. So a challenge is signed only for the service we ourselves are talking to.
 */
function refuseRelay(audience: string, expected: string): void {
  if (URL.canParse(audience) && new URL(audience).origin === new URL(expected).origin) return;
  throw new SallyportError(
    `The challenge is for ${audience}, but this client talks to ${expected}; it was not signed. ` +
      'If both are the same service, pass the public one as `audience`.',
  );
}
