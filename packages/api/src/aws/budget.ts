// Asking before every attempt of a call whether it may go out, and telling when AWS says that there
// were too many. The counting itself is shared by all workers, and not here.

import type { AwsService } from '../domain/call-limit.ts';
import { toAwsError } from './errors.ts';

export interface BudgetedCall {
  service: AwsService;
  action: string;
  accountId: string;
  region: string;
}

export interface CallBudget {
  /**
   * Resolves when it is the call's turn.
   * @throws AwsError `throttled`, with `retryAfterMs`, when its turn is too far away
   */
  enter(call: BudgetedCall): Promise<void>;
  /** AWS has refused the call as one too many. */
  exceeded(call: BudgetedCall): Promise<void>;
}

/** Of an SDK client, what this file needs. */
export interface BudgetedClient {
  middlewareStack: { add(middleware: Middleware, options: MiddlewareOptions): void };
}

type Middleware = (next: Next, context: { commandName?: string }) => Next;
type Next = (args: object) => Promise<object>;
type MiddlewareOptions = { step: 'finalizeRequest'; priority: 'low'; name: string };

/** Within the SDK's own repeats, so that each attempt waits for its turn. */
export function keepToBudget(
  client: BudgetedClient,
  place: Omit<BudgetedCall, 'action'>,
  budget: CallBudget,
): void {
  const middleware: Middleware = (next, context) => async (args) => {
    const action = (context.commandName ?? '').replace(/Command$/, '');
    const call = { ...place, action };
    await budget.enter(call);
    try {
      return await next(args);
    } catch (error) {
      if (toAwsError(error, action).kind === 'throttled') await budget.exceeded(call);
      throw error;
    }
  };
  const options = { step: 'finalizeRequest', priority: 'low', name: 'sallyportBudget' } as const;
  client.middlewareStack.add(middleware, options);
}
