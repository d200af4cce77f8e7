// awsJson (`aws.protocols#awsJson1_0` and `1_1`): the operation in the header `X-Amz-Target`, JSON
// in and out. Services that moved here from AWS Query also answer the old code of an error in
// `x-amzn-query-error`, by which clients keep the names their users know.

import { AwsError } from '../aws-error.ts';
import type { ErrorShapes } from './error-shapes.ts';
import { decodeJsonInput } from './json-input.ts';
import { jsonMembers } from './json-output.ts';
import type { Protocol } from './protocol.ts';
import type { Operation } from './schema.ts';
import { headerValue, type WireRequest, type WireResponse } from './wire.ts';

export interface AwsJsonService {
  /** What stands before the dot in `X-Amz-Target`, for example `AmazonSQS`. */
  readonly targetPrefix: string;
  readonly version: '1.0' | '1.1';
  /** `errorsOf(client)`; an error that is not among them is answered with its own code. */
  readonly errors?: ErrorShapes;
}

export function createAwsJson(
  operations: ReadonlyMap<string, Operation>,
  service: AwsJsonService,
): Protocol {
  const operation = (action: string) => operations.get(action) as Operation;
  return {
    accepts: (request) =>
      headerValue(request, 'x-amz-target') !== undefined ||
      (headerValue(request, 'content-type') ?? '').startsWith('application/x-amz-json-'),
    action: (request) => targetOperation(request, operations, service.targetPrefix).name,
    input: (action, request) =>
      decodeJsonInput(operation(action).input, request.body.toString('utf8')),
    success: (action, output) => {
      const body = JSON.stringify(jsonMembers(operation(action).output, output));
      return { status: 200, headers: contentType(service), body };
    },
    failure: (error) => failure(error, service),
  };
}

function targetOperation(
  request: WireRequest,
  operations: ReadonlyMap<string, Operation>,
  prefix: string,
): Operation {
  const target = headerValue(request, 'x-amz-target') ?? '';
  const [given, name] = [target.slice(0, target.lastIndexOf('.')), target.split('.').at(-1) ?? ''];
  const operation = given === prefix ? operations.get(name) : undefined;
  if (operation) return operation;
  throw new AwsError('UnknownOperationException', `The operation '${target}' does not exist.`);
}

// The code of an error without a shape is from the framework behind AWS's services, whose
// namespace is its own.
function failure(error: AwsError, service: AwsJsonService): WireResponse {
  const {
    type = `com.amazon.coral.service#${error.code}`,
    queryCode = error.code,
    status = error.status,
  } = service.errors?.get(error.code) ?? {};
  const fault = status < 500 ? 'Sender' : 'Receiver';
  return {
    status,
    headers: { ...contentType(service), 'x-amzn-query-error': `${queryCode};${fault}` },
    body: JSON.stringify({ __type: type, message: error.message }),
  };
}

function contentType({ version }: AwsJsonService): Readonly<Record<string, string>> {
  return { 'content-type': `application/x-amz-json-${version}` };
}
