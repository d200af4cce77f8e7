// Asks the name servers that public DNS delegates a domain to, each by itself, what TXT values they
// have: what AWS's verification will see, and not what some cache remembers. It throws nothing and
// ends soon: a server that does not answer is unknown.

import { Resolver } from 'node:dns/promises';
import { isIPv6 } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Answer } from '../domain/sighting.ts';

export interface NameServers {
  /** One answer for each server; one that tells why, when the servers cannot be found. */
  ask(recordName: string, signal: AbortSignal): Promise<Answer[]>;
}

export interface NameServersOptions {
  /** Resolvers that are asked where the servers are, `192.0.2.1:53`; empty for the system's. */
  resolvers: readonly string[];
  /** The port of the servers themselves. */
  port?: number;
  /** How long a whole question may take, in milliseconds. */
  patienceMs?: number;
}

/** Of one query, and how often it is sent. */
const query = { timeout: 1_500, tries: 2 };
const usualPatienceMs = 5_000;
/** A domain has between two and a handful; more tell nothing new. */
const serversMax = 8;

export function createNameServers(options: NameServersOptions): NameServers {
  return {
    ask: async (recordName, signal) => {
      const question = new Question(options);
      const over = new AbortController();
      const timer = pause(options.patienceMs ?? usualPatienceMs, undefined, {
        signal: AbortSignal.any([over.signal, signal]),
      }).catch(() => undefined);
      try {
        const late = timer.then(() => question.answersSoFar('It took too long.'));
        return await Promise.race([question.ask(recordName), late]);
      } finally {
        over.abort();
        question.cancel();
      }
    },
  };
}

interface Server {
  host: string;
  address: string;
}

class Question {
  readonly #options: NameServersOptions;
  readonly #resolvers: Resolver[] = [];
  readonly #answers = new Map<string, Answer>();

  constructor(options: NameServersOptions) {
    this.#options = options;
  }

  async ask(recordName: string): Promise<Answer[]> {
    const resolver = this.#resolver(this.#options.resolvers);
    let servers: Server[];
    try {
      servers = await findServers(resolver, recordName);
    } catch (error) {
      return [nowhere(codeOf(error))];
    }
    for (const server of servers) {
      this.#answers.set(placeOf(server), unknown(placeOf(server), 'It took too long.'));
    }
    await Promise.all(servers.map((server) => this.#askServer(server, recordName)));
    return this.answersSoFar('No name server was found.');
  }

  /** What is known when the time is over. */
  answersSoFar(otherwise: string): Answer[] {
    return this.#answers.size > 0 ? [...this.#answers.values()] : [nowhere(otherwise)];
  }

  cancel(): void {
    for (const resolver of this.#resolvers) resolver.cancel();
  }

  async #askServer(server: Server, recordName: string): Promise<void> {
    const { address } = server;
    const { port = 53 } = this.#options;
    const where = placeOf(server);
    const resolver = this.#resolver([
      isIPv6(address) ? `[${address}]:${port}` : `${address}:${port}`,
    ]);
    this.#answers.set(where, await txtOf(resolver, where, recordName));
  }

  #resolver(servers: readonly string[]): Resolver {
    const resolver = new Resolver(query);
    if (servers.length > 0) resolver.setServers([...servers]);
    this.#resolvers.push(resolver);
    return resolver;
  }
}

async function txtOf(resolver: Resolver, where: string, recordName: string): Promise<Answer> {
  try {
    const records = await resolver.resolveTxt(recordName);
    return { where, values: records.map((strings) => strings.join('')), problem: null };
  } catch (error) {
    const code = codeOf(error);
    return saysNone(code) ? { where, values: [], problem: null } : unknown(where, code);
  }
}

/** The servers of the nearest domain above the record that has any. @throws what the last said */
async function findServers(resolver: Resolver, recordName: string): Promise<Server[]> {
  const labels = recordName.split('.');
  for (let from = 1; from < labels.length - 1; from++) {
    const hosts = await unlessNone(resolver.resolveNs(labels.slice(from).join('.')));
    if (hosts.length > 0) return addressesOf(resolver, hosts.toSorted().slice(0, serversMax));
  }
  return [];
}

async function addressesOf(resolver: Resolver, hosts: string[]): Promise<Server[]> {
  const found = await Promise.all(
    hosts.map(async (host) => {
      // One address of each server: its others lead to the same data.
      const four = await unlessNone(resolver.resolve4(host));
      const addresses = four.length > 0 ? four : await unlessNone(resolver.resolve6(host));
      return addresses.slice(0, 1).map((address) => ({ host, address }));
    }),
  );
  return found.flat();
}

async function unlessNone(question: Promise<string[]>): Promise<string[]> {
  try {
    return await question;
  } catch (error) {
    if (saysNone(codeOf(error))) return [];
    throw error;
  }
}

/** There is no such name, or no such record of it. */
function saysNone(code: string): boolean {
  return code === 'ENOTFOUND' || code === 'ENODATA';
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}

function placeOf({ host, address }: Server): string {
  return `${host} (${address})`;
}

function nowhere(problem: string): Answer {
  return unknown('the name servers of the domain', problem);
}

function unknown(where: string, problem: string): Answer {
  return { where, values: null, problem };
}
