// Where the service listens, and what to change when it cannot.

import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Config } from './config.ts';

type Place = Pick<Config, 'host' | 'port'>;

/** @throws Error that says which setting to change */
export async function listen(config: Place, server: FastifyInstance): Promise<string> {
  try {
    return await listenAt(config, server);
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new Error(whyNotListening(config, code), { cause: error });
  }
}

function whyNotListening({ host, port }: Place, code: string): string {
  if (code === 'EADDRINUSE') {
    return `Port ${port} of ${host} is in use. Stop what uses it, or set PORT to another.`;
  }
  if (code === 'EACCES') {
    return `This user may not listen on port ${port}. Set PORT to one above 1023.`;
  }
  return `Cannot listen on ${host} (${code}). Set SALLYPORT_HOST to an address of this machine.`;
}

/** A host that is every address is told as the loopback one, which a person here can open. */
async function listenAt(config: Place, server: FastifyInstance): Promise<string> {
  await server.listen({ host: config.host, port: config.port });
  const { port } = server.server.address() as AddressInfo;
  const everywhere = config.host === '0.0.0.0' || config.host === '::';
  return `http://${everywhere ? '127.0.0.1' : config.host}:${port}`;
}
