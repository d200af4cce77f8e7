// Where the service listens, and what to change when it cannot.

import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Config } from './config.ts';

type Place = Pick<Config, 'host' | 'port'>;

/**
 * @param setting the one that has the port
 * @throws Error that says which setting to change
 */
export async function listen(
  config: Place,
  server: FastifyInstance,
  setting = 'PORT',
): Promise<string> {
  try {
    return await listenAt(config, server);
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new Error(whyNotListening(config, setting, code), { cause: error });
  }
}

function whyNotListening({ host, port }: Place, setting: string, code: string): string {
  if (code === 'EADDRINUSE') {
    return `Port ${port} of ${host} is in use. Stop what uses it, or set ${setting} to another.`;
  }
  if (code === 'EACCES') {
    return `This user may not listen on port ${port}. Set ${setting} to one above 1023.`;
  }
  const setter = setting === 'PORT' ? 'SALLYPORT_HOST' : setting.replace(/PORT$/, 'HOST');
  return `Cannot listen on ${host} (${code}). Set ${setter} to an address of this machine.`;
}

/** A host that is every address is told as the loopback one, which a person here can open. */
async function listenAt(config: Place, server: FastifyInstance): Promise<string> {
  await server.listen({ host: config.host, port: config.port });
  const { port } = server.server.address() as AddressInfo;
  const everywhere = config.host === '0.0.0.0' || config.host === '::';
  return `http://${everywhere ? '127.0.0.1' : config.host}:${port}`;
}
