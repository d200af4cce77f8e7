// One GET for a host of AWS, sent by hand: to the host itself, or its bytes to an endpoint that
// stands for it. A redirect is an answer like any other, and is not followed.

import { request as requestHttp } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';

export interface FixedRequest {
  host: string;
  /** Path and query, as they stand in the request line. */
  target: string;
  headers: Record<string, string>;
}

export interface FixedAnswer {
  status: number;
  contentType: string;
  requestId: string | null;
  /** Null when it is longer than was asked for. */
  text: string | null;
}

/**
 * @param endpoint where the bytes go; null for the host
 * @param answerMax bytes that are read of the answer
 */
export async function sendFixed(
  endpoint: URL | null,
  request: FixedRequest,
  { answerMax, signal }: { answerMax: number; signal: AbortSignal },
): Promise<FixedAnswer> {
  signal.throwIfAborted();
  const response = await send(endpoint, request, signal);
  const requestId = response.headers['x-amzn-requestid'];
  return {
    status: response.statusCode ?? 0,
    contentType: response.headers['content-type'] ?? '',
    requestId: typeof requestId === 'string' ? requestId : null,
    text: await readAnswer(response, answerMax),
  };
}

/** The code alone: what else an error says could quote the request. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}

function send(
  endpoint: URL | null,
  { host, target, headers }: FixedRequest,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const open = endpoint?.protocol === 'http:' ? requestHttp : requestHttps;
  const prefix = endpoint?.pathname.replace(/\/$/, '') ?? '';
  const options = {
    method: 'GET',
    hostname: endpoint?.hostname.replaceAll(/[[\]]/g, '') ?? host,
    port: endpoint?.port || undefined,
    path: `${prefix}${target}`,
    headers: { ...headers, host, accept: 'application/json' },
    agent: false,
    signal,
  };
  return new Promise((resolve, reject) => open(options, resolve).on('error', reject).end());
}

async function readAnswer(response: IncomingMessage, answerMax: number): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > answerMax) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
