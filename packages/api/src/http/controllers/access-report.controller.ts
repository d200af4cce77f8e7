// Who could reach a service at a moment.

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
import * as accessReport from '../../usecases/access-report.ts';
import type { Call } from '../call.ts';
import type { AccessReport } from '../wire/access-report.ts';
import type { EndpointServiceKey } from '../wire/keys.ts';
import type { Timestamp } from '../wire/text.ts';
import { toWire } from '../wire/names.ts';

@Route('v1/access-report')
@Tags('audit-entries')
export class AccessReportController {
  /**
   * Report who could reach a service at a moment, by whom and why they were allowed.
   *
   * From what was recorded then; `limits` says what is not known, as of the time before the service
   * was registered.
   * @param endpoint_service_id The service, by id or `vpce-svc-…`.
   * @param at The moment, not in the future.
   */
  @Get()
  @OperationId('getAccessReport')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support'])
  @Extension('x-sdk', 'auditEntries.accessReport')
  @Extension('x-error-codes', ['not_found'])
  async get(
    @Request() call: Call,
    @Query() endpoint_service_id: EndpointServiceKey,
    @Query() at: Timestamp,
  ): Promise<AccessReport> {
    return toWire(await accessReport.report(call.context, endpoint_service_id, at));
  }
}
