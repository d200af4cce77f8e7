// What one call works with: clients of AWS, the choice of what to connect, and one signal for all.
import { systemClock } from '../clock.ts';
import { openDeadline } from '../deadline.ts';
import { type AwsClients, openClients } from './clients.ts';
import { createNetwork } from './ec2-network.ts';
import type { Network } from './network.ts';
import { type AwsOptions, checkOptions, type ConnectionOptions } from './options.ts';
import { chooseTarget, type GrantsClient, type Target } from './target.ts';

export interface AwsSession {
  clients: AwsClients;
  network: Network;
  /** Aborts when the caller's does, or when the time is up. */
  signal: AbortSignal;
  remainingMs(): number;
  /** @throws the signal's reason when it aborts meanwhile */
  pause(ms: number): Promise<void>;
}

export interface Session extends AwsSession {
  target(): Promise<Target>;
}

interface Limits {
  signal?: AbortSignal | undefined;
  timeoutMs?: number | undefined;
}

/** Opens clients for `work`, and closes them however it ends. */
export function withSession<T>(
  client: GrantsClient,
  options: ConnectionOptions & Limits,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  checkOptions(options);
  return withAws(options, (session) => {
    const { network, signal } = session;
    const target = () => chooseTarget(client, network, { ...options, signal });
    return work({ ...session, target });
  });
}

/** The same for those who choose nothing of the service. */
export async function withAws<T>(
  options: AwsOptions & Limits,
  work: (session: AwsSession) => Promise<T>,
): Promise<T> {
  const clients = await openClients(options);
  const { signal, timeoutMs } = options;
  const call = { method: 'CONNECT', path: 'aws', attempts: 0 };
  const deadline = openDeadline(systemClock, call, { signal, timeoutMs });
  try {
    return await work({
      clients,
      network: createNetwork(clients.ec2, deadline.signal),
      signal: deadline.signal,
      remainingMs: () => deadline.remainingMs(),
      pause: (ms) => systemClock.sleep(ms, deadline.signal),
    });
  } finally {
    deadline.close();
    clients.close();
  }
}
