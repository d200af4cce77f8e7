// A server on the real contract, whose controllers answer with samples of what it declares.

import { readFileSync } from 'node:fs';
import { pino } from 'pino';
import type { FastifyInstance } from 'fastify';
import { logOptions } from '../../src/http/log-options.ts';
import type { Call } from '../../src/http/call.ts';
import { createServer } from '../../src/http/server.ts';
import type { Binding, Spec, SpecOperation } from '../../src/http/spec.ts';
import { createFakeRequests } from './fixture-server.ts';

const contractUrl = new URL('../../../../openapi.json', import.meta.url);

export const contract = JSON.parse(readFileSync(contractUrl, 'utf8')) as Spec;

export interface ContractOperation extends SpecOperation {
  method: string;
  path: string;
}

export const contractOperations: ContractOperation[] = Object.entries(contract.paths).flatMap(
  ([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ ...operation, method, path })),
);

/** Takes what the log would say above `info` into `complaints`. */
export function createContractServer(complaints: unknown[]): FastifyInstance {
  const write = (line: string) => void complaints.push(JSON.parse(line));
  let made = 0;
  return createServer({
    requests: createFakeRequests(),
    spec: contract,
    bindings: Object.fromEntries(contractOperations.map((o) => [o.operationId, bindSample(o)])),
    logger: pino({ ...logOptions, level: 'warn' }, { write }),
    makeRequestId: () => `req_${++made}`,
    docs: false,
    strictAnswers: true,
  });
}

function bindSample(operation: ContractOperation): Binding {
  const success = Object.entries(operation.responses).find(([code]) => code.startsWith('2'))![1];
  const [[mediaType, media] = []] = Object.entries(success.content ?? {});
  const example = media && exampleOf(media);
  const isLines = mediaType === 'application/x-ndjson';
  class Samples {
    async answer(call: Call, ...values: unknown[]): Promise<unknown> {
      storeAsPostgresWould([call.page, call.context.changeRef, values]);
      return isLines ? [`${JSON.stringify(example)}\n`] : structuredClone(example);
    }
  }
  const places = (operation.parameters ?? []).filter((parameter) => parameter.in !== 'header');
  return {
    controller: Samples,
    method: 'answer',
    parameters: [
      ['request', 'call'],
      ...places.map((parameter) => [parameter.in, parameter.name] as const),
      ['body', 'body'],
    ],
  };
}

/** Fails on text that PostgreSQL takes neither in text nor in jsonb. */
function storeAsPostgresWould(values: unknown): void {
  const check = (text: string) => {
    if (text.includes('\0')) throw new Error('invalid byte sequence for encoding "UTF8": 0x00');
    if (!text.isWellFormed()) throw new Error('Unicode low surrogate must follow a high surrogate');
  };
  JSON.stringify(values, (key, value: unknown) => {
    check(key);
    if (typeof value === 'string') check(value);
    return value;
  });
}

/** The example that the contract has for a body or an answer. */
export function exampleOf(media: object): unknown {
  const { examples } = media as { examples: { typical: { $ref: string } } };
  const { components } = contract as unknown as {
    components: { examples: Record<string, { value: unknown }> };
  };
  return components.examples[examples.typical.$ref.split('/').at(-1)!]!.value;
}
