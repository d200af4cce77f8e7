// Stands between a tool and the simulated AWS: notes each call, in order, and answers what only a
// tool asks and no part of the simulated world is about.

import {
  createServer,
  request as open,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

export interface Proxy {
  url: string;
  /** The actions of EC2 and STS, as `CreateVpcEndpoint`, and what else was called by its path. */
  calls: string[];
  close(): Promise<void>;
}

/** @param answers bodies by action: an answer of EC2 in XML that does not reach the simulator */
export async function openProxy(target: string, answers: Record<string, string>): Promise<Proxy> {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    void serve(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat((await request.toArray()) as Buffer[]);
    const action = new URLSearchParams(body.toString()).get('Action') ?? '';
    calls.push(action === '' ? `${request.method} ${request.url}` : action);
    const answer = answers[action];
    if (answer !== undefined) {
      response.writeHead(200, { 'content-type': 'text/xml', 'x-amzn-requestid': 'proxy' });
      response.end(answer);
      return;
    }
    // The headers as they are: the signature is over the host that the tool has called.
    const { method, url, headers } = request;
    const forwarded = open(new URL(url!, target), { method, headers, agent: false });
    forwarded.end(body);
    const [given] = (await once(forwarded, 'response')) as [IncomingMessage];
    response.writeHead(given.statusCode!, given.headers);
    given.pipe(response);
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
