import { once } from 'node:events';
import { request as open } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anyRequest, goodRequest } from './contract-requests.ts';
import type { Sent } from './contract-requests.ts';
import { contract, contractOperations, createContractServer } from './contract-server.ts';
import type { ContractOperation } from './contract-server.ts';
import { as } from './fixture-server.ts';

const isLong = Boolean(process.env.SALLYPORT_TEST_LONG);
const complaints: unknown[] = [];
const app = createContractServer(complaints);
beforeAll(() => app.listen({ port: 0, host: '127.0.0.1' }));
afterAll(() => app.close());

const operations = contractOperations.map(
  (operation) => [operation.operationId, operation] as const,
);

describe('every operation', () => {
  it.each(operations)(
    'when %s gets a good request, the answer is that of the contract',
    async (_, operation) => {
      const answer = await call(operation, as('operator'));
      const declared = Object.keys(operation.responses).find((code) => code.startsWith('2'));
      expect(String(answer.status)).toBe(declared);
    },
  );

  it('when it gets anything at all, a failure is a problem and never ours', async () => {
    complaints.length = 0;
    const checkProblem = problemChecker();
    const statuses = new Set<number>();
    await fc.assert(
      fc.asyncProperty(anyRequest(), async (sent) => {
        const { status, type, text } = await send(sent);
        statuses.add(status);
        expect(status).toBeLessThan(500);
        if (status < 400) return;
        expect(type).toBe('application/problem+json; charset=utf-8');
        if (sent.method === 'HEAD') return;
        const problem = JSON.parse(text) as { status: number };
        expect(checkProblem(problem) || checkProblem.errors).toBe(true);
        expect(problem.status).toBe(status);
      }),
      { numRuns: isLong ? 50_000 : 2_000 },
    );
    expect(complaints).toEqual([]);
    expect([...statuses].sort()).toEqual(
      expect.arrayContaining([200, 201, 202, 204, 400, 401, 404, 405, 415]),
    );
  }, 600_000);
});

function call(operation: ContractOperation, headers: Record<string, string>) {
  return send(goodRequest(operation, headers));
}

async function send({ method, target, headers, body }: Sent) {
  const { port } = app.server.address() as AddressInfo;
  const request = open({ port, method, path: target, headers, agent: false });
  // A refused body may be cut off while it is sent; the answer has come by then.
  request.on('error', () => {});
  request.end(body ?? undefined);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const text = (await response.setEncoding('utf8').toArray()).join('');
  return { status: response.statusCode!, type: response.headers['content-type'], text };
}

function problemChecker() {
  const ajv = new Ajv2020({ strict: false });
  formats.default(ajv);
  ajv.addSchema({ $id: 'contract', components: contract.components });
  return ajv.compile({ $ref: 'contract#/components/schemas/Problem' });
}
