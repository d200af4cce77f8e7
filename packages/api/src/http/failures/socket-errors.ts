// Answers what is not HTTP enough to become a request: garbage, too long headers, too slow senders.

import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { errorCatalogue, refuse } from '../../domain/errors.ts';
import { problemMediaType, toProblem } from '../problem.ts';

/** By Node's codes of `clientError`; the catalogue has one status for all of them. */
const details: Record<string, string> = {
  HPE_HEADER_OVERFLOW: 'The request line and the headers are too long together.',
  ERR_HTTP_REQUEST_TIMEOUT: 'The request did not arrive in time.',
};

/** A listener of `clientError`: one problem document straight to the socket, then the end. */
export function socketErrorHandler(makeRequestId: () => string) {
  return (error: Error & { code?: string }, socket: Socket): void => {
    // While an answer is on its way, anything more would land in the middle of it. Node's own
    // handler looks at the same member (lib/_http_server.js, `socketOnError`).
    const { _httpMessage } = socket as Socket & { _httpMessage?: ServerResponse | null };
    if (error.code === 'ECONNRESET' || !socket.writable || _httpMessage?.headersSent) {
      socket.destroy();
      return;
    }
    const detail = details[error.code ?? ''] ?? 'This is not valid HTTP/1.1.';
    socket.write(answer(detail, makeRequestId()));
    socket.destroySoon();
  };
}

function answer(detail: string, requestId: string): string {
  const problem = toProblem(refuse('invalid_request', detail), requestId, '');
  const body = JSON.stringify(problem);
  return [
    `HTTP/1.1 ${errorCatalogue.invalid_request.status} Bad Request`,
    'Connection: close',
    `Content-Type: ${problemMediaType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    '',
    body,
  ].join('\r\n');
}
