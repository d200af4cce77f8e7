// Smithy RPC v2 with CBOR bodies (`smithy.protocols#rpcv2Cbor`), which botocore and the aws CLI
// speak to services that the JavaScript SDK speaks awsJson to. The operation is in the path.

import { cbor, dateToTag } from '@smithy/core/cbor';
import { AwsError } from '../aws-error.ts';
import type { ErrorShapes } from './error-shapes.ts';
import { decodeJsonInput } from './json-input.ts';
import type { Protocol } from './protocol.ts';
import type { Operation } from './schema.ts';
import { headerValue, type WireRequest, type WireResponse } from './wire.ts';

export interface RpcV2CborService {
  /** The service's name in the path, for example `GraniteServiceVersion20100801`. */
  readonly name: string;
  /** `errorsOf(client)`; an error that is not among them is answered with its own code. */
  readonly errors: ErrorShapes;
}

export function createRpcV2Cbor(
  operations: ReadonlyMap<string, Operation>,
  service: RpcV2CborService,
): Protocol {
  const operation = (action: string) => operations.get(action) as Operation;
  return {
    accepts: (request) => headerValue(request, 'smithy-protocol') === 'rpc-v2-cbor',
    action: (request) => namedOperation(request, operations, service).name,
    input: (action, request) => {
      const given = jsonValue(decoded(request.body));
      return decodeJsonInput(operation(action).input, JSON.stringify(given));
    },
    success: (_, output) => answer(200, encodable(output)),
    failure: (error) => failure(error, service),
  };
}

function namedOperation(
  request: WireRequest,
  operations: ReadonlyMap<string, Operation>,
  { name }: RpcV2CborService,
): Operation {
  const [, service, action = ''] =
    /^\/service\/([^/]+)\/operation\/([^/]+)\/?$/.exec(request.path) ?? [];
  const operation = service === name ? operations.get(action) : undefined;
  if (operation) return operation;
  throw new AwsError('UnknownOperationException', `There is no operation at ${request.path}`);
}

function decoded(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return cbor.deserialize(new Uint8Array(body));
  } catch {
    throw new AwsError('SerializationException', 'The request body is not CBOR.');
  }
}

// What was read, as JSON has it: so that both are checked by the same schema in the same words.
// Timestamps come as tag 1 with epoch seconds.
function jsonValue(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(jsonValue);
  if ('tag' in value && 'value' in value && value.tag === 1) return jsonValue(value.value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, jsonValue(item)]));
}

function encodable(value: unknown): unknown {
  if (value instanceof Date) return dateToTag(value);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map(encodable);
  const present = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(present.map(([key, item]) => [key, encodable(item)]));
}

function failure(error: AwsError, { errors }: RpcV2CborService): WireResponse {
  const {
    type = `com.amazon.coral.service#${error.code}`,
    queryCode = error.code,
    status = error.status,
  } = errors.get(error.code) ?? {};
  const fault = status < 500 ? 'Sender' : 'Receiver';
  const response = answer(status, { __type: type, message: error.message });
  const headers = { ...response.headers, 'x-amzn-query-error': `${queryCode};${fault}` };
  return { ...response, headers };
}

function answer(status: number, value: unknown): WireResponse {
  return {
    status,
    headers: { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' },
    body: new Uint8Array(cbor.serialize(value)),
  };
}
