// Vouching for many accounts at once.

import {
  Body,
  Extension,
  OperationId,
  Post,
  Request,
  Route,
  Security,
  Tags,
} from '../decorators.ts';
import * as attestations from '../../usecases/attestations.ts';
import type { Call } from '../call.ts';
import type { Attestations, AttestationsCreate } from '../wire/attestation.ts';
import { fromWire, toWire } from '../wire/names.ts';

@Route('v1/attestations')
@Tags('accounts')
export class AttestationsController {
  /**
   * Vouch for many accounts without a proof, with a result for each.
   *
   * One that is refused leaves the others as they are; `validate_only` tells beforehand. The same
   * again changes nothing.
   */
  @Post()
  @OperationId('attestAccounts')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-sdk', 'accounts.attestAll')
  async create(@Request() call: Call, @Body() body: AttestationsCreate): Promise<Attestations> {
    return toWire(await attestations.create(call.context, fromWire(body)));
  }
}
