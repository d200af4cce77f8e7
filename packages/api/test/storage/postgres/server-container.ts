// Finds an image of PostgreSQL 15 that is already here, and runs it. It never pulls one.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { GenericContainer, getContainerRuntimeClient, ImageName } from 'testcontainers';
import { openDatabase } from '../../../src/storage/postgres/database.ts';
import type { Database } from '../../../src/storage/postgres/database.ts';

export interface ServerContainer {
  /** For the superuser. */
  connectionString: string;
  /** Stops its processes where they are, until `unpause`: connections stay open and say nothing. */
  pause(): Promise<void>;
  unpause(): Promise<void>;
  stop(): Promise<void>;
}

/** An image, or the reason why there is none. */
export interface ServerImage {
  image?: string;
  reason?: string;
}

const images = ['sallyport-postgres:15', 'postgres:15', 'postgres:15-alpine'];

export async function findServerImage(): Promise<ServerImage> {
  if (process.platform !== 'linux') return { reason: 'containers share our network on Linux only' };
  // The container that removes leftovers is an image of its own, which may not be here.
  process.env['TESTCONTAINERS_RYUK_DISABLED'] = 'true';
  // Else it looks for the bridge, which an engine in a sandbox may not have.
  process.env['TESTCONTAINERS_HOST_OVERRIDE'] = '127.0.0.1';
  const client = await getContainerRuntimeClient().catch(() => undefined);
  if (!client) return { reason: 'no container engine runs here' };
  for (const image of images) {
    if (await client.image.exists(ImageName.fromString(image))) return { image };
  }
  return { reason: `none of the images ${images.join(', ')} is here` };
}

/** On the host's network, listening on loopback: it needs neither a bridge nor a packet filter. */
export async function startServerContainer(image: string): Promise<ServerContainer> {
  const port = await findFreePort();
  const password = randomBytes(16).toString('hex');
  const container = await new GenericContainer(image)
    .withNetworkMode('host')
    .withEnvironment({ POSTGRES_USER: 'admin', POSTGRES_PASSWORD: password, POSTGRES_DB: 'admin' })
    .withCommand(['-c', `port=${port}`, '-c', 'listen_addresses=127.0.0.1'])
    .start();
  const connectionString = `postgresql://admin:${password}@127.0.0.1:${port}/admin`;
  try {
    await waitUntilReady(connectionString);
  } catch (error) {
    await container.stop();
    throw error;
  }
  const engine = await getContainerRuntimeClient();
  const raw = engine.container.getById(container.getId());
  return {
    connectionString,
    pause: async () => {
      await raw.pause();
    },
    unpause: async () => {
      await raw.unpause();
    },
    stop: async () => {
      await container.stop();
    },
  };
}

const readyTimeoutMs = 30_000;

async function waitUntilReady(connectionString: string): Promise<void> {
  const db = openDatabase({ connectionString, poolSize: 1 });
  const deadline = performance.now() + readyTimeoutMs;
  try {
    while (!(await isReady(db))) {
      if (performance.now() > deadline) throw new Error('The container did not get ready.');
      await delay(50);
    }
  } finally {
    await db.close();
  }
}

async function isReady(db: Database): Promise<boolean> {
  return db.ping().then(
    () => true,
    () => false,
  );
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
