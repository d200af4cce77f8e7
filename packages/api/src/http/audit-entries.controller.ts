// The audit log.

import {
  Extension,
  Get,
  OperationId,
  Query,
  Request,
  Route,
  Security,
  Tags,
} from './decorators.ts';
import * as auditEntries from '../usecases/audit-entries.ts';
import type { Call } from './call.ts';
import type { AuditEntry } from './wire/audit-entry.ts';
import type { Page } from './wire/page.ts';
import { fromWire, toWire } from './wire/names.ts';

@Route('v1/audit-entries')
@Tags('audit-entries')
export class AuditEntriesController {
  /**
   * List audit entries, newest first.
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
    @Query() customer_id?: string,
  ): Promise<Page<AuditEntry>> {
    return toWire(
      await auditEntries.list(call.context, fromWire({ subject_id, customer_id }), call.page),
    );
  }
}
