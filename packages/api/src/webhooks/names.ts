// What addresses a name stands for, by DNS itself. The look-up of the system keeps one of the few
// threads that look up names for AWS too for as long as a silent server likes, and cannot be given
// up; whoever has a webhook can have such a server.

import { Resolver, type LookupAddress } from 'node:dns';

export type Resolve = (
  hostname: string,
  done: (error: Error | null, addresses: LookupAddress[]) => void,
  signal: AbortSignal,
) => void;

/** Of one query, in milliseconds, and how often it is sent to each server. */
const query = { timeout: 2_000, tries: 2 };

/** @param servers `192.0.2.1:53`; those of the system unless given */
export function createResolve(servers: readonly string[] = []): Resolve {
  return (hostname, done, signal) => {
    // One for each name, as the servers of the system change.
    const resolver = new Resolver(query);
    if (servers.length > 0) resolver.setServers(servers);
    // What nobody waits for any more would keep the process for as long as servers are silent.
    signal.addEventListener('abort', () => resolver.cancel(), { once: true });
    const answers: (LookupAddress[] | Error)[] = [];
    const take = (family: 4 | 6) => (error: Error | null, found: string[]) => {
      answers.push(error ?? found.map((address) => ({ address, family })));
      if (answers.length < 2) return;
      const addresses = answers.flatMap((answer) => (answer instanceof Error ? [] : answer));
      const failed = answers.find((answer) => answer instanceof Error);
      done(addresses.length > 0 ? null : (failed ?? null), addresses);
    };
    resolver.resolve4(hostname, take(4));
    resolver.resolve6(hostname, take(6));
  };
}
