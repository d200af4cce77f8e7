// Answers what is not HTTP enough to become a request: garbage, too long headers, too slow senders.

import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { refuse, type ErrorCode, type Refusal } from '../../domain/errors.ts';
import { problemMediaType, toProblem } from '../problem.ts';

/** By Node's codes of `clientError`. */
const known: Record<string, [ErrorCode, string]> = {
  HPE_HEADER_OVERFLOW: [
    'headers_too_large',
    'The request line and the headers are too long together.',
  ],
  ERR_HTTP_REQUEST_TIMEOUT: ['request_timeout', 'The request did not arrive in time.'],
};
const noHttp: [ErrorCode, string] = ['invalid_request', 'This is not valid HTTP/1.1.'];

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
    const refusal = refuse(...(known[error.code ?? ''] ?? noHttp));
    socket.write(answer(refusal, makeRequestId()));
    socket.destroySoon();
  };
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
