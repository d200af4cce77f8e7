// Requests as bytes, for what no client would send.

import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Sends raw bytes, and gives all that comes back until the server hangs up.
 * @param drop what is sent after that, once a second
 */
export async function speak(app: FastifyInstance, text: string, drop?: string): Promise<string> {
  const socket = connect(await portOf(app), '127.0.0.1');
  socket.setEncoding('utf8');
  socket.on('error', () => {});
  let answer = '';
  socket.on('data', (chunk) => (answer += String(chunk)));
  socket.write(text);
  const dripping = drop === undefined ? undefined : setInterval(() => socket.write(drop), 1_000);
  await once(socket, 'close');
  clearInterval(dripping);
  return answer;
}

export async function portOf(app: FastifyInstance): Promise<number> {
  if (!app.server.listening) await app.listen({ port: 0, host: '127.0.0.1' });
  return (app.server.address() as AddressInfo).port;
}

/** One answer, taken apart. */
export function parse(text: string) {
  const [head, body] = text.split('\r\n\r\n');
  const [line, ...lines] = head!.split('\r\n');
  const headers = Object.fromEntries(
    lines.map((header) => [header.split(': ')[0]!.toLowerCase(), header.split(': ')[1]]),
  );
  return {
    status: Number(line!.split(' ')[1]),
    headers,
    body: body ? (JSON.parse(body) as unknown) : undefined,
  };
}
