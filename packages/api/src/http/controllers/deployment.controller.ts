// The deployment: one for each database.

import {
  Body,
  Extension,
  Get,
  OperationId,
  Post,
  Request,
  Route,
  Security,
  Tags,
} from '../decorators.ts';
import * as deployment from '../../usecases/deployment.ts';
import type { Call } from '../call.ts';
import type { Deployment, DeploymentConfirm } from '../wire/deployment.ts';
import { fromWire, toWire } from '../wire/names.ts';

@Route('v1/deployment')
@Tags('deployment')
export class DeploymentController {
  /**
   * Show which Sallyport this is, and whether its database may change anything in AWS.
   */
  @Get()
  @OperationId('getDeployment')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support'])
  @Extension('x-sdk', 'deployment.get')
  async get(@Request() call: Call): Promise<Deployment> {
    return toWire(await deployment.get(call.context));
  }

  /**
   * Confirm that this database is the one that manages its services. Look at their plans first.
   *
   * It ends every quarantine, under a new id: a Sallyport on the database that this one was copied
   * of stands still once this one has changed something. Stop it before you confirm.
   */
  @Post('confirm')
  @OperationId('confirmDeployment')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-sdk', 'deployment.confirm')
  async confirm(@Request() call: Call, @Body() body: DeploymentConfirm): Promise<Deployment> {
    return toWire(await deployment.confirm(call.context, fromWire(body)));
  }
}
