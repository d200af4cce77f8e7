// What runs of the workers told.

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
import type { Run } from '../wire/run.ts';
import { toWire } from '../wire/names.ts';

@Route('v1/runs')
@Tags('runs')
export class RunsController {
  /**
   * List what runs of workers saw, decided, did and left, newest first.
   *
   * A run that told the same as the one before is not kept. Those of a service include the ones of
   * its region, which it shares with others.
   * @param kind Only runs of targets of this kind.
   */
  @Get()
  @OperationId('listRuns')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support'])
  @Extension('x-sdk', 'runs.list')
  @Extension('x-pagination', true)
  async list(
    @Request() call: Call,
    @Query() endpoint_service_id?: EndpointServiceKey,
    @Query() kind?: TargetKind,
  ): Promise<Page<Run>> {
    const filter = { endpointServiceId: endpoint_service_id, kind };
    return toWire(await engine.listRuns(call.context, filter, call.page));
  }
}
