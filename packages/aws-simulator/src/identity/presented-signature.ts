// Reads a SigV4 signature out of a request, from the Authorization header or from a presigned
// query string. It only parses; nothing it returns has been verified.

import { formPairs, headerValue, type WireRequest } from '../protocols/wire.ts';
import { CredentialsRefused } from './credential-failure.ts';

export interface PresentedSignature {
  readonly accessKeyId: string;
  readonly scopeDate: string;
  readonly region: string;
  readonly service: string;
  /** Lower case, as listed by the caller. */
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** `YYYYMMDDTHHMMSSZ` */
  readonly timestamp: string;
  readonly sessionToken: string | undefined;
  /** Seconds; presigned requests only. */
  readonly expiresIn: number | undefined;
  readonly presigned: boolean;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';

/**
 * The signature a request carries, or undefined when it carries none.
 * @throws CredentialsRefused when there is one but a part of it is missing or malformed.
 */
export function presentedSignature(request: WireRequest): PresentedSignature | undefined {
  const authorization = headerValue(request, 'authorization');
  const query = queryParameters(request);
  if (query.has('X-Amz-Signature')) {
    if (authorization !== undefined) {
      throw incomplete('Only one of the Authorization header and X-Amz-Signature may be given');
    }
    return fromQuery(query);
  }
  return authorization === undefined ? undefined : fromHeader(authorization, request);
}

function fromHeader(authorization: string, request: WireRequest): PresentedSignature {
  const [algorithm, ...rest] = authorization.trim().split(/\s+/);
  if (algorithm !== ALGORITHM) throw incomplete(`The algorithm must be ${ALGORITHM}`);
  const parts = new Map<string, string>();
  for (const part of rest.join(' ').split(',')) {
    const at = part.indexOf('=');
    if (at > 0) parts.set(part.slice(0, at).trim(), part.slice(at + 1).trim());
  }
  return {
    ...scopeOf(required(parts, 'Credential')),
    signedHeaders: required(parts, 'SignedHeaders').split(';'),
    signature: required(parts, 'Signature'),
    timestamp: headerTimestamp(request),
    sessionToken: headerValue(request, 'x-amz-security-token'),
    expiresIn: undefined,
    presigned: false,
  };
}

function fromQuery(query: ReadonlyMap<string, string>): PresentedSignature {
  const algorithm = required(query, 'X-Amz-Algorithm');
  if (algorithm !== ALGORITHM) throw incomplete(`X-Amz-Algorithm must be ${ALGORITHM}`);
  const expires = query.get('X-Amz-Expires');
  if (expires !== undefined && !/^[0-9]{1,6}$/.test(expires)) {
    throw incomplete('X-Amz-Expires must be a number of seconds');
  }
  return {
    ...scopeOf(required(query, 'X-Amz-Credential')),
    signedHeaders: required(query, 'X-Amz-SignedHeaders').split(';'),
    signature: required(query, 'X-Amz-Signature'),
    timestamp: timestampOf(required(query, 'X-Amz-Date')),
    sessionToken: query.get('X-Amz-Security-Token'),
    expiresIn: expires === undefined ? undefined : Number(expires),
    presigned: true,
  };
}

function scopeOf(credential: string) {
  const parts = credential.split('/');
  const [accessKeyId, scopeDate, region, service, terminator] = parts;
  if (parts.length !== 5 || terminator !== 'aws4_request' || !accessKeyId || !service) {
    throw incomplete(
      'Credential must have exactly 5 slash-delimited elements, ' +
        `KEY/DATE/REGION/SERVICE/aws4_request, got '${credential}'`,
    );
  }
  return { accessKeyId, scopeDate: scopeDate ?? '', region: region ?? '', service };
}

// RFC 7231 dates in `Date` are legal in SigV4 too; every current client sends X-Amz-Date.
function headerTimestamp(request: WireRequest): string {
  const amzDate = headerValue(request, 'x-amz-date');
  if (amzDate !== undefined) return timestampOf(amzDate);
  const date = new Date(headerValue(request, 'date') ?? '');
  if (Number.isNaN(date.getTime())) throw incomplete("The request must contain 'X-Amz-Date'");
  return `${date.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

function timestampOf(text: string): string {
  if (/^\d{8}T\d{6}Z$/.test(text)) return text;
  throw incomplete(`Date must be in ISO-8601 'basic format', YYYYMMDDTHHMMSSZ, got '${text}'`);
}

function queryParameters(request: WireRequest): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const [name, value] of formPairs(request.query)) {
    if (!name.startsWith('X-Amz-')) continue;
    if (parameters.has(name)) throw incomplete(`${name} is given more than once`);
    parameters.set(name, value);
  }
  return parameters;
}

function required(parts: ReadonlyMap<string, string>, name: string): string {
  const value = parts.get(name);
  if (value) return value;
  throw incomplete(`Authorization requires '${name}'`);
}

function incomplete(detail: string): CredentialsRefused {
  return new CredentialsRefused('incomplete', detail);
}
