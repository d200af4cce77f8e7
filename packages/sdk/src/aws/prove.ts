// Proves that an AWS account is theirs, for those who have credentials of it, or a role in it.
import { requestToken } from './web-identity-token.ts';
import { ConflictError, NotFoundError, SallyportError } from '../errors.ts';
import type { Sallyport } from '../generated/client.ts';
import type { Account, Challenge, Operation, ProofSubmit } from '../generated/types.ts';
import { type AwsCredentials, partitionOf, signProof } from '../proof.ts';

export {
  type AwsCredentials,
  type ProofFields,
  type SignableChallenge,
  type SignProofInput,
  signProof,
} from '../proof.ts';

/**
 * `signature`: a signed `sts:GetCallerIdentity`, which needs nothing but credentials ·
 * `web-identity-token`: a token of `sts:GetWebIdentityToken`, for accounts that issue them; it
 * needs `@aws-sdk/client-sts` · `role`: a role in the account that trusts the vendor, as
 * `client.accounts.getProofRole()` shows it; it needs no credentials, and renews by itself.
 */
export type ProofMethod = (typeof proofMethods)[number];

export const proofMethods = ['signature', 'web-identity-token', 'role'] as const;

export interface ProveOptions {
  /** The AWS account: 12 digits. The credentials must be of this account. */
  account_id: string;
  /** Whose account it is; left out by a customer's own key. */
  customer_id?: string | undefined;
  /** `signature` where there are credentials, else `role`. */
  method?: ProofMethod | undefined;
  /**
   * Credentials, or a provider, as the AWS SDK has them. They are used here and never sent. A web
   * identity token is asked for with those that the AWS SDK finds, unless some are given.
   */
  credentials?: AwsCredentials | (() => Promise<AwsCredentials>) | undefined;
  /** The role that trusts the vendor, after its path if it has one; that of `getProofRole()`. */
  role_name?: string | undefined;
  /** Anything else that the AWS SDK's client takes, when a token is asked for. */
  aws?: Record<string, unknown> | undefined;
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
 * Claims the account if nobody has, answers a challenge and waits for the service's verdict.
 * @returns the account, with its standing
 * @throws SallyportError when the challenge is meant for another service (a relay), or when the
 *   region does not fit the account
 * @throws MissingPeerError when a token is to be asked for without `@aws-sdk/client-sts`
 * @throws WaiterFailedError when AWS did not confirm the proof; `lastResource` is the operation
 * @example
 * ```ts
 * import { prove } from '@sallyport/sdk/aws';
 *
 * const credentials = { accessKeyId: 'AKIA…', secretAccessKey: '…' };
 * const { standing } = await prove(client, { account_id: '222222222222', credentials });
 * ```
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
  const answer = await answerTo(challenge, { ...options, region, now });
  if (answer.method !== 'role') onProgress?.({ step: 'signed', account });
  const body = { challenge_id: challenge.id, ...answer };
  const operation = await client.accounts.submitProof(account.id, body, { signal });
  onProgress?.({ step: 'submitted', account, operation });
  await client.operations.wait(operation.id, {
    signal,
    timeoutMs,
    onProgress: ({ resource }) => onProgress?.({ step: 'checking', account, operation: resource }),
  });
  return client.accounts.get(account.id, { signal });
}

type Answer = Omit<ProofSubmit, 'challenge_id'>;

async function answerTo(
  challenge: Challenge,
  options: ProveOptions & { region: string; now: () => Date },
): Promise<Answer> {
  const { credentials, role_name, region, now } = options;
  const { method = credentials === undefined ? 'role' : 'signature' } = options;
  if (method === 'role') return { method, ...(role_name === undefined ? {} : { role_name }) };
  if (method === 'web-identity-token') {
    const web_identity_token = await requestToken({ ...options, challenge });
    return { method: 'web_identity_token', web_identity_token };
  }
  if (credentials === undefined) {
    throw new SallyportError('A signature needs `credentials`, or choose another `method`.');
  }
  const resolved = typeof credentials === 'function' ? await credentials() : credentials;
  return signProof({ challenge, credentials: resolved, region, now: now() });
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
