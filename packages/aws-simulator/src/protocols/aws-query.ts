// AWS Query (`aws.protocols#awsQuery`): form parameters in, XML with a result wrapper out, or JSON
// when the caller asks for it.

import { AwsError } from '../aws-error.ts';
import { asQueryError, type ErrorShapes } from './error-shapes.ts';
import { jsonMembers } from './json-output.ts';
import type { Protocol, ResponseContext } from './protocol.ts';
import { decodeStructure, type QueryDialect } from './query-input.ts';
import { queryOperation, readParameters } from './query-request.ts';
import type { Operation } from './schema.ts';
import { headerValue, type WireRequest, type WireResponse } from './wire.ts';
import { escapeXml, xmlElement, xmlMembers } from './xml-output.ts';

export interface AwsQueryService {
  /** API version, for example `2011-06-15`. */
  readonly version: string;
  readonly namespace: string;
  /** `errorsOf(client)`, for a service whose operations throw errors by the names of shapes. */
  readonly errors?: ErrorShapes;
  /** The answer to a required parameter that is not there; STS's words by default. */
  readonly missing?: (path: string) => AwsError;
}

export function createAwsQuery(
  operations: ReadonlyMap<string, Operation>,
  service: AwsQueryService,
): Protocol {
  const operation = (action: string) => operations.get(action) as Operation;
  const version = { expected: service.version, wrong: unknownOperation };
  const { missing = dialect.missing, errors = new Map() } = service;
  const spoken = { ...dialect, missing };
  return {
    accepts: () => true,
    action: (request) => queryOperation(request, operations, version).name,
    input: (action, request) =>
      readParameters(request, (root) => decodeStructure(operation(action).input, root, spoken)),
    success: (action, output, context) =>
      wantsJson(context.request)
        ? jsonSuccess(operation(action), output, context)
        : xmlSuccess(operation(action), output, context, service.namespace),
    failure: (error, context) =>
      wantsJson(context.request)
        ? jsonFailure(asQueryError(errors, error), context)
        : xmlFailure(asQueryError(errors, error), context, service.namespace),
  };
}

const dialect: QueryDialect = {
  memberKey: (memberName, schema) => schema.getMergedTraits().xmlName ?? memberName,
  listNode: (node, list) => {
    if (list.getMergedTraits().xmlFlattened) return node;
    return node.children.get(list.getValueSchema().getMergedTraits().xmlName ?? 'member');
  },
  // STS's own wording, unlike EC2's MissingParameter (from memory, not from a document).
  missing: (path) =>
    new AwsError(
      'ValidationError',
      `1 validation error detected: Value null at '${path}' failed to satisfy constraint: ` +
        'Member must not be null',
    ),
};

function xmlSuccess(
  operation: Operation,
  output: object,
  { requestId }: ResponseContext,
  namespace: string,
): WireResponse {
  // An operation that answers nothing has no result element either.
  const result = operation.output.isUnitSchema()
    ? ''
    : xmlElement(`${operation.name}Result`, xmlMembers(operation.output, output));
  const metadata = xmlElement('ResponseMetadata', xmlElement('RequestId', requestId));
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body: xmlElement(`${operation.name}Response`, result + metadata, namespace),
  };
}

function xmlFailure(
  error: AwsError,
  { requestId }: ResponseContext,
  namespace: string,
): WireResponse {
  const content =
    xmlElement('Type', faultOf(error)) +
    xmlElement('Code', error.code) +
    xmlElement('Message', escapeXml(error.message));
  const body = xmlElement('Error', content) + xmlElement('RequestId', requestId);
  return {
    status: error.status,
    headers: { 'content-type': 'text/xml' },
    body: xmlElement('ErrorResponse', body, namespace),
  };
}

function jsonSuccess(
  operation: Operation,
  output: object,
  { requestId }: ResponseContext,
): WireResponse {
  const response = {
    [`${operation.name}Result`]: jsonMembers(operation.output, output),
    ResponseMetadata: { RequestId: requestId },
  };
  return json(200, { [`${operation.name}Response`]: response });
}

function jsonFailure(error: AwsError, { requestId }: ResponseContext): WireResponse {
  const { code: Code, message: Message } = error;
  return json(error.status, {
    Error: { Code, Message, Type: faultOf(error) },
    RequestId: requestId,
  });
}

function json(status: number, value: object): WireResponse {
  const headers = { 'content-type': 'application/json' };
  return { status, headers, body: JSON.stringify(value) };
}

function wantsJson(request: WireRequest): boolean {
  return (headerValue(request, 'accept') ?? '').toLowerCase().includes('application/json');
}

function faultOf(error: AwsError): string {
  return error.status < 500 ? 'Sender' : 'Receiver';
}

function unknownOperation(version: string, action: string): AwsError {
  const asked = version || 'NO_VERSION_SPECIFIED';
  const message = `Could not find operation ${action} for version ${asked}`;
  return new AwsError('InvalidAction', message);
}
