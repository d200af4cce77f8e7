// One middleware around every call of an SDK client: it reports the call, and turns what the SDK
// throws into an AwsError. The SDK's own repeats happen inside of it.

import { toAwsError } from './errors.ts';
import type { AwsError } from './errors.ts';
import type { AwsCall } from './ports.ts';

export interface CallObserver {
  from: Pick<AwsCall, 'service' | 'region'> & { accountId: string };
  now: () => Date;
  onCall: (call: AwsCall) => void;
  onFailure: (error: AwsError) => void;
}

/** Of an SDK client, what this file needs; the union of the real types cannot be called. */
export interface ObservableClient {
  destroy(): void;
  middlewareStack: { add(middleware: Middleware, options: MiddlewareOptions): void };
}

type Middleware = (next: Next, context: { commandName?: string }) => Next;
type Next = (args: CallArguments) => Promise<{ output: Answer }>;
type CallArguments = { input: { RoleArn?: string } };
type Answer = { $metadata?: { requestId?: string } };
type MiddlewareOptions = { step: 'initialize'; priority: 'high'; name: string };

/** From here on, calls of this client are reported and throw AwsError only. */
export function observeCalls(client: ObservableClient, observer: CallObserver): void {
  const middleware: Middleware = (next, context) => async (args) => {
    const action = (context.commandName ?? '').replace(/Command$/, '');
    const startedMs = observer.now().getTime();
    const report = (outcome: string, requestId: string | null) => {
      const { service, region } = observer.from;
      const accountId = accountOf(args, observer.from.accountId);
      const durationMs = Math.max(0, observer.now().getTime() - startedMs);
      observer.onCall({ service, action, region, accountId, outcome, requestId, durationMs });
    };
    try {
      const result = await next(args);
      report('ok', result.output.$metadata?.requestId ?? null);
      return result;
    } catch (error) {
      const failure = toAwsError(error, action);
      report(failure.code, failure.awsRequestId);
      observer.onFailure(failure);
      throw failure;
    }
  };
  client.middlewareStack.add(middleware, {
    step: 'initialize',
    priority: 'high',
    name: 'sallyportCalls',
  });
}

/** The one STS client serves all accounts: the role that it assumes names the account. */
function accountOf({ input }: CallArguments, accountId: string): string {
  return input.RoleArn?.split(':')[4] ?? accountId;
}
