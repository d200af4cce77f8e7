// Imports: what a vendor had before Sallyport, in bulk.

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
import * as imports from '../../usecases/imports.ts';
import type { Call } from '../call.ts';
import type { Import, ImportCreate } from '../wire/import.ts';
import { fromWire, toWire } from '../wire/names.ts';

@Route('v1/imports')
@Tags('imports')
export class ImportsController {
  /**
   * Import customers, accounts, grants and connections in bulk. Nothing changes in AWS by it.
   *
   * The answer has a result for each row; `validate_only` gives the same one beforehand. The same
   * import again changes nothing.
   */
  @Post()
  @OperationId('createImport')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-sdk', 'imports.create')
  @Extension('x-error-codes', ['import_refused'])
  async create(@Request() call: Call, @Body() body: ImportCreate): Promise<Import> {
    return toWire(await imports.create(call.context, fromWire(body)));
  }
}
