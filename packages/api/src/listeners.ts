// Where the process listens: for everybody, and for customers alone on a port of their own, so that
// a network lets in to each whom it is for. Metrics have theirs in metrics-listener.ts.

import { readFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import type { Config } from './config.ts';
import { bindings } from './http/generated/bindings.ts';
import { forCustomers } from './http/public-contract.ts';
import { createServer, type ServerOptions } from './http/server.ts';
import type { Spec } from './http/spec.ts';
import { listen } from './listening.ts';

export interface Listeners {
  /**
   * Begins to listen at each.
   * @throws Error that says which setting to change
   */
  listen(): Promise<Addresses>;
  close(): Promise<void>;
}

export interface Addresses {
  /** `http://127.0.0.1:8080`. */
  main: string;
  /** Of the listener for customers alone; null when there is none. */
  open: string | null;
}

export type Serving = Omit<ServerOptions, 'spec' | 'bindings' | 'trustProxy' | 'docs'>;

export async function createListeners(config: Config, serving: Serving): Promise<Listeners> {
  const { access, role } = config;
  const text = await readFile(new URL('../openapi.json', import.meta.url), 'utf8');
  const spec = JSON.parse(text) as Spec;
  // A worker answers whether it is alive, and nothing else.
  const docs = role !== 'worker';
  const all = docs ? { spec, bindings } : { spec: { ...spec, paths: {} }, bindings: {} };
  const serve = (contract: Pick<ServerOptions, 'spec' | 'bindings'>): FastifyInstance =>
    createServer({ ...serving, ...contract, trustProxy: access.trustedProxies, docs });
  const main = serve(all);
  const open = docs && access.public ? serve(forCustomers(all)) : null;
  return {
    listen: async () => ({
      main: await listen(config, main),
      open: open && (await listen(access.public!, open, 'SALLYPORT_PUBLIC_PORT')),
    }),
    close: async () => {
      await Promise.all([main.close(), open?.close()]);
    },
  };
}
