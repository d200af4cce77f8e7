// Messages to addresses that somebody has given: where they go, and where they never go.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createResolve, type Resolve } from '../../src/webhooks/names.ts';
import { createPost, type PostOptions } from '../../src/webhooks/post.ts';
import { startLoopbackServer } from '../dns/loopback-server.ts';
import { startReceiver, type Receiver } from './receiver.ts';

let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.close());

const never = new AbortController().signal;

function send(url: string, options: PostOptions) {
  const message = { url, headers: { 'webhook-id': 'evt_1' }, body: '{"a":"ä"}' };
  return createPost(options)(message, never);
}

/** Names that stand for these addresses, one list after the other. */
function names(...answers: string[][]): { resolve: Resolve; asked: string[] } {
  const asked: string[] = [];
  const resolve: Resolve = (hostname, done) => {
    asked.push(hostname);
    const addresses = answers[Math.min(asked.length, answers.length) - 1]!;
    const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    done(null, found);
  };
  return { resolve, asked };
}

describe('what is sent', () => {
  it('when the address takes it, the status is told', async () => {
    receiver.answer = (response) => void response.writeHead(202).end('thanks');
    expect(await send(receiver.url, { anywhere: true })).toBe(202);
    expect(receiver.received).toMatchObject([
      {
        body: '{"a":"ä"}',
        headers: { 'webhook-id': 'evt_1', 'content-type': 'application/json' },
      },
    ]);
  });

  it('when it answers with a redirect, that is not followed', async () => {
    receiver.answer = (response) => void response.writeHead(307, { location: '/else' }).end();
    expect(await send(receiver.url, { anywhere: true })).toBe(307);
    expect(receiver.received).toHaveLength(1);
  });

  it('when it does not answer, it is given up in time', async () => {
    receiver.answer = () => {};
    const sending = send(receiver.url, { anywhere: true, timeoutMs: 200 });
    await expect(sending).rejects.toThrow('There was no answer within 0.2 s.');
  });

  it('when its answer does not end, neither time nor memory is lost to it', async () => {
    receiver.answer = (response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(16_384)));
      };
      response.on('drain', more);
      more();
    };
    expect(await send(receiver.url, { anywhere: true, timeoutMs: 5_000 })).toBe(200);
  });

  it('when the connection breaks, that is told', async () => {
    receiver.answer = (response) => void response.socket!.destroy();
    await expect(send(receiver.url, { anywhere: true })).rejects.toThrow(/hang up|ECONNRESET/);
  });

  it('when it switches to another protocol, the attempt is over', async () => {
    receiver.answer = ({ socket }) => {
      socket!.write(
        'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: h\r\n\r\n',
      );
    };
    const sending = send(receiver.url, { anywhere: true });
    await expect(sending).rejects.toThrow('Its answer broke off.');
  });

  it('when the process stops, so does the attempt', async () => {
    receiver.answer = () => {};
    const stop = new AbortController();
    const message = { url: receiver.url, headers: {}, body: '{}' };
    const sending = createPost({ anywhere: true })(message, stop.signal);
    stop.abort();
    await expect(sending).rejects.toThrow();
  });
});

/** With the strict rules, but for plain http: only where it may go is looked at. */
describe('where nothing is sent', () => {
  it.each([
    ['loopback', '127.0.0.1'],
    ['loopback as one number', '2130706433'],
    ['loopback in octal', '0177.0.0.1'],
    ['loopback in hex', '0x7f.1'],
    ['loopback, shortened', '127.1'],
    ['loopback, mapped into IPv6', '[::ffff:127.0.0.1]'],
    ['loopback of IPv6', '[::1]'],
    ['the metadata of EC2', '169.254.169.254'],
    ['the metadata of EC2 in IPv6', '[fd00:ec2::254]'],
    ['this host', '0.0.0.0'],
  ])('when the host is %s (%s), it is refused before anything is opened', async (_, host) => {
    const sending = send(`https://${host}:${receiver.port}/`, {});
    await expect(sending).rejects.toThrow('is not an address of the public internet');
    expect(receiver.connections()).toBe(0);
  });

  it.each([[['127.0.0.1']], [['::ffff:127.0.0.1']], [['::1']], [['10.0.0.1']], [['fe80::1']]])(
    'when the name stands for %j, no connection is made',
    async (addresses) => {
      const { resolve } = names(addresses);
      const sending = send(`https://hooks.example:${receiver.port}/`, { resolve });
      await expect(sending).rejects.toThrow('is not an address of the public internet');
      expect(receiver.connections()).toBe(0);
    },
  );

  it('when one of several addresses is not public, none of them is used', async () => {
    const { resolve } = names(['8.8.8.8', '127.0.0.1']);
    const sending = send(`https://hooks.example:${receiver.port}/`, { resolve });
    await expect(sending).rejects.toThrow('127.0.0.1 is not an address');
    expect(receiver.connections()).toBe(0);
  });

  it('when a name is about to stand for another address, it is asked for once', async () => {
    // TEST-NET-1 is nobody's; were the name asked for again to connect, loopback would answer.
    const rebinding = names(['2606:4700::1'], ['127.0.0.1']);
    const options = { resolve: rebinding.resolve, timeoutMs: 300 };
    await expect(send(`https://hooks.example:${receiver.port}/`, options)).rejects.toThrow();
    expect(rebinding.asked).toEqual(['hooks.example']);
    expect(receiver.connections()).toBe(0);
  });

  it('when the name is loopback by DNS, it is refused', async () => {
    const server = await startLoopbackServer({ 'A hooks.example': ['127.0.0.1'] });
    const resolve = createResolve([`127.0.0.1:${server.port}`]);
    const sending = send(`https://hooks.example:${receiver.port}/`, { resolve });
    await expect(sending).rejects.toThrow('127.0.0.1 is not an address of the public internet');
    expect(receiver.connections()).toBe(0);
    await server.close();
  });

  it('when it is plain http, it is refused', async () => {
    await expect(send('http://hooks.example/', {})).rejects.toThrow('not https');
  });
});
