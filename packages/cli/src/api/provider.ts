// Talks with an OpenID provider: its discovery document, the device flow (RFC 8628), new tokens for
// old ones. Nothing of what it answers but its own words for an error is shown.

import { setTimeout as sleep } from 'node:timers/promises';
import { CommandError, exitCodes } from '../exit-codes.ts';
import { isLoopback } from './loopback.ts';

export interface Provider {
  issuer: string;
  deviceEndpoint: string | undefined;
  tokenEndpoint: string;
}

export interface SignIn {
  clientId: string;
  /** What the token must be for. */
  audience: string;
  scope: string;
}

export interface Tokens {
  access_token?: string;
  id_token?: string;
  refresh_token?: string;
  /** In seconds from now. */
  expires_in?: number;
}

/** What the person needs, who goes on in a browser, anywhere. */
export interface DeviceCode {
  device_code: string;
  user_code: string;
  verification_uri: string;
  verification_uri_complete?: string;
  expires_in: number;
  interval?: number;
}

/** What a conversation with it needs. */
export interface Talk {
  signal: AbortSignal;
  now(): number;
  /** Told of each request and answer, but nothing of what they carry: that is secrets, mostly. */
  trace?: ((line: string) => void) | undefined;
}

const TIMEOUT_MS = 15_000;
/** By RFC 8628, where the provider says nothing, and what it adds when it is asked too often. */
const POLL_SECONDS = 5;
const SLOW_DOWN_SECONDS = 5;

/** @throws CommandError when it does not answer, or answers for another issuer */
export async function discover(issuer: string, talk: Talk): Promise<Provider> {
  const url = `${checkedUrl(issuer).replace(/\/$/, '')}/.well-known/openid-configuration`;
  const { status, body } = await ask(url, undefined, talk);
  if (status !== 200) throw unusable(issuer, `its discovery document answers ${status}`);
  if (body.issuer !== issuer) throw unusable(issuer, 'its discovery document is of another one');
  const { token_endpoint: token, device_authorization_endpoint: device } = body;
  if (typeof token !== 'string') throw unusable(issuer, 'it names no token endpoint');
  return {
    issuer,
    tokenEndpoint: checkedUrl(token),
    deviceEndpoint: typeof device === 'string' ? checkedUrl(device) : undefined,
  };
}

/** @throws CommandError when the provider does not let this client begin */
export async function beginDeviceFlow(
  { deviceEndpoint, issuer }: Provider,
  { clientId, audience, scope }: SignIn,
  talk: Talk,
): Promise<DeviceCode> {
  if (deviceEndpoint === undefined) throw unusable(issuer, 'it has no device flow');
  const form = { client_id: clientId, scope, audience, ...resourceOf(audience) };
  const { status, body } = await ask(deviceEndpoint, form, talk);
  if (status !== 200 || typeof body.device_code !== 'string') throw refused(issuer, body);
  const code = body as unknown as DeviceCode;
  checkedUrl(code.verification_uri);
  return code;
}

/**
 * Asks until the person has decided in the browser.
 * @throws CommandError when that was a no, or too late
 */
export async function pollForTokens(
  { tokenEndpoint, issuer }: Provider,
  { clientId, audience }: SignIn,
  code: DeviceCode,
  talk: Talk,
): Promise<Tokens> {
  const grant = 'urn:ietf:params:oauth:grant-type:device_code';
  const form = { grant_type: grant, device_code: code.device_code, client_id: clientId };
  const endsAt = talk.now() + code.expires_in * 1000;
  let seconds = code.interval ?? POLL_SECONDS;
  for (;;) {
    await sleep(seconds * 1000, undefined, { signal: talk.signal });
    const { status, body } = await ask(tokenEndpoint, { ...form, ...resourceOf(audience) }, talk);
    if (status === 200) return body;
    if (body.error === 'slow_down') seconds += SLOW_DOWN_SECONDS;
    // A gateway that is away for a moment is no answer of the provider.
    else if (body.error !== 'authorization_pending' && status < 500) throw refused(issuer, body);
    if (talk.now() >= endsAt) throw refused(issuer, { error: 'expired_token' });
  }
}

/** Undefined when the provider gives no more: the person has to sign in again. */
export async function refreshTokens(
  session: { tokenEndpoint: string; clientId: string; audience: string; refreshToken: string },
  talk: Talk,
): Promise<Tokens | undefined> {
  const { tokenEndpoint, clientId, audience, refreshToken } = session;
  const form = { grant_type: 'refresh_token', refresh_token: refreshToken, client_id: clientId };
  const { status, body } = await ask(tokenEndpoint, { ...form, ...resourceOf(audience) }, talk);
  return status === 200 ? body : undefined;
}

/** RFC 8707 has it as a URI; other providers go by `audience`. */
function resourceOf(audience: string): Record<string, string> {
  return URL.canParse(audience) ? { resource: audience } : {};
}

/** A secret goes over TLS, or stays on this machine. */
function checkedUrl(text: string): string {
  if (URL.canParse(text) && (text.startsWith('https:') || isLoopback(text))) return text;
  throw unusable(text, 'it is not an https address');
}

interface Reply {
  status: number;
  body: Record<string, unknown>;
}

async function ask(
  url: string,
  form: Record<string, string> | undefined,
  { signal, now, trace }: Talk,
): Promise<Reply> {
  const either = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  const send = form ? { method: 'POST', body: new URLSearchParams(form) } : { method: 'GET' };
  const startedAt = now();
  try {
    const headers = { accept: 'application/json' };
    const response = await fetch(url, { ...send, headers, signal: either, redirect: 'error' });
    const body = ((await response.json().catch(() => undefined)) ?? {}) as Reply['body'];
    const { status } = response;
    const error = typeof body.error === 'string' ? ` ${body.error}` : '';
    trace?.(`* ${send.method} ${url}: ${status}${error} in ${now() - startedAt} ms`);
    return { status, body };
  } catch (error) {
    if (signal.aborted) throw error;
    const { origin } = new URL(url);
    const message = `The identity provider at ${origin} does not answer.`;
    throw new CommandError(exitCodes.unavailable, message, 'Try again in a moment.');
  }
}

function unusable(issuer: string, reason: string): CommandError {
  const message = `One cannot sign in with ${issuer}: ${reason}.`;
  return new CommandError(exitCodes.auth, message, 'Log in with a key: --key-file');
}

function refused(issuer: string, { error, error_description: words }: Reply['body']): CommandError {
  const text = [error, words].filter((part) => typeof part === 'string').join(': ');
  const message = `${issuer} did not let you in (${text || 'no reason given'}).`;
  return new CommandError(exitCodes.auth, message, 'sallyport auth login');
}
