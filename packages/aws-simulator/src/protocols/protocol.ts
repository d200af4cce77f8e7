// What every wire protocol can do. A protocol knows bytes and schemas; it does not know who calls
// or what an operation means.

import type { AwsError } from '../aws-error.ts';
import type { WireRequest, WireResponse } from './wire.ts';

export interface Protocol {
  /** Whether a request is written in this protocol, for services that are spoken to in several. */
  accepts(request: WireRequest): boolean;
  /**
   * The operation a request asks for.
   * @throws AwsError when it names none, or one that the service does not have.
   */
  action(request: WireRequest): string;
  /** @throws AwsError when the input does not fit the operation's schema. */
  input(action: string, request: WireRequest): Record<string, unknown>;
  success(action: string, output: object, context: ResponseContext): WireResponse;
  failure(error: AwsError, context: ResponseContext): WireResponse;
}

export interface ResponseContext {
  readonly requestId: string;
  readonly request: WireRequest;
}
