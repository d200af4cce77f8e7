// What EC2 Query and AWS Query requests have in common: an `Action`, a `Version` and parameters,
// in a form body, a query string, or both.

import { AwsError } from '../aws-error.ts';
import { type Parameter, parameterTree, unreadParameter } from './parameters.ts';
import type { Operation } from './schema.ts';
import { formPairs, type WireRequest } from './wire.ts';

/** The `Action` of a request, if it has one; used before anything is verified. */
export function requestedAction(request: WireRequest): string | undefined {
  return allPairs(request).find(([name]) => name === 'Action')?.[1];
}

/** @throws AwsError UnknownParameter for the first parameter that the operation did not read. */
export function readParameters<T>(request: WireRequest, read: (root: Parameter) => T): T {
  const root = parameterTree(allPairs(request));
  for (const [name, parameter] of root.children) if (isEnvelope(name)) parameter.read = true;
  const value = read(root);
  const unread = unreadParameter(root);
  if (!unread) return value;
  throw new AwsError('UnknownParameter', `The parameter ${unread.path} is not recognized`);
}

/**
 * The operation of a request.
 * @throws AwsError MissingAction, InvalidAction, or `wrongVersion` as the caller words it.
 */
export function queryOperation(
  request: WireRequest,
  operations: ReadonlyMap<string, Operation>,
  version: { readonly expected: string; wrong(version: string, action: string): AwsError },
): Operation {
  const pairs = allPairs(request);
  const action = pairs.find(([name]) => name === 'Action')?.[1];
  if (action === undefined || action === '') {
    throw new AwsError('MissingAction', 'The request must contain the parameter Action');
  }
  const given = pairs.find(([name]) => name === 'Version')?.[1] ?? '';
  if (given !== version.expected) throw version.wrong(given, action);
  const operation = operations.get(action);
  if (operation) return operation;
  throw new AwsError('InvalidAction', `The action ${action} is not valid for this web service.`);
}

function allPairs(request: WireRequest): [string, string][] {
  return [...formPairs(request.query), ...formPairs(request.body.toString('utf8'))];
}

// Action and Version are read by queryOperation; X-Amz-* in a query string is the signature.
function isEnvelope(name: string): boolean {
  return name === 'Action' || name === 'Version' || /^x-amz-/i.test(name);
}
