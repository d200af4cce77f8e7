// Sends one message to an address that somebody has given us: resolved once, and connected to the
// very address that was checked. No redirect is followed, no proxy is used, and the answer is
// bounded in time and size; nothing of it but its status is kept.

import { lookup as systemLookup } from 'node:dns';
import { request as requestPlain, type RequestOptions } from 'node:http';
import { request as requestSecure } from 'node:https';
import { isIP, type LookupFunction, type Socket } from 'node:net';
import { isPublic } from './addresses.ts';
import { createResolve, type Resolve } from './names.ts';

/** Sends a text, and gives the status of the answer. @throws Error in words for the receiver */
export type Post = (message: Message, signal: AbortSignal) => Promise<number>;

export interface Message {
  url: string;
  headers: Record<string, string>;
  body: string;
}

export interface PostOptions {
  /** Whether plain http and addresses of this machine and its network will do, as in tests. */
  anywhere?: boolean;
  timeoutMs?: number;
  /** The addresses of a name; by DNS unless given, or by the system for those of its network. */
  resolve?: Resolve;
}

const usualTimeoutMs = 15_000;
const answerMax = 64 * 1024;

export function createPost(options: PostOptions = {}): Post {
  const { anywhere = false, timeoutMs = usualTimeoutMs } = options;
  const { resolve = anywhere ? resolveBySystem : createResolve() } = options;
  const allowed = anywhere ? () => true : isPublic;
  return async ({ url, headers, body }, stop) => {
    const target = new URL(url);
    const refusal = refusalOf(target, anywhere, allowed);
    if (refusal) throw new Error(refusal);
    const signal = AbortSignal.any([stop, AbortSignal.timeout(timeoutMs)]);
    const request = { method: 'POST', headers: { ...headers, ...headersOf(body) }, signal };
    try {
      return await exchange(
        target,
        { ...request, lookup: checked(resolve, allowed, signal) },
        body,
        allowed,
      );
    } catch (error) {
      if (signal.aborted && !stop.aborted) {
        throw new Error(`There was no answer within ${timeoutMs / 1000} s.`, { cause: error });
      }
      throw error;
    }
  };
}

/** Why the address itself will not do, or null. A host that is an address is not looked up. */
function refusalOf(
  { protocol, hostname }: URL,
  anywhere: boolean,
  allowed: (address: string) => boolean,
): string | null {
  if (protocol !== 'https:' && !anywhere) return 'The address is not https.';
  const host = hostname.replace(/^\[|\]$/g, '');
  return isIP(host) > 0 && !allowed(host) ? notPublic(host) : null;
}

const notPublic = (address: string) => `${address} is not an address of the public internet.`;

function headersOf(body: string): Record<string, string> {
  return {
    'content-type': 'application/json',
    'content-length': `${Buffer.byteLength(body)}`,
    'user-agent': 'Sallyport-Webhooks/1',
  };
}

/** The look-up of a connection: what it gives is what is connected to, so it is checked here. */
function checked(
  resolve: Resolve,
  allowed: (address: string) => boolean,
  signal: AbortSignal,
): LookupFunction {
  return (hostname, { all }, done) => {
    const take: Parameters<Resolve>[1] = (error, addresses) => {
      const wrong = addresses.find(({ address }) => !allowed(address));
      const [first] = addresses;
      const problem =
        error ??
        (wrong && new Error(`${hostname} has ${wrong.address}: ${notPublic(wrong.address)}`)) ??
        (first ? null : new Error(`${hostname} has no address.`));
      if (problem) done(problem, '');
      else if (all) done(null, addresses);
      else done(null, first!.address, first!.family);
    };
    resolve(hostname, take, signal);
  };
}

const resolveBySystem: Resolve = (hostname, done) =>
  systemLookup(hostname, { all: true }, (error, addresses) => done(error, addresses ?? []));

function exchange(
  target: URL,
  options: RequestOptions,
  body: string,
  allowed: (address: string) => boolean,
): Promise<number> {
  const send = target.protocol === 'https:' ? requestSecure : requestPlain;
  return new Promise((resolve, reject) => {
    // An agent of its own for each, as one that is shared may have a connection from before.
    const request = send(target, { ...options, agent: false }, (answer) => {
      let size = 0;
      answer.on('data', (part: Buffer) => {
        size += part.length;
        if (size <= answerMax) return;
        resolve(answer.statusCode ?? 0);
        request.destroy();
      });
      answer.on('end', () => resolve(answer.statusCode ?? 0));
      answer.on('error', reject);
    });
    request.on('socket', (socket: Socket) => {
      socket.once('connect', () => {
        const address = socket.remoteAddress ?? '';
        if (!allowed(address)) request.destroy(new Error(notPublic(address)));
      });
    });
    request.on('error', reject);
    // What is switched to another protocol (101) ends without an answer and without an error.
    request.on('close', () => reject(new Error('Its answer broke off.')));
    request.end(body);
  });
}
