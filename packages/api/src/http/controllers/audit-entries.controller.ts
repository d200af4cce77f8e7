// The audit log.

import {
  Extension,
  Get,
  OperationId,
  Produces,
  Query,
  Request,
  Route,
  Security,
  Tags,
} from '../decorators.ts';
import * as auditExport from '../../usecases/audit-export.ts';
import * as auditEntries from '../../usecases/audit-entries.ts';
import type { Call } from '../call.ts';
import type { AuditEntry, AuditExportLine, AuditHead } from '../wire/audit-entry.ts';
import type { CustomerKey } from '../wire/keys.ts';
import type { Page } from '../wire/page.ts';
import { fromWire, toWire } from '../wire/names.ts';

@Route('v1/audit-entries')
@Tags('audit-entries')
export class AuditEntriesController {
  /**
   * List audit entries, newest first.
   * @param subject_id Only changes of the resource with this id.
   * @maxLength subject_id 200
   * @param request_id Only what the request with this `X-Request-Id` changed, and what workers did
   * that follows from it. The id of a trace stands for all of its requests.
   * @maxLength request_id 128
   * @param actor Only what this key, token, person or worker did.
   * @maxLength actor 260
   */
  @Get()
  @OperationId('listAuditEntries')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support'])
  @Extension('x-sdk', 'auditEntries.list')
  @Extension('x-pagination', true)
  async list(
    @Request() call: Call,
    @Query() subject_id?: string,
    @Query() customer_id?: CustomerKey,
    @Query() request_id?: string,
    @Query() actor?: string,
  ): Promise<Page<AuditEntry>> {
    const filter = fromWire({ subject_id, customer_id, request_id, actor });
    return toWire(await auditEntries.list(call.context, filter, call.page));
  }

  /**
   * Show the end of the chain of seals over the audit log.
   *
   * Note `seals` and `hash` elsewhere from time to time: an export is held to what you noted by
   * `sallyport audit verify --anchor`.
   */
  @Get('head')
  @OperationId('getAuditHead')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support'])
  @Extension('x-sdk', 'auditEntries.head')
  async head(@Request() call: Call): Promise<AuditHead> {
    return toWire(await auditExport.head(call.context));
  }

  /**
   * Export the audit log with its seals, as a stream of lines of JSON.
   *
   * Everything that is sealed comes, oldest first: the entries under a seal, then the seal, and an
   * end by which a stream that broke off is known. `sallyport audit verify` finds out offline
   * whether it is what was sealed.
   */
  @Get('export')
  @OperationId('exportAuditEntries')
  @Security('apiKey')
  @Produces('application/x-ndjson')
  @Extension('x-roles', ['operator', 'support'])
  async export(@Request() call: Call): Promise<AuditExportLine> {
    // The contract describes a line, and the answer is as many as there are.
    return auditExport.texts(call.context, toWire) as never;
  }
}
