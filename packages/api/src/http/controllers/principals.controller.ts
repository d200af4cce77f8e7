// Entries of the allowlists, wanted or found.

import {
  Body,
  Extension,
  Get,
  OperationId,
  Path,
  Post,
  Query,
  Request,
  Route,
  Security,
  Tags,
} from '../decorators.ts';
import type { PrincipalState } from '../../domain/principal.ts';
import * as contested from '../../usecases/contested-principals.ts';
import * as principals from '../../usecases/principals.ts';
import type { Call } from '../call.ts';
import type { EndpointServiceKey, PrincipalKey } from '../wire/keys.ts';
import type { Page } from '../wire/page.ts';
import type { Principal, PrincipalDecision } from '../wire/principal.ts';
import { fromWire, toWire } from '../wire/names.ts';

@Route('v1/principals')
@Tags('principals')
export class PrincipalsController {
  /**
   * List principals, oldest first: the entries of allowlists, as they are wanted and as AWS shows
   * them. A customer sees those that its grants want.
   * @param state Only entries in this state.
   * @param account_id The AWS account that the entries let in.
   * @pattern account_id ^[0-9]{12}$
   */
  @Get()
  @OperationId('listPrincipals')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support', 'customer'])
  @Extension('x-sdk', 'principals.list')
  @Extension('x-pagination', true)
  async list(
    @Request() call: Call,
    @Query() endpoint_service_id?: EndpointServiceKey,
    @Query() state?: PrincipalState,
    @Query() account_id?: string,
  ): Promise<Page<Principal>> {
    const filter = fromWire({ endpoint_service_id, state, account_id });
    return toWire(await principals.list(call.context, filter, call.page));
  }

  /**
   * Get a principal.
   */
  @Get('{id}')
  @OperationId('getPrincipal')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support', 'customer'])
  @Extension('x-sdk', 'principals.get')
  async get(@Request() call: Call, @Path() id: PrincipalKey): Promise<Principal> {
    return toWire(await principals.get(call.context, id));
  }

  /**
   * Restore a contested principal: put back, this once, what other hands have removed.
   *
   * Of one that is there, or on its way, it changes nothing. One that no grant wants is refused
   * with `invalid_state_transition`.
   */
  @Post('{id}/restore')
  @OperationId('restorePrincipal')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-sdk', 'principals.restore')
  @Extension('x-error-codes', ['aspect_not_managed', 'invalid_state_transition'])
  async restore(
    @Request() call: Call,
    @Path() id: PrincipalKey,
    @Body() body: PrincipalDecision,
  ): Promise<Principal> {
    return toWire(await contested.restore(call.context, id, body.reason));
  }

  /**
   * Release a contested principal: it is Sallyport's no longer, and is not put back.
   *
   * It holds until no grant wants the entry any more, or until you restore it. A principal that is
   * not contested is refused with `invalid_state_transition`.
   */
  @Post('{id}/release')
  @OperationId('releasePrincipal')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-sdk', 'principals.release')
  @Extension('x-error-codes', ['invalid_state_transition'])
  async release(
    @Request() call: Call,
    @Path() id: PrincipalKey,
    @Body() body: PrincipalDecision,
  ): Promise<Principal> {
    return toWire(await contested.release(call.context, id, body.reason));
  }
}
