// API keys of staff and customers.

import {
  Body,
  Delete,
  Extension,
  Get,
  OperationId,
  Path,
  Post,
  Query,
  Request,
  Route,
  Security,
  SuccessResponse,
  Tags,
} from '../decorators.ts';
import * as apiKeys from '../../usecases/api-keys.ts';
import * as rotations from '../../usecases/rotations.ts';
import type { Call } from '../call.ts';
import type { ApiKey, ApiKeyCreate, ApiKeyRotate, ApiKeyWithSecret } from '../wire/api-key.ts';
import type { ApiKeyKey, CustomerKey } from '../wire/keys.ts';
import type { Page } from '../wire/page.ts';
import { fromWire, toWire } from '../wire/names.ts';

@Route('v1/api-keys')
@Tags('api-keys')
export class ApiKeysController {
  /**
   * Make a key. The secret is shown only in this answer.
   *
   * A customer makes keys of its own.
   */
  @Post()
  @OperationId('createApiKey')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'customer'])
  @Extension('x-sdk', 'apiKeys.create')
  @Extension('x-error-codes', ['not_found', 'customer_not_active'])
  @SuccessResponse(201, 'Created')
  async create(@Request() call: Call, @Body() body: ApiKeyCreate): Promise<ApiKeyWithSecret> {
    return toWire(await apiKeys.create(call.context, fromWire(body)));
  }

  /**
   * List keys, oldest first, without their secrets. A customer sees its own.
   */
  @Get()
  @OperationId('listApiKeys')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support', 'customer'])
  @Extension('x-sdk', 'apiKeys.list')
  @Extension('x-pagination', true)
  async list(@Request() call: Call, @Query() customer_id?: CustomerKey): Promise<Page<ApiKey>> {
    return toWire(await apiKeys.list(call.context, { customerId: customer_id }, call.page));
  }

  /**
   * Get a key, without its secret.
   */
  @Get('{id}')
  @OperationId('getApiKey')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support', 'customer'])
  @Extension('x-sdk', 'apiKeys.get')
  async get(@Request() call: Call, @Path() id: ApiKeyKey): Promise<ApiKey> {
    return toWire(await apiKeys.get(call.context, id));
  }

  /**
   * Rotate a key: a new one takes its place, and the old one ends after a while.
   *
   * Both work until then, and no more than these two: a key that has ended, or one of two that are
   * live, is refused with `invalid_state_transition`. The new one has the name, the role and the
   * scopes of the old one. Its secret is shown only in this answer.
   */
  @Post('{id}/rotate')
  @OperationId('rotateApiKey')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'customer'])
  @Extension('x-sdk', 'apiKeys.rotate')
  @Extension('x-error-codes', ['invalid_state_transition'])
  @SuccessResponse(201, 'Created')
  async rotate(
    @Request() call: Call,
    @Path() id: ApiKeyKey,
    @Body() body?: ApiKeyRotate,
  ): Promise<ApiKeyWithSecret> {
    return toWire(await rotations.rotate(call.context, id, fromWire(body ?? {})));
  }

  /**
   * Revoke a key, at once.
   */
  @Delete('{id}')
  @OperationId('revokeApiKey')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'customer'])
  @Extension('x-sdk', 'apiKeys.revoke')
  @SuccessResponse(204, 'Done')
  async revoke(@Request() call: Call, @Path() id: ApiKeyKey): Promise<void> {
    await apiKeys.revoke(call.context, id);
  }
}
