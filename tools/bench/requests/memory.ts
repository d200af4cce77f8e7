// What the service holds in memory, and what of it is garbage that V8 has not collected yet: on a
// machine with much memory V8 lets hundreds of mebibytes of it lie, so that the size alone tells
// nothing of what is kept.

import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** Of the process that is measured: lets the debugger, once it is asked for, take any free port. */
export const debuggable = { NODE_OPTIONS: '--inspect-port=127.0.0.1:0' };

/** In mebibytes; Linux tells it of any process, elsewhere it is null. */
export function residentMebibytes(pid: number): number | null {
  try {
    const [, kibibytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!;
    return Math.round(Number(kibibytes) / 1024);
  } catch {
    return null;
  }
}

/**
 * Has the process collect its garbage, over the debugger, which it opens by a signal and announces
 * in its log. @returns what lives in its heap then, in mebibytes
 */
export async function collectGarbage(pid: number, log: string): Promise<number> {
  process.kill(pid, 'SIGUSR1');
  const socket = new WebSocket(await debuggerOf(log));
  await once(socket, 'open');
  const ask = async (method: string) => {
    socket.send(JSON.stringify({ id: 1, method }));
    const [{ data }] = (await once(socket, 'message')) as [MessageEvent<string>];
    return (JSON.parse(data) as { result: { usedSize: number } }).result;
  };
  await ask('HeapProfiler.collectGarbage');
  const { usedSize } = await ask('Runtime.getHeapUsage');
  socket.close();
  return Math.round(usedSize / 2 ** 20);
}

async function debuggerOf(log: string): Promise<string> {
  const deadline = performance.now() + 10_000;
  for (;;) {
    const address = /^Debugger listening on (ws:\S+)/m.exec(readFileSync(log, 'utf8'))?.[1];
    if (address !== undefined) return address;
    if (performance.now() > deadline) throw new Error('The debugger of the service does not open.');
    await pause(20);
  }
}
