// Signature Version 4 recomputed from a request as received: canonical request, string to sign,
// HMAC chain. It does not know keys, clocks or services' error codes.

import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { WireRequest } from '../protocols/wire.ts';
import type { PresentedSignature } from './presented-signature.ts';

/** Whether the presented signature is the one this secret gives for exactly this request. */
export function signatureMatches(
  request: WireRequest,
  presented: PresentedSignature,
  secret: string,
): boolean {
  const expected = hmac(signingKey(presented, secret), stringToSign(request, presented));
  const given = Buffer.from(presented.signature, 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function stringToSign(request: WireRequest, presented: PresentedSignature): string {
  const { scopeDate, region, service, timestamp } = presented;
  const scope = `${scopeDate}/${region}/${service}/aws4_request`;
  const hashed = sha256(canonicalRequest(request, presented));
  return `AWS4-HMAC-SHA256\n${timestamp}\n${scope}\n${hashed}`;
}

function canonicalRequest(request: WireRequest, presented: PresentedSignature): string {
  const { signedHeaders } = presented;
  return [
    request.method,
    canonicalPath(request.path),
    canonicalQuery(request.query),
    signedHeaders.map((name) => `${name}:${canonicalHeader(request, name)}\n`).join(''),
    signedHeaders.join(';'),
    // The body as received, not what x-amz-content-sha256 claims about it.
    sha256(request.body),
  ].join('\n');
}

// Every service but S3 encodes the path twice: what arrives is encoded once, so encode it again.
function canonicalPath(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '.' && segment !== '') kept.push(encode(segment));
  }
  const slash = path.endsWith('/') && kept.length > 0 ? '/' : '';
  return `/${kept.join('/')}${slash}`;
}

function canonicalQuery(query: string): string {
  if (query === '') return '';
  const pairs = query.split('&').map((part) => {
    const at = part.indexOf('=');
    const [name, value] = at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
    return [encode(decode(name)), encode(decode(value))] as const;
  });
  return pairs
    .filter(([name]) => name !== 'X-Amz-Signature')
    .sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function canonicalHeader(request: WireRequest, name: string): string {
  return request.headers
    .filter(([key]) => key.toLowerCase() === name)
    .map(([, value]) => value.trim().replace(/\s+/g, ' '))
    .join(',');
}

// It is the same for a day, and to make it costs four times what the signature does.
const signingKeys = new Map<string, Buffer>();
const mostSigningKeys = 1_000;

function signingKey({ scopeDate, region, service }: PresentedSignature, secret: string): Buffer {
  const name = JSON.stringify([secret, scopeDate, region, service]);
  const known = signingKeys.get(name);
  if (known) return known;
  const dateKey = hmac(`AWS4${secret}`, scopeDate);
  const key = hmac(hmac(hmac(dateKey, region), service), 'aws4_request');
  if (signingKeys.size >= mostSigningKeys) signingKeys.clear();
  signingKeys.set(name, key);
  return key;
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function hmac(key: Buffer | string, data: string): Buffer {
  return createHmac('sha256', key).update(data, 'utf8').digest();
}

function sha256(data: Buffer | string): string {
  return createHash('sha256').update(data).digest('hex');
}
