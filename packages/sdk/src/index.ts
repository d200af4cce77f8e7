// The package's entry: the client, its errors, and the types of what it takes and gives.
export type { Answer, ApiPromise } from './answer.ts';
export type { Clock } from './clock.ts';
export * from './errors.ts';
export { Sallyport } from './generated/client.ts';
export type { ErrorCode } from './generated/errors.ts';
export { type OperationId, operationIds } from './generated/operations.ts';
export * from './generated/resources.ts';
export type * from './generated/types.ts';
export type {
  AttemptRequest,
  CallOptions,
  ClientOptions,
  LogFields,
  Logger,
  Middleware,
} from './options.ts';
export type { Page, PageList } from './pagination.ts';
export type { RequestPlan } from './request.ts';
export { Transport } from './transport.ts';
export type { WaitOptions, WaitProgress } from './waiter.ts';
export * as webhooks from './webhooks.ts';
