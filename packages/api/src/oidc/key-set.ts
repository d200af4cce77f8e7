// The public keys of an identity provider: found by its discovery document, fetched within bounds,
// remembered, and fetched again when a token names a key that is not there.

import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';

export interface KeySet {
  /**
   * The key that a token names.
   * @throws ProviderUnavailable when no keys are known and the provider does not answer
   */
  find: JWTVerifyGetKey;
}

/** The identity provider does not answer, or not what it should. */
export class ProviderUnavailable extends Error {}

export interface KeySetOptions {
  issuer: string;
  now: () => Date;
  fetch?: typeof fetch;
  /** How long one answer may take, in milliseconds. */
  patienceMs?: number;
}

/** While keys are fresh nobody asks; after that one asks in the background, with the old ones. */
const freshMs = 10 * 60_000;
/** For so long the old ones do, if the provider does not answer: it may have withdrawn one. */
const staleMs = 6 * 3_600_000;
/** Between two fetches, so that tokens with made-up key ids do not become load on the provider. */
const restMs = 30_000;
const usualPatienceMs = 5_000;
/** Of one document, in bytes. Providers with many tenants have key sets of a few KiB. */
const documentMax = 256 * 1024;

interface Known {
  find: JWTVerifyGetKey;
  at: number;
}

export function createKeySet(options: KeySetOptions): KeySet {
  const time = () => options.now().getTime();
  let known: Known | null = null;
  let asking: Promise<void> | null = null;
  let askedAt = Number.NEGATIVE_INFINITY;

  /** One fetch for all who wait; none at all so soon after the last. */
  const refresh = (): Promise<void> => {
    if (asking === null && time() - askedAt < restMs) return Promise.resolve();
    askedAt = asking === null ? time() : askedAt;
    asking ??= fetchKeys(options)
      .then((find) => void (known = { find, at: time() }))
      .finally(() => (asking = null));
    return asking;
  };
  const usable = async (): Promise<Known> => {
    const age = known === null ? Number.POSITIVE_INFINITY : time() - known.at;
    if (age > staleMs) await refresh();
    else if (age > freshMs) refresh().catch(() => {});
    if (known !== null && time() - known.at <= staleMs) return known;
    throw new ProviderUnavailable('The keys of the identity provider are not known.');
  };
  return {
    find: async (header, token) => {
      const { find } = await usable();
      try {
        return await find(header, token);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
        await refresh();
        return (await usable()).find(header, token);
      }
    },
  };
}

async function fetchKeys(options: KeySetOptions): Promise<JWTVerifyGetKey> {
  const { issuer } = options;
  const discovery = await fetchJson(
    `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    options,
  );
  if (discovery['issuer'] !== issuer) {
    throw new ProviderUnavailable(`The provider says that it is ${String(discovery['issuer'])}.`);
  }
  const address = String(discovery['jwks_uri']);
  if (!URL.canParse(address) || isLessSafe(address, issuer)) {
    throw new ProviderUnavailable('The provider names no usable address of its keys.');
  }
  const keys = await fetchJson(address, options);
  try {
    return createLocalJWKSet(keys as unknown as JSONWebKeySet);
  } catch {
    throw new ProviderUnavailable('The provider has no key set.');
  }
}

/** What is found by https is not fetched without. */
function isLessSafe(address: string, issuer: string): boolean {
  const { protocol } = new URL(address);
  return protocol !== 'https:' && protocol !== new URL(issuer).protocol;
}

async function fetchJson(
  address: string,
  { fetch: ask = fetch, patienceMs = usualPatienceMs }: KeySetOptions,
): Promise<Record<string, unknown>> {
  try {
    const signal = AbortSignal.timeout(patienceMs);
    const response = await ask(address, { signal, redirect: 'error' });
    if (!response.ok) throw new Error(`${address} answered ${response.status}`);
    return Object(JSON.parse(await boundedText(response))) as Record<string, unknown>;
  } catch (error) {
    throw new ProviderUnavailable('The identity provider did not answer.', { cause: error });
  }
}

async function boundedText(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > documentMax) throw new Error('The document is too large.');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
