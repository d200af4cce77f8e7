// API keys of staff and customers.

import {
  Body,
  Delete,
  Extension,
  Get,
  OperationId,
  Path,
  Post,
  Request,
  Route,
  Security,
  SuccessResponse,
  Tags,
} from './decorators.ts';
import * as apiKeys from '../usecases/api-keys.ts';
import type { Call } from './call.ts';
import type { ApiKey, ApiKeyCreate, ApiKeyWithSecret } from './wire/api-key.ts';
import type { Page } from './wire/page.ts';
import { fromWire, toWire } from './wire/names.ts';

@Route('v1/api-keys')
@Tags('api-keys')
export class ApiKeysController {
  /**
   * Make a key. The secret is shown only in this answer.
   */
  @Post()
  @OperationId('createApiKey')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-sdk', 'apiKeys.create')
  @SuccessResponse(201, 'Created')
  async create(@Request() call: Call, @Body() body: ApiKeyCreate): Promise<ApiKeyWithSecret> {
    return toWire(await apiKeys.create(call.context, fromWire(body)));
  }

  /**
   * List keys, without their secrets.
   */
  @Get()
  @OperationId('listApiKeys')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-sdk', 'apiKeys.list')
  @Extension('x-pagination', true)
  async list(@Request() call: Call): Promise<Page<ApiKey>> {
    return toWire(await apiKeys.list(call.context, call.page));
  }

  /**
   * Get a key, without its secret.
   */
  @Get('{id}')
  @OperationId('getApiKey')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-sdk', 'apiKeys.get')
  async get(@Request() call: Call, @Path() id: string): Promise<ApiKey> {
    return toWire(await apiKeys.get(call.context, id));
  }

  /**
   * Revoke a key, at once.
   */
  @Delete('{id}')
  @OperationId('revokeApiKey')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-sdk', 'apiKeys.revoke')
  @SuccessResponse(204, 'Done')
  async revoke(@Request() call: Call, @Path() id: string): Promise<void> {
    await apiKeys.revoke(call.context, id);
  }
}
