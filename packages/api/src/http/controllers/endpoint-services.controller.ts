// Endpoint services: what the vendor lets customers connect to.

import {
  Body,
  Delete,
  Extension,
  Get,
  OperationId,
  Patch,
  Path,
  Post,
  Put,
  Query,
  Request,
  Route,
  Security,
  SuccessResponse,
  Tags,
} from '../decorators.ts';
import * as endpointServices from '../../usecases/endpoint-services.ts';
import * as drift from '../../usecases/drift.ts';
import * as plans from '../../usecases/plans.ts';
import * as retirements from '../../usecases/retirements.ts';
import * as declarations from '../../usecases/declarations.ts';
import { declared, type Call } from '../call.ts';
import type { DriftReport } from '../wire/drift.ts';
import type {
  EndpointService,
  EndpointServiceCreate,
  EndpointServiceFreeze,
  EndpointServiceRetire,
  EndpointServiceUpdate,
  ModesUpdate,
  EndpointServicePut,
} from '../wire/endpoint-service.ts';
import type { Region } from '../wire/aws-names.ts';
import type { Plan } from '../wire/plan.ts';
import type { Operation } from '../wire/operation.ts';
import type { EndpointServiceKey } from '../wire/keys.ts';
import type { Page } from '../wire/page.ts';
import type { Timestamp } from '../wire/text.ts';
import { fromWire, toWire } from '../wire/names.ts';

@Route('v1/endpoint-services')
@Tags('endpoint-services')
export class EndpointServicesController {
  /**
   * Register an existing endpoint service, or create one from load balancers.
   *
   * A registered service starts in `observe`: nothing is changed in AWS until an aspect is
   * switched.
   */
  @Post()
  @OperationId('createEndpointService')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-sdk', 'endpointServices.create')
  @Extension('x-error-codes', ['not_found', 'already_exists'])
  @SuccessResponse(201, 'Created')
  async create(
    @Request() call: Call,
    @Body() body: EndpointServiceCreate,
  ): Promise<EndpointService> {
    return toWire(
      endpointServices.show(await endpointServices.create(call.context, fromWire(body))),
    );
  }

  /**
   * List endpoint services, oldest first.
   * @param region Only services in this region of AWS.
   * @param updated_since Leave out what was not changed since this moment.
   */
  @Get()
  @OperationId('listEndpointServices')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support'])
  @Extension('x-sdk', 'endpointServices.list')
  @Extension('x-pagination', true)
  async list(
    @Request() call: Call,
    @Query() region?: Region,
    @Query() updated_since?: Timestamp,
  ): Promise<Page<EndpointService>> {
    const filter = fromWire({ region, updated_since });
    return toWire(await endpointServices.list(call.context, filter, call.page));
  }

  /**
   * Get an endpoint service by id or by AWS's `vpce-svc-…`.
   */
  @Get('{id}')
  @OperationId('getEndpointService')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support'])
  @Extension('x-sdk', 'endpointServices.get')
  async get(@Request() call: Call, @Path() id: EndpointServiceKey): Promise<EndpointService> {
    return toWire(endpointServices.show(await endpointServices.get(call.context, id)));
  }

  /**
   * Have a service be as declared, by AWS's `vpce-svc-…`; registered when it is not there.
   *
   * The same again changes nothing and answers the same.
   */
  @Put('{id}')
  @OperationId('putEndpointService')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-sdk', 'endpointServices.put')
  @Extension('x-upsert', true)
  async put(
    @Request() call: Call,
    @Path() id: EndpointServiceKey,
    @Body() body: EndpointServicePut,
  ): Promise<EndpointService> {
    const put = await declarations.putEndpointService(call.context, id, fromWire(body));
    return toWire(endpointServices.show(declared(call, put)));
  }

  /**
   * Rename an endpoint service, or say what becomes of entries that other hands remove.
   */
  @Patch('{id}')
  @OperationId('updateEndpointService')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-sdk', 'endpointServices.update')
  async update(
    @Request() call: Call,
    @Path() id: EndpointServiceKey,
    @Body() body: EndpointServiceUpdate,
  ): Promise<EndpointService> {
    return toWire(
      endpointServices.show(await endpointServices.update(call.context, id, fromWire(body))),
    );
  }

