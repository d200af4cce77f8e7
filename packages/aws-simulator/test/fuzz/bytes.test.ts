// Requests that no SDK would make: damaged ones, forged ones, and bytes that are no request at all.

import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ServiceName } from '../../src/services/service.ts';
import { rootKeys } from '../lab.ts';
import { type RawRequest, send, signed } from '../raw.ts';
import { type Client, type FuzzLab, openFuzzLab } from './clients.ts';
import { addDamage, type Damage, damages } from './damage.ts';
import { outcomeOf } from './outcome.ts';
import { numberOfRuns, seeds, timeout } from './runs.ts';
import { worldProblems } from './world-problems.ts';

let lab: FuzzLab;
let damage: Damage | undefined;
const clients = new Map<ServiceName, Client>();
beforeAll(async () => {
  lab = await openFuzzLab(1);
  for (const service of lab.sdks.keys()) {
    const client = lab.fresh('111111111111', service);
    addDamage(client, () => damage);
    clients.set(service, client);
  }
});
afterAll(() => lab.close());

describe.each(seeds)('with the seed %i', (seed) => {
  test(
    'when a request is damaged, every service refuses it in its own way',
    async () => {
      const operations = [...lab.sdks.keys()].flatMap((service) =>
        Object.keys(lab.simulator.simulation.catalog[service].operations).map(
          (operation) => [service, operation] as const,
        ),
      );
      const property = fc.asyncProperty(
        fc.constantFrom(...operations),
        damages(),
        async ([service, operation], wanted) => {
          damage = wanted;
          expect(await problemsOf(service, operation)).toEqual([]);
        },
      );
      await fc.assert(property, { seed, numRuns: numberOfRuns(120) });
      expect(worldProblems(lab.simulator.world)).toEqual([]);
    },
    timeout,
  );

  test(
    'when methods, paths, queries and headers are anything, the answer is a refusal',
    async () => {
      const property = fc.asyncProperty(strangeRequests(), fc.boolean(), async (raw, isSigned) => {
        const { status, headers } = await send(lab.simulator.endpoint, maybeSigned(raw, isSigned));
        expect(status).toBeLessThan(500);
        expect(status).toBeGreaterThanOrEqual(200);
        expect(headers['x-amzn-requestid']).toMatch(/^[0-9a-f-]{36}$/);
      });
      await fc.assert(property, { seed, numRuns: numberOfRuns(60) });
    },
    timeout,
  );

  test(
    'when bytes are no HTTP at all, the connection ends and the next call is answered',
    async () => {
      const bytes = fc.oneof(
        fc.uint8Array({ minLength: 1, maxLength: 200 }).map((some) => Buffer.from(some)),
        fc.constantFrom(
          'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\n',
          'POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n',
          'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 99\r\n\r\nhalf',
          `GET /${'a'.repeat(70_000)} HTTP/1.1\r\n\r\n`,
          'GET / HTTP/9.9\r\n\r\n',
          'CONNECT a:1 HTTP/1.1\r\nhost: a\r\n\r\n',
        ),
      );
      const property = fc.asyncProperty(bytes, async (sent) => {
        await throwAway(sent);
        expect(await health()).toBe(200);
      });
      await fc.assert(property, { seed, numRuns: numberOfRuns(20) });
    },
    timeout,
  );
});

async function problemsOf(service: ServiceName, operation: string): Promise<string[]> {
  const command = lab.sdks.get(service)?.command(operation, leastInput(service, operation)) ?? {};
  const answered = () => lab.simulator.simulation.calls.last();
  const { problems } = await outcomeOf(clients.get(service) as Client, command, answered);
  const how = `${service}:${operation} ${damage?.how}, ${damage?.when}`;
  return problems.map((problem) => `${how}: ${problem}`);
}

/** Something for every member of the path, without which the SDK sends nothing. */
function leastInput(service: ServiceName, operation: string): Record<string, unknown> {
  const { model } = lab.simulator.simulation.catalog[service];
  const { input } = model.get(operation) ?? {};
  const members = input && !input.isUnitSchema() ? [...input.structIterator()] : [];
  const labels = members.filter(([, member]) => member.getMergedTraits().httpLabel);
  return Object.fromEntries(labels.map(([name, member]) => [name, valueOf(member)]));
}

function valueOf(member: { isNumericSchema(): boolean }): unknown {
  return member.isNumericSchema() ? 1 : 'Z1234567890';
}

function strangeRequests(): fc.Arbitrary<RawRequest> {
  const word = fc.string({ unit: fc.constantFrom(...'abz09-._~%/:;=@*$'), maxLength: 12 });
  const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 12 }), word);
  return fc.record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND'),
    path: fc.oneof(
      fc.constantFrom('/', '//', '/2013-04-01/hostedzone', '/2013-04-01/%ff', '/%2e%2e/', '/a?b'),
      word.map((path) => `/${encodeURI(path)}`),
    ),
    query: fc.array(
      fc.tuple(fc.oneof(fc.constantFrom('Action', 'X-Amz-Signature', 'Version'), text), text),
      { maxLength: 4 },
    ),
    headers: fc
      .dictionary(
        fc.constantFrom('content-type', 'accept', 'x-amz-target', 'x-amz-date', 'authorization'),
        fc.oneof(
          word,
          fc.constantFrom('AWS4-HMAC-SHA256 Credential=a/b/c/ec2/aws4_request', '*/*'),
        ),
      )
      .map((headers) => ({ host: 'localhost', ...headers })),
    body: fc.oneof(fc.constant(''), fc.string({ maxLength: 60 })),
  });
}

function maybeSigned(given: RawRequest, isSigned: boolean): RawRequest {
  const length = String(Buffer.byteLength(given.body));
  const raw = { ...given, headers: { ...given.headers, 'content-length': length } };
  if (!isSigned) return raw;
  const time = lab.simulator.simulation.clock.now();
  return signed(raw, { keys: rootKeys('111111111111'), service: 'ec2', time });
}

/** Sends bytes and waits until the other end has had enough, or says nothing more. */
async function throwAway(bytes: Buffer | string): Promise<void> {
  const { hostname, port } = new URL(lab.simulator.endpoint);
  const socket = connect(Number(port), hostname);
  socket.resume();
  await once(socket, 'connect');
  await new Promise<void>((resolve) => {
    // Being cut off is an answer, too.
    socket.on('error', () => undefined);
    socket.on('close', () => resolve());
    socket.end(bytes);
  });
}

async function health(): Promise<number> {
  return (await fetch(`${lab.simulator.endpoint}/_simulator/health`)).status;
}
