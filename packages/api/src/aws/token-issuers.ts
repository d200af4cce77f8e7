// Whether a web identity token is signed by the issuer that it names. Its keys are fetched from the
// issuer's own host alone, within bounds, and remembered for as many issuers as there may be.

import type { ReadToken } from '../domain/web-identity-token.ts';
import { abortedCall } from './errors.ts';
import { codeOf, sendFixed } from './fixed-request.ts';
import type { TokenAnswer, TokenIssuerPort } from './ports.ts';
import { isSignedBy, type PublicKey } from './token-signature.ts';

export interface TokenIssuersOptions {
  /** Where the bytes go, as in AWS_ENDPOINT_URL; null for the issuers themselves. */
  endpoint: URL | null;
  timeoutMs: number;
  now: () => Date;
  /** Issuers whose keys are remembered: whoever was not asked about for longest goes. */
  issuersMax?: number;
}

interface Known {
  keys: PublicKey[];
  at: number;
}

/** A set of a few keys has about 2 KiB. */
const documentMax = 65_536;
const keysMax = 50;
const freshMs = 600_000;
/** Between two fetches for one issuer, so that made-up key ids do not become load. */
const restMs = 30_000;
const usualIssuersMax = 500;

export function createTokenIssuers(options: TokenIssuersOptions): TokenIssuerPort {
  const { issuersMax = usualIssuersMax } = options;
  const known = new Map<string, Known>();

  async function keysOf(issuer: string, olderThan: number, signal: AbortSignal) {
    const now = options.now().getTime();
    const found = known.get(issuer);
    const isFresh = found !== undefined && now - found.at < olderThan;
    const keys = isFresh ? found : { keys: await fetchKeys(options, issuer, signal), at: now };
    known.delete(issuer);
    known.set(issuer, keys);
    if (known.size > issuersMax) known.delete(known.keys().next().value!);
    return keys.keys;
  }

  /** A key that is not there may be a new one. */
  async function keyOf({ issuer, keyId }: ReadToken, signal: AbortSignal) {
    const named = (keys: PublicKey[]) => keys.find(({ kid }) => kid === keyId);
    return (
      named(await keysOf(issuer, freshMs, signal)) ?? named(await keysOf(issuer, restMs, signal))
    );
  }

  return {
    verify: async (token, read, signal) => {
      try {
        const key = await keyOf(read, signal);
        if (!key) return refused('UnknownKey', 'The issuer of the token has no key of its name.');
        if (isSignedBy(token, read.algorithm, key)) return { kind: 'genuine' };
        return refused('InvalidSignature', 'The token is not signed with the key of its issuer.');
      } catch (error) {
        if (signal.aborted) throw abortedCall('GetKeys');
        const message = reasonOf(error);
        const isAbsent = error instanceof Unusable && absent.has(error.status ?? 200);
        return isAbsent ? refused('UnknownIssuer', message) : { kind: 'unavailable', message };
      }
    },
  };
}

/** A key set that is of no use: what is wrong with it. */
class Unusable extends Error {
  readonly status: number | undefined;

  constructor(message: string, status?: number) {
    super(message);
    this.status = status;
  }
}

/**
 * The issuer is not there. It may be new, but whoever proves an account with it is told sooner than
 * by asking for minutes, and tokens of made-up issuers are no work.
 */
const absent = new Set([404, 410]);

async function fetchKeys(
  { endpoint, timeoutMs }: TokenIssuersOptions,
  issuer: string,
  signal: AbortSignal,
): Promise<PublicKey[]> {
  const request = { host: new URL(issuer).host, target: '/.well-known/jwks.json', headers: {} };
  const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  const bounds = { answerMax: documentMax, signal: limit };
  const { status, text } = await sendFixed(endpoint, request, bounds);
  if (status !== 200) throw new Unusable(`it answered with status ${status}`, status);
  if (text === null) throw new Unusable('its keys are too long');
  const keys = parse(text);
  if (keys === null) throw new Unusable('what came back is no set of keys');
  return keys;
}

function parse(text: string): PublicKey[] | null {
  try {
    const set = JSON.parse(text) as { keys?: unknown } | null;
    const keys = set?.keys;
    return Array.isArray(keys) && keys.length <= keysMax ? (keys as PublicKey[]) : null;
  } catch {
    return null;
  }
}

function refused(code: string, message: string): TokenAnswer {
  return { kind: 'refused', code, message };
}

function reasonOf(error: unknown): string {
  const what =
    error instanceof Unusable ? error.message : `the connection failed (${codeOf(error)})`;
  return `The issuer of the token could not be asked for its keys: ${what}.`;
}
