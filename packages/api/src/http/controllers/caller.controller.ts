// Who is calling: what a client shows as its status.

import { Extension, Get, OperationId, Request, Route, Security, Tags } from '../decorators.ts';
import * as callers from '../../usecases/callers.ts';
import type { Call } from '../call.ts';
import type { Caller } from '../wire/api-key.ts';
import { toWire } from '../wire/names.ts';

@Route('v1/caller')
@Tags('api-keys')
export class CallerController {
  /**
   * Tell who is calling: the role, the customer and the scopes of the key that was sent.
   */
  @Get()
  @OperationId('getCaller')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support', 'customer'])
  @Extension('x-scope', 'any')
  @Extension('x-sdk', 'caller.get')
  async get(@Request() call: Call): Promise<Caller> {
    return toWire(callers.describe(call.context.caller));
  }
}
