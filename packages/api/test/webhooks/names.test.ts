// The names of receivers, and what DNS says of them.

import type { LookupAddress } from 'node:dns';
import { expect, it } from 'vitest';
import { createResolve } from '../../src/webhooks/names.ts';
import { startLoopbackServer, type Records } from '../dns/loopback-server.ts';

const never = new AbortController().signal;

/** Asks a server that knows this. */
async function withServer<Result>(
  records: Records,
  ask: (look: (name: string, signal?: AbortSignal) => Promise<LookupAddress[]>) => Promise<Result>,
): Promise<Result> {
  const server = await startLoopbackServer(records);
  const resolve = createResolve([`127.0.0.1:${server.port}`]);
  const look = (name: string, signal = never) =>
    new Promise<LookupAddress[]>((done, fail) => {
      resolve(name, (error, addresses) => (error ? fail(error) : done(addresses)), signal);
    });
  try {
    return await ask(look);
  } finally {
    await server.close();
  }
}

it('when a name has addresses of one family only, these are its addresses', async () => {
  const records = { 'A hooks.example': ['192.0.2.7', '192.0.2.8'] };
  const found = await withServer(records, (look) => look('hooks.example'));
  expect(found.map(({ address, family }) => `${family} ${address}`).toSorted()).toEqual([
    '4 192.0.2.7',
    '4 192.0.2.8',
  ]);
});

it('when there is no such name, that is told', async () => {
  const asking = withServer({}, (look) => look('hooks.example'));
  await expect(asking).rejects.toThrow(/ENOTFOUND hooks\.example/);
});

it('when nobody waits for the answer any more, nothing is asked any more', async () => {
  const silent = { 'A hooks.example': 'silent', 'AAAA hooks.example': 'silent' } as const;
  const stop = new AbortController();
  const asking = withServer(silent, (look) => {
    const answer = look('hooks.example', stop.signal);
    stop.abort();
    return answer;
  });
  await expect(asking).rejects.toMatchObject({ code: 'ECANCELLED' });
});
