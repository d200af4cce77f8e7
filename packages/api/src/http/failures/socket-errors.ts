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
  /** Which end with the answers that are running, whatever else comes. */
  const ending = new WeakSet<Socket>();
  return (error: Error & { code?: string }, socket: HttpSocket): void => {
    const isGone = error.code === 'ECONNRESET' || !socket.writable;
    if (!isGone && servesEarlier(socket)) {
      if (!ending.has(socket)) endAfterAnswers(socket);
      ending.add(socket);
    } else if (isGone || isAnswered(socket)) {
      socket.destroy();
    } else {
      const refusal = refuse(...(known[error.code ?? ''] ?? noHttp));
      socket.write(answer(refusal, makeRequestId()));
      socket.destroySoon();
    }
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
interface HttpSocket extends Socket {
  /** The answer that is to be sent. */
  _httpMessage?: ServerResponse | null;
  parser?: { incoming?: IncomingMessage | null } | null;
}

/** Whether an answer is running that is none to what is broken, but to a request before it. */
function servesEarlier(socket: HttpSocket): boolean {
  return Boolean(socket._httpMessage) && socket._httpMessage!.req !== brokenBody(socket);
}

/** Whether what is broken has its answer, or a part of it, which another one would run into. */
function isAnswered(socket: HttpSocket): boolean {
  return socket._httpMessage?.headersSent ?? brokenBody(socket) !== null;
}

/** The request whose body is broken; null when it is the head of one. */
function brokenBody({ parser }: HttpSocket): IncomingMessage | null {
  return parser?.incoming?.complete === false ? parser.incoming : null;
}

/** What has been taken may be done already, so whoever asked for it has to learn that. */
function endAfterAnswers(socket: HttpSocket): void {
  const { _httpMessage: answering } = socket;
  if (answering) answering.once('finish', () => endAfterAnswers(socket));
  else socket.destroySoon();
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
