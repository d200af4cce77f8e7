// What the workers look after.

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
import type { TargetKind } from '../../domain/target.ts';
import * as engine from '../../usecases/engine.ts';
import type { Call } from '../call.ts';
import type { EndpointServiceKey } from '../wire/keys.ts';
import type { Page } from '../wire/page.ts';
import type { ReconcileTarget } from '../wire/reconcile-target.ts';
import { toWire } from '../wire/names.ts';

@Route('v1/reconcile-targets')
@Tags('reconcile-targets')
export class ReconcileTargetsController {
  /**
   * List the places in AWS that workers look after, each with the report of its last run.
   *
   * Those of a service include the ones of its region, which it shares with others.
   * @param kind Only targets of this kind.
   */
  @Get()
  @OperationId('listReconcileTargets')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support'])
  @Extension('x-sdk', 'reconcileTargets.list')
  @Extension('x-pagination', true)
  async list(
    @Request() call: Call,
    @Query() endpoint_service_id?: EndpointServiceKey,
    @Query() kind?: TargetKind,
  ): Promise<Page<ReconcileTarget>> {
    const filter = { endpointServiceId: endpoint_service_id, kind };
    return toWire(await engine.listTargets(call.context, filter, call.page));
  }
}
