// What one call works with: clients of AWS, the choice of what to connect, and one signal for all.
import { systemClock } from '../clock.ts';
import { type Deadline, openDeadline } from '../deadline.ts';
import { type AwsClients, openClients } from './clients.ts';
import { createNetwork } from './ec2-network.ts';
import type { Network } from './network.ts';
import { checkOptions, type ConnectionOptions } from './options.ts';
import { chooseTarget, type GrantsClient, type Target } from './target.ts';

export interface Session {
  clients: AwsClients;
  network: Network;
  /** Aborts when the caller's does, or when the time is up. */
  signal: AbortSignal;
  remainingMs(): number;
  target(): Promise<Target>;
  /** @throws the signal's reason when it aborts meanwhile */
  pause(ms: number): Promise<void>;
}

/** Opens clients for `work`, and closes them however it ends. */
export async function withSession<T>(
  client: GrantsClient,
  options: ConnectionOptions & { timeoutMs?: number | undefined },
  work: (session: Session) => Promise<T>,
): Promise<T> {
  checkOptions(options);
  const clients = await openClients(options);
  const deadline = deadlineOf(options);
  const network = createNetwork(clients.ec2, deadline.signal);
  try {
    return await work({
      clients,
      network,
      signal: deadline.signal,
      remainingMs: () => deadline.remainingMs(),
      target: () => chooseTarget(client, network, { ...options, signal: deadline.signal }),
      pause: (ms) => systemClock.sleep(ms, deadline.signal),
    });
  } finally {
    deadline.close();
    clients.close();
  }
}

function deadlineOf(options: {
  signal?: AbortSignal | undefined;
  timeoutMs?: number | undefined;
}): Deadline {
  const call = { method: 'CONNECT', path: 'aws', attempts: 0 };
  const { signal, timeoutMs } = options;
  return openDeadline(systemClock, call, { signal, timeoutMs });
}