  /**
   * Forget an endpoint service without grants. Nothing changes in AWS: to delete it there, retire
   * it first.
   *
   * It is refused with `in_use` while a grant names it, an entry of Sallyport's is still to leave
   * its allowlist, or AWS has not deleted it yet.
   */
  @Delete('{id}')
  @OperationId('deleteEndpointService')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-sdk', 'endpointServices.delete')
  @Extension('x-error-codes', ['in_use'])
  @SuccessResponse(204, 'Done')
  async delete(@Request() call: Call, @Path() id: EndpointServiceKey): Promise<void> {
    await endpointServices.remove(call.context, id);
  }

  /**
   * Switch aspects between `observe` and `manage`. Look at the plan first.
   */
  @Patch('{id}/modes')
  @OperationId('setEndpointServiceModes')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-sdk', 'endpointServices.setModes')
  async setModes(
    @Request() call: Call,
    @Path() id: EndpointServiceKey,
    @Body() body: ModesUpdate,
  ): Promise<EndpointService> {
    return toWire(
      endpointServices.show(await endpointServices.setModes(call.context, id, fromWire(body))),
    );
  }

  /**
   * Freeze an endpoint service: from now on nothing of it is changed in AWS.
   *
   * It is read and reported on as before. What its grants want waits until it is unfrozen.
   */
  @Post('{id}/freeze')
  @OperationId('freezeEndpointService')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-sdk', 'endpointServices.freeze')
  async freeze(
    @Request() call: Call,
    @Path() id: EndpointServiceKey,
    @Body() body: EndpointServiceFreeze,
  ): Promise<EndpointService> {
    return toWire(
      endpointServices.show(await endpointServices.freeze(call.context, id, fromWire(body))),
    );
  }

  /**
   * Unfreeze an endpoint service: it goes on as its modes say. Look at the plan first.
   */
  @Post('{id}/unfreeze')
  @OperationId('unfreezeEndpointService')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-sdk', 'endpointServices.unfreeze')
  async unfreeze(@Request() call: Call, @Path() id: EndpointServiceKey): Promise<EndpointService> {
    return toWire(endpointServices.show(await endpointServices.unfreeze(call.context, id)));
  }

  /**
   * Retire an endpoint service: nobody is let in any more, what lives is rejected, and AWS deletes
   * it. There is no way back. Every aspect has to be in `manage`.
   *
   * Its registration stays, with the history of its connections, until it is deleted here too.
   */
  @Post('{id}/retire')
  @OperationId('retireEndpointService')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-sdk', 'endpointServices.retire')
  @Extension('x-error-codes', ['invalid_state_transition'])
  @SuccessResponse(202, 'Accepted')
  async retire(
    @Request() call: Call,
    @Path() id: EndpointServiceKey,
    @Body() body: EndpointServiceRetire,
  ): Promise<Operation> {
    return toWire(await retirements.retire(call.context, id, fromWire(body)));
  }

  /**
   * Show what would change in AWS if every aspect were in `manage`.
   */
  @Get('{id}/plan')
  @OperationId('planEndpointService')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support'])
  @Extension('x-sdk', 'endpointServices.plan')
  async plan(@Request() call: Call, @Path() id: EndpointServiceKey): Promise<Plan> {
    return toWire(await plans.plan(call.context, id));
  }

  /**
   * Show what differs from what is wanted, and since when, by what was last observed.
   */
  @Get('{id}/drift')
  @OperationId('getDrift')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support'])
  @Extension('x-sdk', 'endpointServices.drift')
  async drift(@Request() call: Call, @Path() id: EndpointServiceKey): Promise<DriftReport> {
    return toWire(await drift.report(call.context, id));
  }

  /**
   * Read AWS now and bring it in line, as far as the modes allow.
   */
  @Post('{id}/reconcile')
  @OperationId('reconcileEndpointService')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support'])
  @Extension('x-sdk', 'endpointServices.reconcile')
  @SuccessResponse(202, 'Accepted')
  async reconcile(@Request() call: Call, @Path() id: EndpointServiceKey): Promise<Operation> {
    return toWire(await endpointServices.reconcile(call.context, id));
  }
}
