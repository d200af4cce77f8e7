// The log of the process, on standard output. What a line looks like is in http/log-options.ts.

import { pino, type DestinationStream, type Logger } from 'pino';
import type { Config } from './config.ts';
import { logOptions } from './http/log-options.ts';

/** For how long a line may wait for others, in milliseconds. */
const gatheredMs = 10;
/** As much goes out at once, without waiting. */
const gatheredBytes = 8_192;
/** What is kept while nobody reads: some ten thousand lines. */
const usualKeptBytes = 16 * 1024 * 1024;

export function createLog({ logLevel }: Pick<Config, 'logLevel'>): Logger {
  return pino({ ...logOptions, level: logLevel }, createDestination(process.stdout.fd));
}

/**
 * Lines that come within some milliseconds are written together, as each write takes a call of the
 * system and a thread. The last ones go out when the process ends, unless it is killed. While
 * nobody reads them, what is beyond the limit is dropped, and later told: a log that stalls is not
 * to fill the memory.
 */
export function createDestination(
  dest: number,
  keptBytes = usualKeptBytes,
): DestinationStream & { flushSync(): void } {
  const options = { dest, sync: false, minLength: gatheredBytes, maxLength: keptBytes };
  const destination = pino.destination(options);
  let isDue = false;
  let dropped = 0;
  destination.on('drop', () => (dropped += 1));
  destination.on('drain', () => {
    if (dropped === 0) return;
    const message = 'lines of the log were dropped, as nobody read it';
    const line = { level: 'warn', time: new Date().toISOString(), dropped, message };
    dropped = 0;
    destination.write(`${JSON.stringify(line)}\n`);
    destination.flush();
  });
  return {
    write: (line) => {
      destination.write(line);
      if (isDue) return;
      isDue = true;
      setTimeout(() => {
        isDue = false;
        destination.flush();
      }, gatheredMs);
    },
    flushSync: () => destination.flushSync(),
  };
}
