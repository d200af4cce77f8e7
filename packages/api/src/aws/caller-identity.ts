// Asks STS who signed a request that we rebuilt. Sent by hand, not by the SDK: the bytes must be
// those that the customer signed. Target and headers are a credential, and no log, error or answer
// has them.

import { parseIdentity } from '../domain/proof.ts';
import type { IdentityRequest } from '../domain/proof.ts';
import { abortedCall, kindOfCode } from './errors.ts';
import { codeOf, sendFixed, type FixedAnswer } from './fixed-request.ts';
import type { AwsCall, CallerIdentityPort, IdentityAnswer } from './ports.ts';

export interface CallerIdentityOptions {
  /** Where the bytes go, as in AWS_ENDPOINT_URL_STS; null for the real STS. */
  endpoint: URL | null;
  timeoutMs: number;
  now: () => Date;
  onCall: (call: AwsCall) => void;
}

/** A genuine answer has about 400 bytes. */
const answerMax = 8192;

const action = 'GetCallerIdentity';

export function createCallerIdentity(options: CallerIdentityOptions): CallerIdentityPort {
  return {
    confirm: async (request, signal) => {
      const startedMs = options.now().getTime();
      const { answer, requestId } = await ask(options, request, signal);
      options.onCall({
        service: 'sts',
        action,
        region: request.host.split('.')[1] ?? '',
        accountId: null,
        outcome: outcomeOf(answer),
        requestId,
        durationMs: Math.max(0, options.now().getTime() - startedMs),
      });
      return answer;
    },
  };
}

interface Asked {
  answer: IdentityAnswer;
  requestId: string | null;
}

async function ask(
  { endpoint, timeoutMs }: CallerIdentityOptions,
  request: IdentityRequest,
  signal: AbortSignal,
): Promise<Asked> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  try {
    const sent = await sendFixed(endpoint, request, { answerMax, signal: limit });
    return { answer: judge(sent), requestId: sent.requestId };
  } catch (error) {
    if (signal.aborted) throw abortedCall(action);
    const late = `no whole answer came within ${timeoutMs / 1000} s`;
    const answer = unavailable(limit.aborted ? late : `the connection failed (${codeOf(error)})`);
    return { answer, requestId: null };
  }
}

/** Only STS's own words count, either way; a proxy's page proves and disproves nothing. */
function judge({ status, contentType, text }: FixedAnswer): IdentityAnswer {
  if (text === null) return unavailable('its answer is too long');
  if (status === 200) {
    const identity = isJson(contentType) ? parseIdentity(text) : null;
    if (identity) return { kind: 'identity', identity };
    return unavailable('what came back is not an answer to GetCallerIdentity');
  }
  const code = errorCode(text);
  if (code === null) return unavailable(`what came back, with status ${status}, is not STS's`);
  const kind = kindOfCode(code, status);
  if (kind === 'denied' || kind === 'invalid') {
    return { kind: 'refused', code, message: refusals[code] ?? 'STS says no.' };
  }
  return unavailable(`it answered ${code}`);
}

/** STS gives what is asked for; a page of somebody else has another type. */
function isJson(contentType: string): boolean {
  return /^application\/json\s*(;|$)/i.test(contentType);
}

/** In our words, because STS's own may quote what was signed. */
const refusals: Record<string, string> = {
  ExpiredToken: 'The session that signed the proof has expired.',
  ExpiredTokenException: 'The session that signed the proof has expired.',
  InvalidClientTokenId: 'AWS does not know the access key, or the session token is not its own.',
  RegionDisabledException: 'STS is not enabled for the account in the region of the proof.',
  RequestExpired: 'The proof was signed too long ago.',
  SignatureDoesNotMatch:
    'The signature is not of this challenge: another secret, time, region or audience was used.',
};

/** `{"Error":{"Code":…}}`, with a code of the form that AWS's have. */
function errorCode(text: string): string | null {
  try {
    const answer = JSON.parse(text) as { Error?: { Code?: unknown } } | null;
    const code = answer?.Error?.Code;
    return typeof code === 'string' && /^[A-Za-z.]{1,80}$/.test(code) ? code : null;
  } catch {
    return null;
  }
}

function unavailable(reason: string): IdentityAnswer {
  return { kind: 'unavailable', message: `STS could not be asked: ${reason}.` };
}

function outcomeOf(answer: IdentityAnswer): string {
  if (answer.kind === 'identity') return 'ok';
  return answer.kind === 'refused' ? answer.code : 'Unavailable';
}
