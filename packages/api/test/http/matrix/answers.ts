// Sends the requests of the matrix, and says in a word of the ledger what came of each.

import { once } from 'node:events';
import { Agent, request as open, type IncomingMessage } from 'node:http';
import { errorCatalogue, type ErrorCode } from '../../../src/domain/errors.ts';
import type { Sending } from '../controllers/requests.ts';

export interface Answer {
  status: number;
  headers: Record<string, string>;
  text: string;
}

export async function ask(
  origin: string,
  authorization: string | null,
  { method, path, body, headers }: Sending,
): Promise<Answer> {
  return exchange(origin, {
    method: method.toUpperCase(),
    target: path,
    headers: {
      ...headers,
      ...(authorization !== null && { authorization }),
      ...(body && { 'content-type': 'application/json' }),
    },
    payload: body ? JSON.stringify(body) : null,
  });
}

/** Over a connection that is kept; `fetch` would cost as much as the service does. */
export async function exchange(
  origin: string,
  given: {
    method: string;
    /** Percent-encoded. */
    target: string;
    headers: Record<string, string>;
    payload: string | null;
  },
): Promise<Answer> {
  const { method, target, payload } = given;
  const length = payload !== null && { 'content-length': Buffer.byteLength(payload) };
  const headers = { ...given.headers, ...length };
  const request = open(origin + target, { agent, method, headers });
  request.end(payload ?? undefined);
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  const text = (await answer.setEncoding('utf8').toArray()).join('');
  return { status: answer.statusCode!, headers: answer.headers as Record<string, string>, text };
}

const agent = new Agent({ keepAlive: true });

/** With what only tries it, where it is a change. */
export function tried(sending: Sending): Sending {
  if (sending.method === 'get' || sending.asks) return sending;
  const { path } = sending;
  return { ...sending, path: `${path}${path.includes('?') ? '&' : '?'}validate_only=true` };
}

interface Body {
  code?: ErrorCode;
  items?: unknown[];
  next_cursor?: null;
  rows?: unknown[];
}

/** What the ledger calls it; see there. */
export function wordFor({ status, headers, text }: Answer): string {
  const isJson =
    headers['content-type']?.includes('json') && !headers['content-type'].includes('nd');
  const body = (isJson ? JSON.parse(text) : {}) as Body;
  if (status < 300) return wordForSuccess(status, body);
  const code = body.code!;
  if (errorCatalogue[code].status !== status) return `${status}:${code}`;
  return shortWords[code] ?? code;
}

const shortWords: Partial<Record<ErrorCode, string>> = {
  unauthenticated: '401',
  forbidden: '403',
  not_found: '404',
  route_not_found: 'nowhere',
  method_not_allowed: '405',
  invite_not_usable: 'unusable',
  observation_token_not_usable: 'unusable',
};

function wordForSuccess(status: number, { items, next_cursor: cursor, rows }: Body): string {
  if (items?.length === 0 && cursor === null) return '[]';
  const [result] = (rows ?? items ?? []) as { error?: { code: string } | null }[];
  return result?.error ? `${status}:${result.error.code}` : String(status);
}

/** All of the answer that could tell one case from another, with what was asked for taken out. */
export function telling({ status, headers, text }: Answer, asked: string[]) {
  const { date: _date, 'x-request-id': requestId, ...others } = headers;
  const left = asked.reduce((rest, key) => rest.replaceAll(key, 'KEY'), text);
  return { status, headers: others, text: left.replaceAll(requestId!, 'REQUEST') };
}
