// The sockets of a connection pool, where a server that stands still, or has forgotten them, makes
// `pg` wait for ever.

import { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import type { SilenceWatch } from './silence.ts';

export function openSocket(sockets: Set<Socket>): Socket {
  const socket = new Socket();
  sockets.add(socket);
  socket.once('close', () => sockets.delete(socket));
  return socket;
}

/**
 * Connections that were tried while the server was silent may never come, and would take the places
 * of others until their time is over.
 */
export function dropUnheard(sockets: Set<Socket>): void {
  for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
}

/** Without a goodbye, which would wait for the server to hang up too. */
export function hangUp(client: PoolClient): void {
  streamOf(client).destroy();
  client.release(true);
}

/** Has what is sent from here until nothing more is to be done at once go out in one piece. */
export function sendTogether(client: PoolClient): void {
  const stream = streamOf(client);
  if (stream.writableCorked > 0) return;
  stream.cork();
  process.nextTick(() => stream.uncork());
}

/** The types of `pg` do not tell of it. */
function streamOf(client: PoolClient): Socket {
  return (client as PoolClient & { connection: { stream: Socket } }).connection.stream;
}

/** How long a server may take to hang up, too, when it is told goodbye. */
const goodbyeMs = 2_000;

/**
 * Waits for what is running. A server that stands still, or has forgotten a connection, never hangs
 * up: it would keep us for ever.
 */
export async function closePool(
  { pool, watch }: { pool: Pool; watch: SilenceWatch },
  sockets: Set<Socket>,
): Promise<void> {
  const ending = pool.end();
  const closing = [...sockets].map((socket) => new Promise((done) => socket.once('close', done)));
  const over = new AbortController();
  try {
    await watch.during(ending);
    await Promise.race([Promise.all(closing), goodbye(over.signal)]);
  } catch {
    // It is silent.
  }
  over.abort();
  for (const socket of sockets) socket.destroy();
  await ending;
}

function goodbye(signal: AbortSignal): Promise<void> {
  return pause(goodbyeMs, undefined, { signal }).catch(() => {});
}
