// The errors a service's model names. An operation throws an AwsError with the shape's name as its
// code; on the wire a shape may have another code in the Query protocols, and a status of its own.

import { NormalizedSchema } from '@smithy/core/schema';
import { type AwsError, foreignError } from '../aws-error.ts';

export interface ErrorShape {
  /** `com.amazonaws.sqs#QueueDoesNotExist`: what awsJson names it by. */
  readonly type: string;
  /** `AWS.SimpleQueueService.NonExistentQueue`: what AWS Query names it by. */
  readonly queryCode: string;
  readonly status: number;
}

export type ErrorShapes = ReadonlyMap<string, ErrorShape>;

interface ErrorTraits {
  readonly awsQueryError?: readonly [code: string, status: number];
  readonly httpError?: number;
}

// Kinds of static schema, by the number in front of the array (@smithy/types, StaticErrorSchema).
const ERROR = -3;

/** The modelled errors of an SDK client module, by the name of their shape. */
export function errorsOf(clientModule: object): ErrorShapes {
  const found = new Map<string, ErrorShape>();
  for (const value of Object.values(clientModule)) {
    if (!Array.isArray(value) || value[0] !== ERROR) continue;
    const [, namespace, name] = value as [number, string, string];
    const traits = NormalizedSchema.of(value as never).getMergedTraits() as ErrorTraits;
    const [queryCode = name, status = 400] = traits.awsQueryError ?? [];
    const type = `${namespace}#${name}`;
    found.set(name, { type, queryCode, status: traits.httpError ?? status });
  }
  return found;
}

/** The error with the code that AWS Query has for its shape, and the shape's status. */
export function asQueryError(shapes: ErrorShapes, error: AwsError): AwsError {
  const shape = shapes.get(error.code);
  return shape ? foreignError(shape.queryCode, error.message, shape.status) : error;
}
