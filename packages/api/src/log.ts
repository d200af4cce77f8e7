// The log of the process, on standard output. What a line looks like is in http/log-options.ts.

import { pino, type DestinationStream, type Logger } from 'pino';
import type { Config } from './config.ts';
import { logOptions } from './http/log-options.ts';

/** For how long a line may wait for others, in milliseconds. */
const gatheredMs = 10;
/** As much goes out at once, without waiting. */
const gatheredBytes = 8_192;

export function createLog({ logLevel }: Pick<Config, 'logLevel'>): Logger {
  return pino({ ...logOptions, level: logLevel }, createDestination(process.stdout.fd));
}

/**
 * Lines that come within some milliseconds are written together, as each write takes a call of the
 * system and a thread. The last ones go out when the process ends, unless it is killed.
 */
function createDestination(dest: number): DestinationStream & { flushSync(): void } {
  const destination = pino.destination({ dest, sync: false, minLength: gatheredBytes });
  let isDue = false;
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
