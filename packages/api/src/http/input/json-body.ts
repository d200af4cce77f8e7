// Parses the body of a request: JSON in UTF-8, or nothing.

import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refuse } from '../../domain/errors.ts';

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
    const encoding = request.headers['content-encoding'] ?? 'identity';
    if (encoding.toLowerCase() !== 'identity') {
      const detail = 'Bodies are taken as they are: send no Content-Encoding.';
      done(refuse('unsupported_media_type', detail));
    } else if (bytes.length === 0) {
      done(null, undefined);
    } else if (!isUtf8(bytes)) {
      done(refuse('invalid_json', 'The body is not encoded in UTF-8.'));
    } else {
      parse(request, bytes.toString('utf8'), done);
    }
  };
}
