// A TCP way to a server that can fall silent: connections stay open and carry nothing any more, as
// after a cable is pulled.
import { createConnection, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { once } from 'node:events';

export interface SilentProxy {
  connectionString: string;
  /** From now on no byte passes, in old connections or in new ones. */
  silence(): void;
  /** New connections work again; the silent ones stay silent. */
  listenAgain(): void;
  close(): Promise<void>;
}

/** Stands before the server of a connection string, by its socket or its address. */
export async function startSilentProxy(target: string): Promise<SilentProxy> {
  const url = new URL(target);
  const sockets = new Set<Socket>();
  let isSilent = false;
  // Half open, as a silent end does not hang up either.
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const upstream = connectTo(url);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {});
    }
    forward(client, upstream);
    forward(upstream, client);
    if (isSilent) hush(client, upstream);
  });

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const credentials = url.password === '' ? url.username : `${url.username}:${url.password}`;
  return {
    connectionString: `postgresql://${credentials}@127.0.0.1:${port}${url.pathname}`,
    silence: () => {
      isSilent = true;
      hush(...sockets);
    },
    listenAgain: () => {
      isSilent = false;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function connectTo(url: URL): Socket {
  const host = decodeURIComponent(url.hostname);
  if (host.startsWith('/')) return createConnection(`${host}/.s.PGSQL.${url.port || '5432'}`);
  return createConnection(Number(url.port || '5432'), host);
}

function forward(from: Socket, to: Socket): void {
  from.on('data', (bytes) => to.write(bytes));
  from.on('end', () => to.end());
}

function hush(...sockets: Socket[]): void {
  for (const socket of sockets)
    socket.removeAllListeners('data').removeAllListeners('end').resume();
}
