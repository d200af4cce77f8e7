// Entries of an allowlist that other hands have made.

import {
  Body,
  Extension,
  Get,
  OperationId,
  Path,
  Post,
  Request,
  Route,
  Security,
  Tags,
} from '../decorators.ts';
import * as unmanaged from '../../usecases/unmanaged-principals.ts';
import type { Call } from '../call.ts';
import type { EndpointServiceKey } from '../wire/keys.ts';
import type { Page } from '../wire/page.ts';
import type {
  AdoptedPrincipals,
  Principal,
  PrincipalAdopt,
  PrincipalName,
  PrincipalsAdopt,
} from '../wire/principal.ts';
import { fromWire, toWire } from '../wire/names.ts';

@Route('v1/endpoint-services/{id}/unmanaged-principals')
@Tags('principals')
export class UnmanagedPrincipalsController {
  /**
   * List the entries of the allowlist that are there and not Sallyport's, wanted or not.
   */
  @Get()
  @OperationId('listUnmanagedPrincipals')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support'])
  @Extension('x-sdk', 'endpointServices.listUnmanagedPrincipals')
  @Extension('x-pagination', true)
  async list(@Request() call: Call, @Path() id: EndpointServiceKey): Promise<Page<Principal>> {
    return toWire(await unmanaged.list(call.context, id, call.page));
  }

  /**
   * Adopt several entries: all of them or, when one cannot be adopted, none.
   *
   * What no grant wants then leaves the allowlist as soon as principals are in `manage`.
   */
  @Post('adopt')
  @OperationId('adoptPrincipals')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-sdk', 'endpointServices.adoptPrincipals')
  @Extension('x-error-codes', ['invalid_principal', 'invalid_state_transition'])
  async adoptMany(
    @Request() call: Call,
    @Path() id: EndpointServiceKey,
    @Body() body: PrincipalsAdopt,
  ): Promise<AdoptedPrincipals> {
    return toWire(await unmanaged.adoptMany(call.context, id, fromWire(body)));
  }

  /**
   * Adopt an entry that other hands have made, by its id or its ARN: from now on it is Sallyport's.
   *
   * While a grant wants it, it stays. When none does, it leaves the allowlist as soon as principals
   * are in `manage`: adoption is also how an entry made by hand is removed.
   */
  @Post('{principal}/adopt')
  @OperationId('adoptPrincipal')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-sdk', 'endpointServices.adoptPrincipal')
  @Extension('x-error-codes', ['invalid_principal', 'invalid_state_transition'])
  async adopt(
    @Request() call: Call,
    @Path() id: EndpointServiceKey,
    @Path() principal: PrincipalName,
    @Body() body: PrincipalAdopt,
  ): Promise<Principal> {
    return toWire(await unmanaged.adopt(call.context, id, principal, body.reason));
  }
}
