// What is seen of a connection from this machine: servers on loopback, and a service by script.
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { observe } from '../../src/aws/entry.ts';
import { SallyportError } from '../../src/index.ts';
import { clientOf, type FakeService, startService } from '../harness.ts';
import { certificate, privateKey } from './certificate.ts';

const CONNECTION = {
  id: 'con_1',
  vpc_endpoint_id: 'vpce-1',
  endpoint_service_id: 'svc_1',
  customer_id: 'cus_1',
  dns: null,
};

interface World {
  privateName?: string | null;
  dns?: string | null;
}

async function serve({ privateName = 'localhost', dns = null }: World = {}): Promise<FakeService> {
  const service = await startService();
  service.replyWith(({ method, path }) => {
    const answers: Record<string, unknown> = {
      'GET /v1/connections/vpce-1': { ...CONNECTION, dns },
      'GET /v1/grants': {
        items: [{ id: 'grt_1', service: { private_dns_name: privateName } }],
        next_cursor: null,
      },
      'POST /v1/connections/con_1/observations': { id: 'obs_1' },
      'GET /v1/connections/con_1/diagnosis': { works: 'yes' },
    };
    return { json: answers[`${method} ${path}`] };
  });
  return service;
}

/** On both addresses that `localhost` may have, or on one. */
async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

test('when all is well, the report has name, address, handshake and certificate', async () => {
  const service = await serve({ privateName: '127.0.0.1' });
  const server = createTlsServer({ cert: certificate, key: privateKey, ALPNProtocols: ['h2'] });
  server.on('tlsClientError', () => {});
  const port = await listening(server);
  const told: string[] = [];
  const { observation, diagnosis, seen } = await observe(clientOf(service), 'vpce-1', {
    host: '127.0.0.1',
    port,
    vantage: 'bastion',
    onProgress: ({ step }) => told.push(step),
  });
  expect({ observation, diagnosis }).toEqual({
    observation: { id: 'obs_1' },
    diagnosis: { works: 'yes' },
  });
  expect(told).toEqual(['dns', 'tcp', 'tls', 'report']);
  const sent = service.seen.find(({ method }) => method === 'POST')!;
  expect(JSON.parse(sent.body)).toEqual(seen);
  expect(seen).toEqual({
    observed_at: expect.any(String),
    vantage: 'bastion',
    dns: { name: '127.0.0.1', outcome: 'answered', addresses: ['127.0.0.1'], resolver: null },
    tcp: [{ address: '127.0.0.1', port, outcome: 'connected', latency_ms: expect.any(Number) }],
    tls: { server_name: '127.0.0.1', outcome: 'negotiated', version: 'TLSv1.3', alpn: 'h2' },
    certificate: {
      names: ['api.vendor.example', 'localhost'],
      expires_at: expect.stringMatching(/^21\d\d-/),
      trusted: false,
    },
  });
});

test('when nobody listens, it is refused, and no handshake is tried', async () => {
  const service = await serve();
  const server = createServer();
  const port = await listening(server);
  server.close();
  await once(server, 'close');
  const { seen, observation } = await observe(clientOf(service), 'vpce-1', { port, report: false });
  expect(seen.dns).toMatchObject({ name: 'localhost', outcome: 'answered' });
  expect(new Set(seen.tcp!.map(({ outcome }) => outcome))).toEqual(new Set(['refused']));
  expect(seen.tls).toBeUndefined();
  expect(observation).toBeNull();
  expect(service.seen.filter(({ method }) => method === 'POST')).toEqual([]);
});

test('when the server speaks no TLS, the handshake is refused or not looked for', async () => {
  const service = await serve();
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.end('SSH-2.0-x\r\n');
  });
  const port = await listening(server);
  const options = { host: '127.0.0.1', port, report: false };
  const { seen } = await observe(clientOf(service), 'vpce-1', options);
  expect(seen.tls).toMatchObject({ outcome: 'refused', version: null });
  expect(seen.certificate).toBeUndefined();
  const plain = await observe(clientOf(service), 'vpce-1', { ...options, tls: false });
  expect(plain.seen.tls).toBeUndefined();
  expect(plain.seen.tcp).toMatchObject([{ outcome: 'connected' }]);
});

test('when the server says nothing, the handshake times out', async () => {
  const service = await serve();
  const server = createServer((socket) => void socket.on('error', () => {}));
  const port = await listening(server);
  const options = { host: '127.0.0.1', port, report: false, probeTimeoutMs: 200 };
  const { seen } = await observe(clientOf(service), 'vpce-1', options);
  expect(seen.tls).toMatchObject({ outcome: 'timed_out' });
});

test.each<World>([{ privateName: null }, { dns: 'none' }])(
  'when there is no name to look at (%j), it asks for one',
  async (world) => {
    const service = await serve(world);
    const looked = observe(clientOf(service), 'vpce-1', { report: false });
    await expect(looked).rejects.toThrow(SallyportError);
    await expect(looked).rejects.toThrow('name the host that clients connect to');
  },
);
