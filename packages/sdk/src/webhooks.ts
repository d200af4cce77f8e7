// Messages of webhooks, by the Standard Webhooks specification: proves that one came from the
// service, as it was sent and just now. https://www.standardwebhooks.com

import { WebhookVerificationError, type WebhookVerificationCode } from './errors.ts';
import type { Event } from './generated/types.ts';

/** One message: an event, on its way to an address that was named for it. */
export interface WebhookMessage {
  /** The same each time the message is sent. Remember it: a message may come twice. */
  id: string;
  /** When it was sent, by the sender's clock. A repeat has a time of its own. */
  sentAt: Date;
  type: Event['type'];
  data: Event;
}

/** As a web framework has them: names in any case, values as text. */
export type WebhookHeaders =
  | Headers
  | Readonly<Record<string, string | readonly string[] | undefined>>;

export interface UnwrapOptions {
  /** Seconds that the message may be older or newer than now. Default 300. */
  toleranceSeconds?: number;
  /** Milliseconds since the epoch. Default `Date.now`. */
  now?: () => number;
}

const usualToleranceSeconds = 300;

/**
 * Checks a message and gives what is in it. Answer 2xx when it does, and 400 when it throws.
 * @param body as it came, byte for byte: parsed and written again, it has another signature
 * @param secret as it was shown once (`whsec_…`); several, while one takes over from another
 * @throws WebhookVerificationError when it is not of the service, was changed, or is too old
 * @example
 * ```ts
 * import { webhooks } from '@sallyport/sdk';
 *
 * export async function POST(request: Request): Promise<Response> {
 *   const secret = process.env.WEBHOOK_SECRET!;
 *   const body = await request.text();
 *   const { id, type, data } = await webhooks.unwrap(body, request.headers, secret);
 *   console.log(id, type, data.subject.id);
 *   return new Response(null, { status: 204 });
 * }
 * ```
 */
export async function unwrap(
  body: string | Uint8Array,
  headers: WebhookHeaders,
  secret: string | readonly string[],
  options: UnwrapOptions = {},
): Promise<WebhookMessage> {
  const id = headerOf(headers, 'webhook-id');
  const timestamp = headerOf(headers, 'webhook-timestamp');
  const signatures = headerOf(headers, 'webhook-signature');
  const sentAt = momentOf(timestamp, options);
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  const signed = bytesOf(`${id}.${timestamp}.${text}`);
  if (!(await isSignedByAny([secret].flat(), signed, signatures))) {
    throw refusal('wrong_signature', 'No signature of this message was made with this secret.');
  }
  const { type, data } = parsed(text);
  return { id, sentAt, type, data };
}

/**
 * The headers of a message as the service would send it, to test your own receiver with.
 * @example
 * ```ts
 * const body = JSON.stringify({ type: 'connection.available', data: event });
 * const headers = await webhooks.sign(body, { id: 'evt_1', secret });
 * await fetch('http://localhost:3000/hooks', { method: 'POST', body, headers });
 * ```
 */
export async function sign(
  body: string,
  { id, secret, at = new Date() }: { id: string; secret: string; at?: Date },
): Promise<Record<string, string>> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const key = await keyOf(secret, 'sign');
  const signature = await crypto.subtle.sign('HMAC', key, bytesOf(`${id}.${timestamp}.${body}`));
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${btoa(String.fromCharCode(...new Uint8Array(signature)))}`,
  };
}

function headerOf(headers: WebhookHeaders, name: string): string {
  const value = isHeaders(headers)
    ? headers.get(name)
    : Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  if (typeof value === 'string' && value !== '') return value;
  throw refusal('missing_header', `The message has no header ${name}, or more than one.`);
}

/** By what it does: a framework may have a `Headers` that is not this program's. */
function isHeaders(headers: WebhookHeaders): headers is Headers {
  return typeof (headers as Headers).get === 'function';
}

function momentOf(timestamp: string, options: UnwrapOptions): Date {
  const { toleranceSeconds = usualToleranceSeconds, now = Date.now } = options;
  const seconds = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) : Number.NaN;
  // Written so that what is no number is refused too.
  if (Math.abs(now() / 1000 - seconds) <= toleranceSeconds) return new Date(seconds * 1000);
  const detail = `It is said to be of ${timestamp}, more than ${toleranceSeconds} s from now.`;
  throw refusal('stale', detail);
}

/** While secrets are changed, a message has a signature of each, and a receiver may have both. */
async function isSignedByAny(
  secrets: readonly string[],
  signed: Uint8Array<ArrayBuffer>,
  signatures: string,
): Promise<boolean> {
  const given = signatures.split(' ').filter((one) => one.startsWith('v1,'));
  for (const secret of secrets) {
    const key = await keyOf(secret, 'verify');
    for (const one of given) {
      const signature = decoded(one.slice('v1,'.length));
      // The platform's own comparison, whose time tells nothing of where two differ.
      if (signature && (await crypto.subtle.verify('HMAC', key, signature, signed))) return true;
    }
  }
  return false;
}

function keyOf(secret: string, usage: 'sign' | 'verify'): Promise<CryptoKey> {
  const bytes = secret.startsWith('whsec_') ? decoded(secret.slice('whsec_'.length)) : null;
  if (!bytes || bytes.length === 0) {
    const detail = 'A secret of a webhook begins with whsec_ and is base64 from there on.';
    throw refusal('malformed_secret', detail);
  }
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, [usage]);
}

function decoded(base64: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  } catch {
    return null;
  }
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function parsed(text: string): Pick<WebhookMessage, 'type' | 'data'> {
  try {
    return JSON.parse(text) as Pick<WebhookMessage, 'type' | 'data'>;
  } catch {
    throw refusal('malformed_body', 'The message is signed, and is not JSON.');
  }
}

function refusal(code: WebhookVerificationCode, detail: string): WebhookVerificationError {
  return new WebhookVerificationError(code, detail);
}
