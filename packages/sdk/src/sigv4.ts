// AWS Signature Version 4, the part that a presigned request needs. Nothing is sent from here.

export interface SigningKey {
  secretAccessKey: string;
  region: string;
  service: string;
}

export interface SignableRequest {
  method: string;
  path: string;
  /** Decoded; sorted and escaped here. */
  query: Record<string, string>;
  /** With lower-case names. All of them are signed. */
  headers: Record<string, string>;
  /** SHA-256 of the body in hex, or what the service wants in its place. */
  payloadHash: string;
  /** `YYYYMMDDTHHMMSSZ`. */
  amzDate: string;
}

/** SHA-256 of nothing: the payload hash of a request without a body. */
export const EMPTY_PAYLOAD_HASH =
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** The signature in hex (AWS's "Create a signed AWS API request", steps 1 to 4). */
export async function signature(key: SigningKey, request: SignableRequest): Promise<string> {
  const scope = credentialScope(key, request.amzDate);
  const hash = hex(await crypto.subtle.digest('SHA-256', bytes(canonicalRequest(request))));
  const text = ['AWS4-HMAC-SHA256', request.amzDate, scope, hash].join('\n');
  let derived: BufferSource = bytes(`AWS4${key.secretAccessKey}`);
  for (const part of scope.split('/')) derived = await hmac(derived, part);
  return hex(await hmac(derived, text));
}

/** `20270131/us-east-1/sts/aws4_request`: what the signature is good for. */
export function credentialScope({ region, service }: SigningKey, amzDate: string): string {
  return `${amzDate.slice(0, 8)}/${region}/${service}/aws4_request`;
}

/** The signed headers' names, as they stand in `X-Amz-SignedHeaders`. */
export function signedHeaders(headers: Record<string, string>): string {
  return Object.keys(headers).sort().join(';');
}

/** `YYYYMMDDTHHMMSSZ` */
export function amzDateOf(date: Date): string {
  return date.toISOString().replaceAll(/[-:]|\.\d+/g, '');
}

function canonicalRequest({ method, path, query, headers, payloadHash }: SignableRequest): string {
  const names = Object.keys(headers).sort();
  const parameters = Object.entries(query).map(([name, value]) => [escaped(name), escaped(value)]);
  return [
    method,
    path,
    parameters
      .map((pair) => pair.join('='))
      .sort()
      .join('&'),
    ...names.map((name) => `${name}:${headers[name]!.trim().replaceAll(/ +/g, ' ')}`),
    '',
    signedHeaders(headers),
    payloadHash,
  ].join('\n');
}

/** Only RFC 3986's unreserved characters stay; `encodeURIComponent` leaves five more. */
function escaped(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

async function hmac(key: BufferSource, text: string): Promise<ArrayBuffer> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const imported = await crypto.subtle.importKey('raw', key, algorithm, false, ['sign']);
  return crypto.subtle.sign('HMAC', imported, bytes(text));
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function hex(buffer: ArrayBuffer): string {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
