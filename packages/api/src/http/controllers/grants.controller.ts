// Grants: which customer may use which endpoint service, and on which terms.

import {
  Body,
  Delete,
  Extension,
  Get,
  OperationId,
  Patch,
  Path,
  Post,
  Put,
  Query,
  Request,
  Route,
  Security,
  SuccessResponse,
  Tags,
} from '../decorators.ts';
import * as grants from '../../usecases/grants.ts';
import * as declarations from '../../usecases/declarations.ts';
import { declared, type Call } from '../call.ts';
import type { Grant, GrantCreate, GrantUpdate, GrantPut } from '../wire/grant.ts';
import type { CustomerKey, EndpointServiceKey, GrantKey } from '../wire/keys.ts';
import type { Page } from '../wire/page.ts';
import type { Timestamp } from '../wire/text.ts';
import { fromWire, toWire } from '../wire/names.ts';

@Route('v1/grants')
@Tags('grants')
export class GrantsController {
  /**
   * Let a customer use an endpoint service.
   *
   * Its accounts that have standing get onto the allowlist, as far as the grant covers them.
   */
  @Post()
  @OperationId('createGrant')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-sdk', 'grants.create')
  @Extension('x-error-codes', [
    'invalid_principal',
    'not_found',
    'already_exists',
    'customer_not_active',
  ])
  @SuccessResponse(201, 'Created')
  async create(@Request() call: Call, @Body() body: GrantCreate): Promise<Grant> {
    return toWire(await grants.create(call.context, fromWire(body)));
  }

  /**
   * List grants, oldest first. A customer sees its own.
   * @param updated_since Leave out what was not changed since this moment.
   */
  @Get()
  @OperationId('listGrants')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support', 'customer'])
  @Extension('x-sdk', 'grants.list')
  @Extension('x-pagination', true)
  async list(
    @Request() call: Call,
    @Query() customer_id?: CustomerKey,
    @Query() endpoint_service_id?: EndpointServiceKey,
    @Query() updated_since?: Timestamp,
  ): Promise<Page<Grant>> {
    const filter = fromWire({ customer_id, endpoint_service_id, updated_since });
    return toWire(await grants.list(call.context, filter, call.page));
  }

  /**
   * Get a grant by id, or by customer and service as `acme:vpce-svc-…`.
   */
  @Get('{id}')
  @OperationId('getGrant')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support', 'customer'])
  @Extension('x-sdk', 'grants.get')
  async get(@Request() call: Call, @Path() id: GrantKey): Promise<Grant> {
    return toWire(await grants.get(call.context, id));
  }

  /**
   * Have a grant be as declared, by customer and service as `acme:vpce-svc-…`; made when it is not
   * there.
   *
   * The same again changes nothing and answers the same.
   */
  @Put('{id}')
  @OperationId('putGrant')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-sdk', 'grants.put')
  @Extension('x-error-codes', ['invalid_principal', 'customer_not_active'])
  @Extension('x-upsert', true)
  async put(@Request() call: Call, @Path() id: GrantKey, @Body() body: GrantPut): Promise<Grant> {
    return toWire(declared(call, await declarations.putGrant(call.context, id, fromWire(body))));
  }

  /**
   * Change what a grant covers, or its terms.
   */
  @Patch('{id}')
  @OperationId('updateGrant')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-sdk', 'grants.update')
  @Extension('x-error-codes', ['invalid_principal', 'customer_not_active'])
  @Extension('x-if-match-for', ['account_ids', 'role_names'])
  async update(
    @Request() call: Call,
    @Path() id: GrantKey,
    @Body() body: GrantUpdate,
  ): Promise<Grant> {
    return toWire(await grants.update(call.context, id, fromWire(body)));
  }

  /**
   * Take a grant away. Its principals leave the allowlist; live connections stay.
   */
  @Delete('{id}')
  @OperationId('deleteGrant')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-sdk', 'grants.delete')
  @SuccessResponse(204, 'Done')
  async delete(@Request() call: Call, @Path() id: GrantKey): Promise<void> {
    await grants.remove(call.context, id);
  }
}
