// The vendor's own AWS accounts.

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
import * as providerAccounts from '../../usecases/provider-accounts.ts';
import * as declarations from '../../usecases/declarations.ts';
import { declared, type Call } from '../call.ts';
import type { ProviderAccountKey } from '../wire/keys.ts';
import type { Page } from '../wire/page.ts';
import type {
  ProviderAccount,
  ProviderAccountCreate,
  ProviderAccountUpdate,
  ProviderAccountPut,
} from '../wire/provider-account.ts';
import type { Timestamp } from '../wire/text.ts';
import { fromWire, toWire } from '../wire/names.ts';

@Route('v1/provider-accounts')
@Tags('provider-accounts')
export class ProviderAccountsController {
  /**
   * Register one of your AWS accounts.
   *
   * Nothing is called in it until an endpoint service is registered there.
   */
  @Post()
  @OperationId('createProviderAccount')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-sdk', 'providerAccounts.create')
  @Extension('x-error-codes', ['already_exists'])
  @SuccessResponse(201, 'Created')
  async create(
    @Request() call: Call,
    @Body() body: ProviderAccountCreate,
  ): Promise<ProviderAccount> {
    return toWire(await providerAccounts.create(call.context, fromWire(body)));
  }

  /**
   * List your provider accounts, oldest first.
   * @param updated_since Leave out what was not changed since this moment.
   */
  @Get()
  @OperationId('listProviderAccounts')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support'])
  @Extension('x-sdk', 'providerAccounts.list')
  @Extension('x-pagination', true)
  async list(
    @Request() call: Call,
    @Query() updated_since?: Timestamp,
  ): Promise<Page<ProviderAccount>> {
    const filter = fromWire({ updated_since });
    return toWire(await providerAccounts.list(call.context, filter, call.page));
  }

  /**
   * Get a provider account by id or account number.
   */
  @Get('{id}')
  @OperationId('getProviderAccount')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support'])
  @Extension('x-sdk', 'providerAccounts.get')
  async get(@Request() call: Call, @Path() id: ProviderAccountKey): Promise<ProviderAccount> {
    return toWire(await providerAccounts.get(call.context, id));
  }

  /**
   * Have a provider account be as declared, by its account number; made when it is not there.
   *
   * The same again changes nothing and answers the same.
   */
  @Put('{id}')
  @OperationId('putProviderAccount')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-sdk', 'providerAccounts.put')
  @Extension('x-error-codes', ['in_use'])
  @Extension('x-upsert', true)
  async put(
    @Request() call: Call,
    @Path() id: ProviderAccountKey,
    @Body() body: ProviderAccountPut,
  ): Promise<ProviderAccount> {
    return toWire(
      declared(call, await declarations.putProviderAccount(call.context, id, fromWire(body))),
    );
  }

  /**
   * Change the name, the regions, the hosted zones or the queues. A region in which there is an
   * endpoint service stays (`in_use`).
   */
  @Patch('{id}')
  @OperationId('updateProviderAccount')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-sdk', 'providerAccounts.update')
  @Extension('x-error-codes', ['in_use'])
  @Extension('x-if-match-for', ['hosted_zones', 'notification_queue_arns'])
  async update(
    @Request() call: Call,
    @Path() id: ProviderAccountKey,
    @Body() body: ProviderAccountUpdate,
  ): Promise<ProviderAccount> {
    return toWire(await providerAccounts.update(call.context, id, fromWire(body)));
  }

  /**
   * Forget a provider account that has no endpoint services, else it is `in_use`. Nothing changes
   * in AWS.
   */
  @Delete('{id}')
  @OperationId('deleteProviderAccount')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-sdk', 'providerAccounts.delete')
  @Extension('x-error-codes', ['in_use'])
  @SuccessResponse(204, 'Done')
  async delete(@Request() call: Call, @Path() id: ProviderAccountKey): Promise<void> {
    await providerAccounts.remove(call.context, id);
  }
}
