// Entries of the allowlists, wanted or found.

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
} from './decorators.ts';
import * as principals from '../usecases/principals.ts';
import type { Call } from './call.ts';
import type { Page } from './wire/page.ts';
import type { Principal } from './wire/principal.ts';
import { fromWire, toWire } from './wire/names.ts';

@Route('v1/principals')
@Tags('principals')
export class PrincipalsController {
  /**
   * List principals.
   */
  @Get()
  @OperationId('listPrincipals')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support', 'customer'])
  @Extension('x-sdk', 'principals.list')
  @Extension('x-pagination', true)
  async list(
    @Request() call: Call,
    @Query() endpoint_service_id?: string,
    @Query() state?: string,
  ): Promise<Page<Principal>> {
    return toWire(
      await principals.list(call.context, fromWire({ endpoint_service_id, state }), call.page),
    );
  }

  /**
   * Get a principal.
   */
  @Get('{id}')
  @OperationId('getPrincipal')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support', 'customer'])
  @Extension('x-sdk', 'principals.get')
  async get(@Request() call: Call, @Path() id: string): Promise<Principal> {
    return toWire(await principals.get(call.context, id));
  }
}
