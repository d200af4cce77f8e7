// What the resolver of this machine says of a name, asked as clients ask it.
import type { DnsObservation } from '../../generated/types.ts';

export async function probeDns(name: string, timeoutMs: number): Promise<DnsObservation> {
  const { lookup } = await import('node:dns/promises');
  const answer = (outcome: DnsObservation['outcome'], addresses: string[] = []) => ({
    name,
    outcome,
    addresses,
    // That of the system, whichever it is: clients ask the system, too.
    resolver: null,
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, timeoutMs, 'late');
  });
  try {
    const found = await Promise.race([lookup(name, { all: true }), late]);
    if (found === 'late') return answer('timed_out');
    const addresses = [...new Set(found.map(({ address }) => address))].slice(0, MOST_ADDRESSES);
    return answer('answered', addresses);
  } catch (error) {
    return answer(outcomes[(error as NodeJS.ErrnoException).code ?? ''] ?? 'failed');
  } finally {
    clearTimeout(timer);
  }
}

/** As many as a report may have. */
const MOST_ADDRESSES = 20;

/** `getaddrinfo` tells a name without addresses not from one that is not there. */
const outcomes: Record<string, DnsObservation['outcome']> = {
  ENOTFOUND: 'no_such_name',
  ENODATA: 'no_answer',
  EAI_AGAIN: 'timed_out',
  ETIMEDOUT: 'timed_out',
};
