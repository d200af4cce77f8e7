// Redeeming an invite: the one thing that needs no key.

import {
  Body,
  Extension,
  OperationId,
  Post,
  Request,
  Route,
  SuccessResponse,
  Tags,
} from '../decorators.ts';
import * as invites from '../../usecases/invites.ts';
import type { Call } from '../call.ts';
import type { ApiKeyWithSecret } from '../wire/api-key.ts';
import type { InviteRedeem } from '../wire/invite.ts';
import { fromWire, toWire } from '../wire/names.ts';

@Route('v1/invites')
@Tags('invites')
export class InvitesController {
  /**
   * Redeem an invite for an API key of the customer. The secret is shown only in this answer.
   */
  @Post('redeem')
  @OperationId('redeemInvite')
  @Extension('x-roles', ['anyone'])
  @Extension('x-sdk', 'invites.redeem')
  @Extension('x-error-codes', ['invite_not_usable'])
  @SuccessResponse(201, 'Created')
  async redeem(@Request() call: Call, @Body() body: InviteRedeem): Promise<ApiKeyWithSecret> {
    return toWire(await invites.redeem(call.context, fromWire(body)));
  }
}
