// Ways to damage a request that the SDK made. Damaged before it is signed, it is somebody's badly
// made request; damaged afterwards, it is somebody's forgery.

import fc, { type Arbitrary } from 'fast-check';
import type { Client, HttpRequest } from './clients.ts';

export interface Damage {
  readonly when: 'before it is signed' | 'after it is signed';
  readonly how: string;
  apply(request: HttpRequest): void;
}

const junk = fc.oneof(
  fc.constantFrom(
    '%',
    '%zz',
    '&&&===',
    '=',
    '\u0000',
    '\ufeff',
    '😀\ud800',
    '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
    '<a><b></a></b>',
    ']]>',
    '{"a":',
    'null',
    '[]',
    '"text"',
    '{"__proto__":{"a":1}}',
    '<a>'.repeat(2000),
    '['.repeat(20_000),
    '{"a":'.repeat(5000),
    Array.from({ length: 3000 }, (_, n) => `&Filter.${n}.Name=a`).join(''),
    `&${'A.1.'.repeat(3000)}=x`,
    '&Filter.99999999999.Name=a&Filter.-1.Name=b&Filter.1.1.1=c&Filter.Name=d',
    '&Action=DescribeVpcs&Action=DescribeSubnets&Version=1',
    '&__proto__.a=b&constructor.prototype.c=d',
  ),
  fc.string({ maxLength: 30 }),
);

/** Any damage that leaves the request one that the SDK can read the answer of. */
export function damages(): Arbitrary<Damage> {
  const position = fc.double({ min: 0, max: 1, noNaN: true });
  return fc.oneof(
    fc.tuple(position, junk).map(([where, text]) => ({
      when: 'before it is signed' as const,
      how: `with ${JSON.stringify(text.slice(0, 60))} put into its body at ${where}`,
      apply: (request: HttpRequest) => {
        const body = textOf(request.body);
        const at = Math.floor(body.length * where);
        setBody(request, body.slice(0, at) + text + body.slice(at));
      },
    })),
    fc.tuple(position, position).map(([from, to]) => ({
      when: 'before it is signed' as const,
      how: `without its body from ${from} to ${to}`,
      apply: (request: HttpRequest) => {
        const body = textOf(request.body);
        const [start, end] = [from, to].sort((a, b) => a - b).map((at) => at * body.length);
        setBody(request, body.slice(0, start) + body.slice(end));
      },
    })),
    junk.map((text) => ({
      when: 'before it is signed' as const,
      how: `with the body ${JSON.stringify(text.slice(0, 60))}`,
      apply: (request: HttpRequest) => setBody(request, text),
    })),
    fc.constantFrom(...forgeries),
  );
}

/** Lets every request of the client be damaged. */
export function addDamage(client: Client, damage: () => Damage | undefined): void {
  for (const [when, step] of [
    ['before it is signed', 'build'],
    ['after it is signed', 'finalizeRequest'],
  ] as const) {
    client.middlewareStack.add(
      (next) => async (args) => {
        const wanted = damage();
        if (wanted?.when === when) wanted.apply(args.request);
        return next(args);
      },
      { step, name: `damage ${when}`, priority: 'low' },
    );
  }
}

const forgeries: readonly Damage[] = [
  forgery('another body', (request) => setBody(request, `${textOf(request.body)} `)),
  forgery('another signature', ({ headers }) => {
    headers.authorization = (headers.authorization ?? '').replace(/.{8}$/, '00000000');
  }),
  forgery('a signature that is none', ({ headers }) => {
    headers.authorization = (headers.authorization ?? '').replace(/Signature=.*/, 'Signature=é\t=');
  }),
  forgery('no signed headers', ({ headers }) => {
    headers.authorization = (headers.authorization ?? '').replace(/SignedHeaders=[^,]*/, '');
  }),
  forgery('a date that is none', ({ headers }) => {
    headers['x-amz-date'] = '20260230T256199Z';
  }),
  forgery('a token that nobody gave', ({ headers }) => {
    headers['x-amz-security-token'] = 'x'.repeat(3000);
  }),
  forgery('another content type', ({ headers }) => {
    headers['content-type'] = 'multipart/form-data; boundary=';
  }),
];

function forgery(what: string, apply: Damage['apply']): Damage {
  return { when: 'after it is signed', how: `with ${what}`, apply };
}

function textOf(body: HttpRequest['body']): string {
  if (body instanceof Uint8Array) return new TextDecoder().decode(body);
  return body ?? '';
}

function setBody(request: HttpRequest, body: string): void {
  request.body = body;
  request.headers['content-length'] = String(Buffer.byteLength(body));
}
