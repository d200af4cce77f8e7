// Brings an answer to the client, also badly: late, slowly, half, or not at all. This is the only
// part of the simulator that waits on the wall clock: a slow connection is slow for the client.

import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Delivery } from '../trouble/fault.ts';

const TICK_MS = 50;

/** Resolves when everything that will be sent is handed over, or the client is gone. */
export async function deliver(
  outgoing: ServerResponse,
  body: string | Uint8Array,
  { ending, delayMs = 0, bytesPerSecond }: Delivery,
): Promise<void> {
  if (delayMs > 0) await pause(outgoing, delayMs);
  if (ending === 'silence') return;
  if (ending === 'reset') {
    outgoing.socket?.resetAndDestroy();
    return;
  }
  const bytes = typeof body === 'string' ? Buffer.from(body) : Buffer.from(body);
  const sent = ending === 'cut' ? bytes.subarray(0, Math.floor(bytes.length / 2)) : bytes;
  if (bytesPerSecond !== undefined) await trickle(outgoing, sent, bytesPerSecond);
  else outgoing.write(sent);
  if (ending === 'cut') outgoing.socket?.end();
  else outgoing.end();
}

async function trickle(outgoing: ServerResponse, bytes: Buffer, perSecond: number): Promise<void> {
  const step = Math.max(1, Math.ceil((perSecond * TICK_MS) / 1000));
  const tick = Math.min(1000, (step / perSecond) * 1000);
  for (let at = 0; at < bytes.length && !outgoing.destroyed; at += step) {
    await pause(outgoing, tick);
    outgoing.write(bytes.subarray(at, at + step));
  }
}

/** Waits, but not for a client that went away: a test's end must not wait for a slow answer. */
async function pause(outgoing: ServerResponse, ms: number): Promise<void> {
  const gone = new AbortController();
  const stop = () => gone.abort();
  outgoing.once('close', stop);
  await wait(ms, undefined, { signal: gone.signal }).catch(() => undefined);
  outgoing.off('close', stop);
}
