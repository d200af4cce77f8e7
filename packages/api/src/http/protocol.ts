// What of HTTP itself is taken, beyond what Node refuses: which versions, hosts and forms of a
// target, and when a client is told to send its body.

import type { IncomingMessage, Server, ServerResponse } from 'node:http';

const headersTimeoutMs = 15_000;
/** Of the request in all, with its body. */
export const requestTimeoutMs = 30_000;

/** Options of Node's server. */
export const protocolOptions = {
  headersTimeout: headersTimeoutMs,
  requestTimeout: requestTimeoutMs,
  // How late a timeout may be noticed; Node would look every 30 s.
  connectionsCheckingInterval: 2_000,
  // Node's own answer to a request without `Host` is no problem document; `protocolFault` has ours.
  requireHostHeader: false,
  // Of two keys, types or hosts Node would take the first in silence. Joined, they are neither.
  joinDuplicateHeaders: true,
};

/** Says `100 Continue` only where the body is wanted, and passes over what else is expected. */
export function answerExpectations(server: Server): void {
  // Node would answer an unknown `Expect` with a bare 417; RFC 9110 lets us ignore it.
  server.on('checkExpectation', (request, response) => {
    server.emit('request', request, response);
  });
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    const { shouldKeepAlive } = response;
    // Who is refused before may send its body or not, so what comes next could be either.
    response.shouldKeepAlive = false;
    request.once('resume', () => {
      if (response.headersSent) return;
      response.shouldKeepAlive = shouldKeepAlive;
      response.writeContinue();
    });
    server.emit('request', request, response);
  });
}

/**
 * The target as origins have it: of a whole address, which RFC 9112 (3.2.2) has servers accept, the
 * path and the query. `*` becomes a path that nothing has.
 */
export function originForm({ url = '/' }: IncomingMessage): string {
  if (url.startsWith('/')) return url;
  const rest = url.replace(/^https?:\/\/[^/?#]*/i, '');
  return rest.startsWith('/') ? rest : `/${rest}`;
}

const oddHost = /[\s,/\\?#@]/;

/** What is wrong with a request that Node lets pass; null when nothing is. */
export function protocolFault({ httpVersion, headers }: IncomingMessage): string | null {
  const { host } = headers;
  if (httpVersion === '1.1') {
    return host === undefined || oddHost.test(host)
      ? 'A request of HTTP/1.1 takes one `Host` header, with a name or an address in it.'
      : null;
  }
  if (httpVersion !== '1.0') return 'This service speaks HTTP/1.1 and HTTP/1.0.';
  // A proxy may have taken the body to be of another length (RFC 9112, 6.1).
  return headers['transfer-encoding'] === undefined ? null : 'HTTP/1.0 has no Transfer-Encoding.';
}
