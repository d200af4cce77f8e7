// The process that sends the requests. It is told what to send, and tells what came of it.

import autocannon, { type Request, type Result } from 'autocannon';
import type { Load, Loaded, Task } from './load.ts';
import { sendAtPace, type Paced } from './pace.ts';

const runId = Date.now().toString(36);
let sent = 0;

process.once('message', (task: Task) => {
  void perform(task).then((told) => process.send!(told));
});
process.once('disconnect', () => process.exit());

function perform(task: Task): Promise<Loaded | Paced> {
  return 'pace' in task ? sendAtPace(task.pace) : apply(task.load);
}

async function apply({ url, path, key, connections, ms, body }: Load): Promise<Loaded> {
  const times: number[] = [];
  const headers = { ...(key && { authorization: `Bearer ${key}` }) };
  const request = body === undefined ? { path, headers } : changing(path, headers, body);
  const { promise, resolve, reject } = Promise.withResolvers<Result>();
  const duration = ms / 1_000;
  const options = { url, connections, duration, requests: [request] };
  const running = autocannon(options, (error: unknown, result) => {
    if (error) reject(error);
    else resolve(result);
  });
  running.on('response', (_client, _status, _bytes, took) => void times.push(took));
  const { errors, non2xx, duration: seconds } = await promise;
  if (errors + non2xx > 0) throw new Error(`${path}: ${errors} errors, ${non2xx} answers no 2xx`);
  times.sort((a, b) => a - b);
  const part = (share: number) => times[Math.floor((times.length - 1) * share)] ?? Number.NaN;
  const requests = times.length;
  return { requests, perSecond: requests / seconds, p50: part(0.5), p99: part(0.99) };
}

/** Each request is another one, with a key of its own under which it could be sent again. */
function changing(path: string, headers: Record<string, string>, body: string): Request {
  return {
    method: 'POST',
    path,
    setupRequest: (request) => {
      sent += 1;
      const number = `${runId}${sent}`;
      const own = { 'content-type': 'application/json', 'idempotency-key': number };
      return {
        ...request,
        headers: { ...headers, ...own },
        body: body.replaceAll('#', number),
      };
    },
  };
}
