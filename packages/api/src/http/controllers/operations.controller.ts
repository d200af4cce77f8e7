// Long-running changes.

import {
  Extension,
  Get,
  OperationId,
  Path,
  Query,
  Request,
  Route,
  Security,
  Tags,
} from '../decorators.ts';
import type { OperationState } from '../../domain/operation.ts';
import * as operations from '../../usecases/operations.ts';
import type { Call } from '../call.ts';
import type { Operation } from '../wire/operation.ts';
import type { CustomerKey, OperationKey } from '../wire/keys.ts';
import type { Page } from '../wire/page.ts';
import type { Timestamp } from '../wire/text.ts';
import { fromWire, toWire } from '../wire/names.ts';

@Route('v1/operations')
@Tags('operations')
export class OperationsController {
  /**
   * List operations, newest first.
   * @param state Only operations in this state.
   * @param updated_since Leave out what was not changed since this moment.
   */
  @Get()
  @OperationId('listOperations')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support', 'customer'])
  @Extension('x-sdk', 'operations.list')
  @Extension('x-pagination', true)
  async list(
    @Request() call: Call,
    @Query() state?: OperationState,
    @Query() customer_id?: CustomerKey,
    @Query() updated_since?: Timestamp,
  ): Promise<Page<Operation>> {
    const filter = fromWire({ state, customer_id, updated_since });
    return toWire(await operations.list(call.context, filter, call.page));
  }

  /**
   * Get an operation.
   */
  @Get('{id}')
  @OperationId('getOperation')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support', 'customer'])
  @Extension('x-sdk', 'operations.get')
  @Extension('x-waiter', {
    name: 'wait',
    field: 'state',
    success: ['succeeded'],
    failure: ['failed'],
    on_not_found: 'fail',
    interval_ms: 500,
    timeout_ms: 600000,
  })
  async get(@Request() call: Call, @Path() id: OperationKey): Promise<Operation> {
    return toWire(await operations.get(call.context, id));
  }
}
