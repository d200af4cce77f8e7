// A server on loopback that answers as each test says, for what the simulator never does:
// throttles, broken answers, partial failures. It checks nothing by itself.

import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { onTestFinished, vi } from 'vitest';

import { createAws } from '../../src/aws/aws.ts';
import type { AwsOptions } from '../../src/aws/aws.ts';
import { AwsError } from '../../src/aws/errors.ts';
import type { Aws, AwsAccess, AwsCall } from '../../src/aws/ports.ts';

export interface FakeRequest {
  method: string;
  /** Path and query. */
  target: string;
  headers: IncomingMessage['headers'];
  body: string;
  /** Tells connections apart. */
  clientPort: number | undefined;
  /** Of a Query body: `Action`, `ServiceId` and so on; of Route 53: of the URL. */
  parameters: Record<string, string>;
}

export interface FakeAnswer {
  status?: number;
  headers?: Record<string, string>;
  body: string;
  /** Announce one byte more than there is and leave the connection open. */
  stalls?: boolean;
}

/** Null for no answer at all. */
export type Respond = (request: FakeRequest, index: number) => FakeAnswer | null;

export interface FakeAws {
  url: string;
  requests: FakeRequest[];
}

export const access: AwsAccess = { accountId: '111111111111', roleArn: null, externalId: null };
export const serviceId = 'vpce-svc-0123456789abcdef0';

/** A signal that ends with the test's patience, so that a hanging call shows as an abort. */
export function patience(): AbortSignal {
  return AbortSignal.timeout(20_000);
}

/** The AwsError that the work ends in; anything else fails the test. */
export async function failureOf(work: Promise<unknown>): Promise<AwsError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
  throw new Error('The call was expected to fail, and did not.');
}

export async function startFakeAws(respond: Respond): Promise<FakeAws> {
  const requests: FakeRequest[] = [];
  const server = createServer((request, response) => {
    void serve(request, response);
  });
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const seen = await read(request);
    const answer = respond(seen, requests.push(seen) - 1);
    if (!answer) return;
    const { status = 200, headers = {}, body, stalls = false } = answer;
    const length = Buffer.byteLength(body) + (stalls ? 1 : 0);
    response.writeHead(status, { 'content-length': length, ...headers });
    response.write(body);
    if (!stalls) response.end();
  };
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

/** The adapter, speaking to the fake with ambient credentials. */
export async function fakeAws(
  respond: Respond,
  options: Partial<AwsOptions> = {},
): Promise<{ fake: FakeAws; aws: Aws; calls: AwsCall[] }> {
  const fake = await startFakeAws(respond);
  const calls: AwsCall[] = [];
  const aws = openAws(fake.url, { onCall: (call) => calls.push(call), ...options });
  return { fake, aws, calls };
}

/** The adapter at an endpoint. The environment is this test file's, and restored after the test. */
export function openAws(url: string, options: Partial<AwsOptions> = {}): Aws {
  vi.stubEnv('AWS_ENDPOINT_URL', url);
  vi.stubEnv('AWS_ACCESS_KEY_ID', '111111111111');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'simulator');
  vi.stubEnv('AWS_SESSION_TOKEN', undefined);
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null');
  const aws = createAws({
    region: 'us-east-1',
    now: () => new Date(),
    stsEndpoint: url,
    issuerEndpoint: url,
    ...options,
  });
  onTestFinished(() => {
    aws.close();
    vi.unstubAllEnvs();
  });
  return aws;
}

export function ec2Answer(action: string, inner: string): FakeAnswer {
  const space = 'http://ec2.amazonaws.com/doc/2016-11-15/';
  const content = `<requestId>r</requestId>${inner}`;
  const body = `<${action}Response xmlns="${space}">${content}</${action}Response>`;
  return { headers: { 'content-type': 'text/xml', 'x-amzn-requestid': 'req-1' }, body };
}

export function ec2Error(code: string, message = 'No.', status = 400): FakeAnswer {
  const error = `<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  const body = `<Response><Errors>${error}</Errors><RequestID>r</RequestID></Response>`;
  return { status, headers: { 'content-type': 'text/xml', 'x-amzn-requestid': 'req-1' }, body };
}

/** The form of Route 53's and STS's errors. */
export function restError(code: string, message = 'No.', status = 400): FakeAnswer {
  const error = `<Type>Sender</Type><Code>${code}</Code><Message>${message}</Message>`;
  const body = `<ErrorResponse><Error>${error}</Error><RequestId>r</RequestId></ErrorResponse>`;
  return { status, headers: { 'content-type': 'text/xml', 'x-amzn-requestid': 'req-1' }, body };
}

async function read(request: IncomingMessage): Promise<FakeRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString('utf8');
  const target = request.url ?? '';
  const isForm = request.headers['content-type']?.includes('form-urlencoded');
  const parameters = new URLSearchParams(isForm ? body : target.split('?')[1]);
  return {
    method: request.method ?? '',
    target,
    headers: request.headers,
    body,
    clientPort: request.socket.remotePort,
    parameters: Object.fromEntries(parameters),
  };
}
