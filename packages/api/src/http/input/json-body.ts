// Parses the body of a request: JSON in UTF-8, or nothing.

import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refuse, type Refusal } from '../../domain/errors.ts';
import { repetition } from './field-errors.ts';
import { repeatedMember } from './repeated-member.ts';

type Done = (error: Error | null, body?: unknown) => void;
type Parse = (request: FastifyRequest, text: string, done: Done) => void;

/** Makes JSON the only kind of body. No body at all is `undefined`, whatever its Content-Type. */
export function acceptJsonBodies(app: FastifyInstance): void {
  // Fastify's own parser refuses keys such as `__proto__`, which JSON.parse would let through.
  const parse = app.getDefaultJsonParser('error', 'error') as Parse;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, bodyParser(parse));
}

function bodyParser(parse: Parse) {
  return (request: FastifyRequest, bytes: Buffer, done: Done): void => {
    if (isEncoded(request.headers)) {
      const detail = 'Bodies are taken as they are: send no Content-Encoding, nor one of transfer.';
      done(refuse('unsupported_media_type', detail));
    } else if (bytes.length === 0) {
      done(null, undefined);
    } else if (!isUtf8(bytes)) {
      done(refuse('invalid_json', 'The body is not encoded in UTF-8.'));
    } else {
      const text = bytes.toString('utf8');
      parse(request, text, (error, body) => {
        const refusal = error ? refuse('invalid_json', complaint(text)) : ambiguity(text);
        done(refusal, body);
      });
    }
  };
}

function isEncoded(headers: IncomingHttpHeaders): boolean {
  const { 'content-encoding': content = 'identity', 'transfer-encoding': transfer } = headers;
  // Node takes away the chunks, and nothing below them.
  return (
    content.toLowerCase() !== 'identity' || (transfer ?? 'chunked').toLowerCase() !== 'chunked'
  );
}

/** RFC 8259 leaves open what a name that is there twice means, so no guess is right. */
function ambiguity(text: string): Refusal | null {
  const pointer = repeatedMember(text);
  if (pointer === null) return null;
  const field = repetition(pointer);
  return refuse('invalid_request', `${field.detail}.`, { fields: [field] });
}

/** Where the text stops being JSON. V8's own words are not passed on: they repeat the text. */
function complaint(text: string): string {
  try {
    JSON.parse(text.replace(/^\ufeff/, ''));
    return 'The body has a key that is not taken, such as `__proto__` or `constructor`.';
  } catch (error) {
    const { message } = error as SyntaxError;
    if (message.startsWith('Unexpected end')) return 'The body ends before its JSON does.';
    const [, place] = /\((line \d+ column \d+)\)$/.exec(message) ?? [];
    return `The body is not valid JSON${place === undefined ? '' : ` at ${place}`}.`;
  }
}
