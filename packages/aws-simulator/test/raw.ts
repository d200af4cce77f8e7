// Requests signed and sent by hand: a signer written apart from the simulator's, and an HTTP call
// in which everything, also the Host header, can be changed after signing.

import { createHash, createHmac } from 'node:crypto';
import { request } from 'node:http';
import type { Keys } from './lab.ts';

export interface RawRequest {
  readonly method: string;
  readonly path: string;
  /** In the order they are sent. */
  readonly query: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface RawResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface Signing {
  readonly keys: Keys;
  readonly service: string;
  readonly region?: string;
  readonly time: Date;
  /** Lower case; every header of the request by default. */
  readonly signedHeaders?: readonly string[];
}

/** A form request for an EC2 or STS action, not signed yet. */
export function formRequest(parameters: Record<string, string>, host = 'localhost'): RawRequest {
  return {
    method: 'POST',
    path: '/',
    query: [],
    headers: { host, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(parameters).toString(),
  };
}

/** The request with an Authorization header. */
export function signed(raw: RawRequest, signing: Signing): RawRequest {
  const timestamp = basicTime(signing.time);
  const token = signing.keys.sessionToken;
  const headers: Record<string, string> = { ...raw.headers, 'x-amz-date': timestamp };
  if (token !== undefined) headers['x-amz-security-token'] = token;
  const dated = { ...raw, headers };
  const names = (signing.signedHeaders ?? Object.keys(headers)).toSorted();
  const scope = scopeOf(signing);
  const signature = signatureOf(dated, names, scope, signing);
  headers.authorization =
    `AWS4-HMAC-SHA256 Credential=${signing.keys.accessKeyId}/${scope}, ` +
    `SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return dated;
}

/** The request with the signature in its query string. */
export function presigned(raw: RawRequest, signing: Signing, expires = 60): RawRequest {
  const names = (signing.signedHeaders ?? Object.keys(raw.headers)).toSorted();
  const scope = scopeOf(signing);
  const query: [string, string][] = [
    ...raw.query.map(([name, value]): [string, string] => [name, value]),
    ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
    ['X-Amz-Credential', `${signing.keys.accessKeyId}/${scope}`],
    ['X-Amz-Date', basicTime(signing.time)],
    ['X-Amz-Expires', String(expires)],
    ['X-Amz-SignedHeaders', names.join(';')],
  ];
  const token = signing.keys.sessionToken;
  if (token !== undefined) query.push(['X-Amz-Security-Token', token]);
  const signature = signatureOf({ ...raw, query }, names, scope, signing);
  return { ...raw, query: [...query, ['X-Amz-Signature', signature]] };
}

/** Sends exactly these bytes. */
export async function send(endpoint: string, raw: RawRequest): Promise<RawResponse> {
  const { hostname, port } = new URL(endpoint);
  const query = raw.query.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
  const path = query === '' ? raw.path : `${raw.path}?${query}`;
  return new Promise((resolve, reject) => {
    const { method, headers } = raw;
    const outgoing = request({ hostname, port, method, path, headers }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () =>
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(raw.body);
  });
}

/** The text of the first element with this name, wherever it is. */
export function element(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
}

function signatureOf(
  raw: RawRequest,
  names: readonly string[],
  scope: string,
  { keys, service, region = 'us-east-1', time }: Signing,
): string {
  // By name first: as whole strings, `X-Amz-Date=…` would come before `X=1`.
  const query = raw.query
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .toSorted(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  const path = raw.path
    .split('/')
    .map((segment) => encode(segment))
    .join('/');
  const headers = names.map((name) => `${name}:${(raw.headers[name] ?? '').trim()}\n`).join('');
  const canonical = [raw.method, path, query, headers, names.join(';'), sha256(raw.body)].join(
    '\n',
  );
  const date = basicTime(time).slice(0, 8);
  const key = [date, region, service, 'aws4_request'].reduce<Buffer | string>(
    (previous, part) => createHmac('sha256', previous).update(part).digest(),
    `AWS4${keys.secretAccessKey}`,
  );
  const toSign = ['AWS4-HMAC-SHA256', basicTime(time), scope, sha256(canonical)].join('\n');
  return createHmac('sha256', key).update(toSign).digest('hex');
}

function scopeOf({ service, region = 'us-east-1', time }: Signing): string {
  return `${basicTime(time).slice(0, 8)}/${region}/${service}/aws4_request`;
}

function basicTime(time: Date): string {
  return `${time.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
