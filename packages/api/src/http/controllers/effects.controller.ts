// Every change of AWS.

import {
  Extension,
  Get,
  OperationId,
  Query,
  Request,
  Route,
  Security,
  Tags,
} from '../decorators.ts';
import type { EffectState } from '../../domain/effect.ts';
import * as engine from '../../usecases/engine.ts';
import type { Call } from '../call.ts';
import type { Effect } from '../wire/effect.ts';
import type { EndpointServiceKey } from '../wire/keys.ts';
import type { Page } from '../wire/page.ts';
import { toWire } from '../wire/names.ts';

@Route('v1/effects')
@Tags('effects')
export class EffectsController {
  /**
   * List the changes of AWS, newest first: what was intended, and what became of it.
   * @param outcome Only changes with this outcome.
   */
  @Get()
  @OperationId('listEffects')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support'])
  @Extension('x-sdk', 'effects.list')
  @Extension('x-pagination', true)
  async list(
    @Request() call: Call,
    @Query() endpoint_service_id?: EndpointServiceKey,
    @Query() outcome?: EffectState,
  ): Promise<Page<Effect>> {
    const filter = { endpointServiceId: endpoint_service_id, outcome };
    return toWire(await engine.listEffects(call.context, filter, call.page));
  }
}
