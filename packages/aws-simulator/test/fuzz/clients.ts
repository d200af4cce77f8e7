// The real SDK client of every simulated service, whichever there are: the catalog says what is
// simulated, and the SDK packages that the simulator depends on say how it is spoken to.

import { readFileSync } from 'node:fs';
import { type Simulator, startSimulator } from '../../src/index.ts';
import { operationsOf } from '../../src/protocols/schema.ts';
import type { ServiceName } from '../../src/services/service.ts';
import { rootKeys } from '../lab.ts';

/** What is used of an SDK client, whatever its service. */
export interface Client {
  readonly config: { systemClockOffset: number };
  readonly middlewareStack: {
    add(middleware: Middleware, options: { step: string; name: string; priority: string }): void;
  };
  send(command: object): Promise<Record<string, unknown>>;
  destroy(): void;
}

export type Next = (args: { request: HttpRequest }) => Promise<unknown>;
export type Middleware = (next: Next) => Next;

export interface HttpRequest {
  method: string;
  path: string;
  body?: string | Uint8Array | undefined;
  headers: Record<string, string>;
}

export interface Sdk {
  /** Everything that the client's package exports. */
  readonly module: Readonly<Record<string, unknown>>;
  createClient(config: object): Client;
  /** The command of an operation with an input. */
  command(operation: string, input: object): object;
}

export interface FuzzLab {
  readonly simulator: Simulator;
  readonly sdks: ReadonlyMap<ServiceName, Sdk>;
  advance(ms: number): void;
  as(account: string, service: ServiceName, region?: string): Client;
  /** A client that nobody else has, to be changed as one likes. */
  fresh(account: string, service: ServiceName): Client;
  /** Lets go of a client, so that the next caller gets another one. */
  drop(client: Client): void;
  close(): Promise<void>;
}

type Constructor<T> = new (input: object) => T;

/** A simulator on the default world with a clock that stands still until it is advanced. */
export async function openFuzzLab(seed: number): Promise<FuzzLab> {
  let time = Date.now();
  const simulator = await startSimulator({ clock: () => new Date(time), seed });
  const sdks = await simulatedSdks(simulator);
  const clients: Client[] = [];
  const known = new Map<string, Client>();
  const setClock = (client: Client) => {
    client.config.systemClockOffset = time - Date.now();
  };
  const create = (account: string, service: ServiceName, region = 'us-east-1') => {
    const client = (sdks.get(service) as Sdk).createClient({
      endpoint: simulator.endpoint,
      region,
      credentials: rootKeys(account),
      maxAttempts: 1,
      // A queue's URL is an input like any other, and must not say where the request goes.
      useQueueUrlAsEndpoint: false,
    });
    setClock(client);
    clients.push(client);
    return client;
  };
  return {
    simulator,
    sdks,
    advance: (ms) => {
      time += ms;
      clients.forEach(setClock);
    },
    as: (account, service, region = 'us-east-1') => {
      const key = `${account} ${service} ${region}`;
      const client = known.get(key) ?? create(account, service, region);
      known.set(key, client);
      return client;
    },
    fresh: (account, service) => create(account, service),
    drop: (client) => {
      for (const [key, one] of known) if (one === client) known.delete(key);
    },
    close: async () => {
      for (const client of clients) client.destroy();
      await simulator.close();
    },
  };
}

/** @throws Error when a simulated service has no SDK package among the dependencies. */
async function simulatedSdks({ simulation }: Simulator): Promise<Map<ServiceName, Sdk>> {
  const sdks = new Map<ServiceName, Sdk>();
  const modules = await clientModules();
  for (const [name, { model }] of Object.entries(simulation.catalog)) {
    const wanted = [...model.keys()].sort().join();
    const module = modules.find((one) => [...operationsOf(one).keys()].sort().join() === wanted);
    if (!module) throw new Error(`No dependency of the simulator is the SDK client of ${name}`);
    sdks.set(name as ServiceName, sdkOf(module));
  }
  return sdks;
}

async function clientModules(): Promise<Record<string, unknown>[]> {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const { dependencies } = JSON.parse(manifest) as { dependencies: Record<string, string> };
  const names = Object.keys(dependencies).filter((name) => name.startsWith('@aws-sdk/client-'));
  // Resolved from the package that depends on them.
  const from = import.meta.resolve('../../src/index.ts');
  return Promise.all(
    names.map(async (name) => (await import(import.meta.resolve(name, from))) as object),
  ) as Promise<Record<string, unknown>[]>;
}

function sdkOf(module: Record<string, unknown>): Sdk {
  const name = Object.keys(module).find((one) => /^[A-Z].*Client$/.test(one)) ?? '';
  const ClientClass = module[name] as Constructor<Client>;
  return {
    module,
    createClient: (config) => new ClientClass(config),
    command: (operation, input) =>
      new (module[`${operation}Command`] as Constructor<object>)(input),
  };
}
