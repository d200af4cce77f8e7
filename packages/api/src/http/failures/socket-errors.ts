// Answers what is not HTTP enough to become a request: garbage, too long headers, too slow senders.

import { STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { refuse, type ErrorCode, type Refusal } from '../../domain/errors.ts';
import { problemMediaType, toProblem } from '../problem.ts';

/** By Node's codes of `clientError`. */
const known: Record<string, [ErrorCode, string]> = {
  HPE_HEADER_OVERFLOW: [
    'headers_too_large',
    'The request line and the headers are too long together.',
  ],
  ERR_HTTP_REQUEST_TIMEOUT: ['request_timeout', 'The request did not arrive in time.'],
  ...invalid('HTTP has no method of this name, or this is no HTTP.', ['HPE_INVALID_METHOD']),
  ...invalid('This service speaks HTTP/1.1 and HTTP/1.0.', ['HPE_INVALID_VERSION']),
  ...invalid('The request ends before it is whole.', ['HPE_INVALID_EOF_STATE']),
  ...invalid('A chunk of the body is malformed.', [
    'HPE_INVALID_CHUNK_SIZE',
    'HPE_CHUNK_EXTENSIONS_OVERFLOW',
  ]),
  ...invalid('A body has one length: of one Content-Length, or of its chunks.', [
    'HPE_INVALID_CONTENT_LENGTH',
    'HPE_UNEXPECTED_CONTENT_LENGTH',
    'HPE_INVALID_TRANSFER_ENCODING',
  ]),
};
const noHttp: [ErrorCode, string] = ['invalid_request', 'This is not valid HTTP/1.1.'];

function invalid(detail: string, codes: string[]): Record<string, [ErrorCode, string]> {
  return Object.fromEntries(codes.map((code) => [code, ['invalid_request', detail]]));
}

/** A listener of `clientError`: one problem document straight to the socket, then the end. */
export function socketErrorHandler(makeRequestId: () => string) {
  return (error: Error & { code?: string }, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || !socket.writable || isAnswered(socket)) {
      socket.destroy();
      return;
    }
    const refusal = refuse(...(known[error.code ?? ''] ?? noHttp));
    socket.write(answer(refusal, makeRequestId()));
    socket.destroySoon();
  };
}

/** Answers CONNECT, which Node would hang up on without a word. */
export function refuseTunnels(server: Server, makeRequestId: () => string): void {
  server.on('connect', (_: IncomingMessage, socket: Duplex) => {
    socket.on('error', () => socket.destroy());
    const refusal = refuse('invalid_request', 'CONNECT is for proxies, and this service is none.');
    socket.end(answer(refusal, makeRequestId()));
  });
}

/** Members of Node's sockets that its own handler looks at (lib/_http_server.js). */
interface HttpSocket {
  /** The answer that is to be sent. */
  _httpMessage?: ServerResponse | null;
  parser?: { incoming?: IncomingMessage | null } | null;
}

/**
 * Whether the request has its answer, or a part of it: another one would land in its middle, or be
 * taken for that of the next request.
 */
function isAnswered(socket: Socket): boolean {
  const { _httpMessage: answering, parser } = socket as HttpSocket;
  const isInBody = parser?.incoming?.complete === false;
  return answering ? answering.headersSent : isInBody;
}

function answer(refusal: Refusal, requestId: string): string {
  const problem = toProblem(refusal, requestId, '');
  const body = JSON.stringify(problem);
  return [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'Connection: close',
    `Content-Type: ${problemMediaType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    '',
    body,
  ].join('\r\n');
}
