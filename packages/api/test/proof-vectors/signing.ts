// Signature version 4, for whoever signs and for the model of STS that checks it.

import { createHash, createHmac } from 'node:crypto';
import { audience, challengeText, type Plan } from './plan.ts';

export interface SignedRequest {
  method: string;
  path: string;
  query: [string, string][];
  /** In the order of their names. */
  headers: [string, string][];
  payload: string;
  secret: string;
}

/** The scope is the first that `X-Amz-Credential` names, whatever follows it. */
export function signatureOf({ secret, ...request }: SignedRequest): string {
  const named = new Map(request.query);
  const credential = named.get('X-Amz-Credential') ?? '';
  const [, day = '', region = '', service = '', end = ''] = credential.split('/');
  const canonical = [
    request.method,
    request.path,
    request.query
      .map(([name, value]) => `${escaped(name)}=${escaped(value)}`)
      .sort()
      .join('&'),
    ...request.headers.map(([name, value]) => `${name}:${value}`),
    '',
    request.headers.map(([name]) => name).join(';'),
    sha256(request.payload),
  ].join('\n');
  const scope = [day, region, service, end];
  const text = ['AWS4-HMAC-SHA256', named.get('X-Amz-Date'), scope.join('/'), sha256(canonical)];
  const key = scope.reduce<string | Buffer>(
    (last, part) => createHmac('sha256', last).update(part).digest(),
    `AWS4${secret}`,
  );
  return createHmac('sha256', key).update(text.join('\n')).digest('hex');
}

/** What the one who makes the proof signs. */
export function signPlan({ signature: { signed, ...fields } }: Plan, secret: string): string {
  const { region = fields.region, amzDate = fields.amzDate, service = 'sts' } = signed;
  const { sessionToken = fields.sessionToken, headers = usualHeaders } = signed;
  const scope = `${fields.accessKeyId}/${amzDate.slice(0, 8)}/${region}/${service}/aws4_request`;
  const values: Record<string, string> = {
    host: signed.host ?? hostOf(region),
    'x-sallyport-audience': signed.audience ?? audience,
    'x-sallyport-challenge': signed.challenge ?? challengeText,
    ...signed.extraHeaders,
  };
  const names = [...headers, ...Object.keys(signed.extraHeaders ?? {})].sort();
  const query = new Map<string, string>([
    ['Action', 'GetCallerIdentity'],
    ['Version', '2011-06-15'],
    ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
    ['X-Amz-Credential', scope],
    ['X-Amz-Date', amzDate],
    ['X-Amz-Expires', '300'],
    ...(sessionToken === null ? [] : [['X-Amz-Security-Token', sessionToken] as const]),
    ['X-Amz-SignedHeaders', names.join(';')],
  ]);
  for (const [name, value] of signed.query ?? []) query.set(name, value);
  return signatureOf({
    method: signed.method ?? 'GET',
    path: signed.path ?? '/',
    query: [...query],
    headers: names.map((name) => [name, values[name] ?? '']),
    payload: signed.payload ?? '',
    secret: signed.secret ?? secret,
  });
}

export const usualHeaders = ['host', 'x-sallyport-audience', 'x-sallyport-challenge'];

function hostOf(region: string): string {
  return `sts.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
}

function escaped(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
