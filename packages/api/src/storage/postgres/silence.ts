// Tells a server that says nothing from a statement that takes its time: whoever waits for long has
// the server asked over a connection of its own, and is told when that has no answer either.
import { Client, DatabaseError } from 'pg';

export interface SilenceWatch {
  /**
   * Settles as the work does, or throws when the server is found to be silent meanwhile. The work
   * itself goes on.
   */
  during<Result>(work: Promise<Result>): Promise<Result>;
  /** Settles at once, unless the server was silent when it was last asked: then it is asked. */
  untilHeard(): Promise<void>;
  /** How often it was found to be silent. */
  silences(): number;
}

export interface SilenceWatchOptions {
  connectionString: string;
  /** Milliseconds to wait before the server is asked. */
  patienceMs: number;
  onSilence: () => void;
}

/** How much longer than the wait before it the question may take. */
const probeFactor = 5 / 3;

export function createSilenceWatch(options: SilenceWatchOptions): SilenceWatch {
  const { patienceMs, onSilence } = options;
  const waiting = new Set<Waiting>();
  let timer: NodeJS.Timeout | null = null;
  let asking: Promise<void> | null = null;
  let isSilent = false;
  let silences = 0;
  // All who wait share one question.
  const ask = () => {
    asking ??= probe(options)
      .then(
        () => {
          isSilent = false;
        },
        (error: unknown) => {
          isSilent = true;
          silences += 1;
          onSilence();
          throw error;
        },
      )
      .finally(() => {
        asking = null;
      });
    return asking;
  };
  return {
    silences: () => silences,
    untilHeard: async () => {
      if (isSilent) await ask();
    },
    during: (work) => {
      timer ??= setInterval(look, patienceMs / looksPerPatience);
      return new Promise((resolve, reject) => {
        const one = { looks: 0, reject };
        waiting.add(one);
        work.then(resolve, reject).finally(() => waiting.delete(one));
      });
    },
  };

  /** One timer for all who wait, as most have their answer long before it comes. */
  function look(): void {
    if (waiting.size === 0) {
      clearInterval(timer!);
      timer = null;
    }
    for (const one of waiting) {
      one.looks += 1;
      if (one.looks % looksPerPatience === 0) void ask().catch(one.reject);
    }
  }
}

interface Waiting {
  /** How often it was still waiting. */
  looks: number;
  reject: (error: unknown) => void;
}

/** So whoever waits is asked for after its patience, or up to a tenth of that sooner. */
const looksPerPatience = 10;

/** A refusal is an answer too: the server may have no connection left to give. */
async function probe({ connectionString, patienceMs }: SilenceWatchOptions): Promise<void> {
  const timeoutMs = Math.round(patienceMs * probeFactor);
  const client = new Client({
    connectionString,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
  });
  // What breaks after the answer matters to nobody.
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select 1');
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
  } finally {
    client.end().catch(() => {});
  }
}
