// A small stand-in for the API on loopback. It holds both sides to the contract: an invalid request
// gets a 400 that says why, and an invalid canned answer fails the test that gave it.

import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';
import { findOperation, type Operation, wrongProblem } from './contract.ts';
import { NOW, type ResourceName, resources } from './resources.ts';

export interface Asked {
  operation: string;
  method: string;
  path: string;
  query: Record<string, string>;
  headers: http.IncomingHttpHeaders;
  body: unknown;
}

export interface Answer {
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
  /** The connection breaks instead. */
  breaks?: boolean;
  /** No answer ever comes. */
  hangs?: boolean;
  /** As a newer service, a hostile one or a gateway may answer: not held to the contract. */
  foreign?: boolean;
}

/** Answers by operation id: one for each call, the last one again and again. */
export type Answers = Record<string, Answer | readonly Answer[]>;

export interface FakeApi {
  url: string;
  asked: Asked[];
  /** Resolves at the next request of this operation. */
  next(operation: string): Promise<void>;
}

/** Concurrent tests share a file, so what they leave is put away when the file is done. */
const servers = new Set<http.Server>();
const violations: string[] = [];

afterAll(() => {
  for (const server of servers) server.close().closeAllConnections();
  if (violations.length > 0) throw new Error(`Not as in the contract: ${violations.join('; ')}`);
});

export const KEY = 'spk_canary_5f2b8c1d';

/** @param accepts which authorization counts; that of `KEY`, unless it is given */
export async function startFakeApi(
  answers: Answers = {},
  accepts: (authorization: string) => boolean = (authorization) =>
    authorization === `Bearer ${KEY}`,
): Promise<FakeApi> {
  const asked: Asked[] = [];
  const waiting: { operation: string; resolve: () => void }[] = [];
  const counts = new Map<string, number>();
  const server = http.createServer((request, response) => {
    void serve(request, response);
  });

  async function serve(request: http.IncomingMessage, response: http.ServerResponse) {
    const { pathname, searchParams } = new URL(request.url!, 'http://localhost');
    const operation = findOperation(request.method!, pathname);
    const question: Asked = {
      operation: operation?.id ?? '',
      method: request.method!,
      path: decodeURIComponent(pathname),
      query: Object.fromEntries(searchParams),
      headers: request.headers,
      body: await bodyOf(request),
    };
    asked.push(question);
    for (const { resolve } of waiting.filter((one) => one.operation === operation?.id)) resolve();
    const known = accepts(question.headers.authorization ?? '');
    const answer = refusalOf(operation, question, known) ?? cannedAnswer(operation!);
    if (operation) violations.push(...violationsOf(operation, answer));
    send(response, answer);
  }

  function cannedAnswer(operation: Operation): Answer {
    const canned = [answers[operation.id] ?? defaultAnswer(operation)].flat();
    const count = counts.get(operation.id) ?? 0;
    counts.set(operation.id, count + 1);
    return { status: operation.status, ...canned[Math.min(count, canned.length - 1)] };
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.add(server);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    next: (operation) => new Promise((resolve) => waiting.push({ operation, resolve })),
  };
}

/** A failure as the API words it. */
export function problem(status: number, code: string, members: object = {}): Answer {
  const body = {
    type: `https://docs.example/errors#${code}`,
    title: `The title of ${code}`,
    status,
    detail: `The detail of ${code}.`,
    instance: '/v1/somewhere',
    code,
    request_id: 'req_fake_1',
    remediation: { actor: 'caller', action: `Do what helps against ${code}.`, command: null },
    ...members,
  };
  return { status, body };
}

/** One page of a list. */
export function page(items: unknown[], cursor: string | null = null): Answer {
  return { body: { items, next_cursor: cursor } };
}

/** A canned resource with some members changed. */
export function changed(name: ResourceName, members: object): Answer {
  return { body: { ...resources[name], ...members } };
}

function refusalOf(operation: Operation | undefined, { query, body }: Asked, known: boolean) {
  if (!operation) return problem(404, 'route_not_found');
  if (!known && !operation.anyone) return problem(401, 'unauthenticated');
  const wrong = operation.wrongRequest(query, body);
  if (wrong.length === 0) return undefined;
  return problem(400, 'invalid_request', { errors: wrong.map((detail) => ({ detail })) });
}

function defaultAnswer({ result, paginated, example }: Operation): Answer {
  if (result === undefined) return {};
  if (!Object.hasOwn(resources, result)) return { body: example };
  const resource = resources[result as ResourceName];
  return paginated ? page([resource]) : { body: resource };
}

function violationsOf(operation: Operation, answer: Answer) {
  const { status = 200, body, breaks, hangs, foreign } = answer;
  if (breaks || hangs || foreign) return [];
  const wrong = status < 300 ? operation.wrongAnswer(body) : wrongProblem(body);
  return wrong.map((words) => `${operation.id} ${status} ${words}`);
}

async function bodyOf(request: http.IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? undefined : JSON.parse(text);
}

function send(response: http.ServerResponse, answer: Answer): void {
  const { status = 200, body, headers, breaks, hangs } = answer;
  if (hangs) return;
  if (breaks) {
    response.destroy();
    return;
  }
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  response.writeHead(status, {
    ...(body === undefined ? {} : { 'content-type': type }),
    'x-request-id': 'req_fake_1',
    date: new Date(NOW).toUTCString(),
    ...headers,
  });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
