// EC2 Query (`aws.protocols#ec2Query`): form parameters in, XML without a result wrapper out.

import { AwsError } from '../aws-error.ts';
import type { Protocol, ResponseContext } from './protocol.ts';
import { decodeStructure, type QueryDialect } from './query-input.ts';
import { queryOperation, readParameters } from './query-request.ts';
import type { Operation } from './schema.ts';
import type { WireResponse } from './wire.ts';
import { escapeXml, xmlElement, xmlMembers } from './xml-output.ts';

const VERSION = '2016-11-15';
const NAMESPACE = `http://ec2.amazonaws.com/doc/${VERSION}/`;

export function createEc2Query(operations: ReadonlyMap<string, Operation>): Protocol {
  const operation = (action: string) => operations.get(action) as Operation;
  return {
    accepts: () => true,
    action: (request) =>
      queryOperation(request, operations, { expected: VERSION, wrong: wrongVersion }).name,
    input: (action, request) =>
      readParameters(request, (root) => decodeStructure(operation(action).input, root, dialect)),
    success: (action, output, { requestId }) => {
      const members = xmlMembers(operation(action).output, output);
      const content = xmlElement('requestId', requestId) + members;
      return xmlResponse(200, xmlElement(`${action}Response`, content, NAMESPACE));
    },
    failure,
  };
}

// The key rule of the SDK's QueryShapeSerializer and of botocore's EC2Serializer.
const dialect: QueryDialect = {
  memberKey: (memberName, schema) => {
    const { ec2QueryName, xmlName } = schema.getMergedTraits();
    return (ec2QueryName as string | undefined) ?? capitalised(xmlName ?? memberName);
  },
  listNode: (node) => node,
  missing: (path) =>
    new AwsError('MissingParameter', `The request must contain the parameter ${path}`),
};

function failure(error: AwsError, { requestId }: ResponseContext): WireResponse {
  const code = xmlElement('Code', error.code) + xmlElement('Message', escapeXml(error.message));
  const errors = xmlElement('Errors', xmlElement('Error', code));
  const response = xmlElement('Response', errors + xmlElement('RequestID', requestId));
  return xmlResponse(error.status, response);
}

function wrongVersion(version: string): AwsError {
  const message = `The requested version (${version}) does not exist. Use ${VERSION}.`;
  return new AwsError('NoSuchVersion', message);
}

function xmlResponse(status: number, xml: string): WireResponse {
  return {
    status,
    headers: { 'content-type': 'text/xml;charset=UTF-8' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${xml}`,
  };
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
