// Whether a TCP connection to an address comes about, and how long that takes.
import type { TcpObservation } from '../../generated/types.ts';

export async function probeTcp(
  address: string,
  port: number,
  timeoutMs: number,
): Promise<TcpObservation> {
  const { connect } = await import('node:net');
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    const end = (outcome: TcpObservation['outcome'], latencyMs: number | null = null) => {
      socket.destroy();
      resolve({ address, port, outcome, latency_ms: latencyMs });
    };
    socket.setTimeout(timeoutMs, () => end('timed_out'));
    socket.once('connect', () => end('connected', Math.round(performance.now() - startedAt)));
    socket.once('error', ({ code }: NodeJS.ErrnoException) =>
      end(outcomes[code ?? ''] ?? 'failed'),
    );
  });
}

const outcomes: Record<string, string> = {
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timed_out',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
};
