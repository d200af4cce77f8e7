// Connections: VPC endpoints attached to an endpoint service.

import {
  Body,
  Extension,
  Get,
  OperationId,
  Patch,
  Path,
  Post,
  Query,
  Request,
  Route,
  Security,
  SuccessResponse,
  Tags,
} from '../decorators.ts';
import type { ConnectionState } from '../../domain/connection.ts';
import * as connections from '../../usecases/connections.ts';
import * as diagnoses from '../../usecases/diagnoses.ts';
import * as observations from '../../usecases/observations.ts';
import type { Call } from '../call.ts';
import type {
  Connection,
  ConnectionDecision,
  ConnectionHistory,
  ConnectionUpdate,
} from '../wire/connection.ts';
import type { Diagnosis } from '../wire/diagnosis.ts';
import type { ConnectionKey, CustomerKey, EndpointServiceKey } from '../wire/keys.ts';
import type { Observation, ObservationCreate, ObservationToken } from '../wire/observation.ts';
import type { Page } from '../wire/page.ts';
import { fromWire, toWire } from '../wire/names.ts';

@Route('v1/connections')
@Tags('connections')
export class ConnectionsController {
  /**
   * List connections, oldest first, as AWS last showed them. A customer sees its own.
   * @param state Only connections in this state.
   * @param account_id The AWS account that the endpoint is in.
   * @pattern account_id ^[0-9]{12}$
   */
  @Get()
  @OperationId('listConnections')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support', 'customer'])
  @Extension('x-sdk', 'connections.list')
  @Extension('x-pagination', true)
  async list(
    @Request() call: Call,
    @Query() customer_id?: CustomerKey,
    @Query() endpoint_service_id?: EndpointServiceKey,
    @Query() state?: ConnectionState,
    @Query() account_id?: string,
  ): Promise<Page<Connection>> {
    const filter = fromWire({ customer_id, endpoint_service_id, state, account_id });
    return toWire(await connections.list(call.context, filter, call.page));
  }

  /**
   * Get a connection by id or by its `vpce-…`.
   */
  @Get('{id}')
  @OperationId('getConnection')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support', 'customer'])
  @Extension('x-sdk', 'connections.get')
  @Extension('x-waiter', {
    name: 'waitUntilAvailable',
    field: 'state',
    success: ['available'],
    failure: ['rejected', 'failed', 'expired', 'deleting', 'deleted'],
    on_not_found: 'wait',
    interval_ms: 1000,
    timeout_ms: 600000,
  })
  async get(@Request() call: Call, @Path() id: ConnectionKey): Promise<Connection> {
    return toWire(await connections.get(call.context, id));
  }

  /**
   * Say what only the customer knows of a connection: how its clients find the endpoint.
   */
  @Patch('{id}')
  @OperationId('updateConnection')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'customer'])
  @Extension('x-sdk', 'connections.update')
  async update(
    @Request() call: Call,
    @Path() id: ConnectionKey,
    @Body() body: ConnectionUpdate,
  ): Promise<Connection> {
    return toWire(await connections.update(call.context, id, fromWire(body)));
  }

  /**
   * Let a connection in that policy holds. Its account must have standing.
   *
   * The answer tells the decision; a worker carries it out within seconds. A connection that has
   * ended, or whose service is ending, is refused with `invalid_state_transition`.
   */
  @Post('{id}/accept')
  @OperationId('acceptConnection')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-sdk', 'connections.accept')
  @Extension('x-error-codes', [
    'account_without_standing',
    'aspect_not_managed',
    'customer_not_active',
    'invalid_state_transition',
    'service_stands_still',
  ])
  async accept(
    @Request() call: Call,
    @Path() id: ConnectionKey,
    @Body() body?: ConnectionDecision,
  ): Promise<Connection> {
    return toWire(await connections.decide(call.context, id, 'accept', body?.reason ?? null));
  }

  /**
   * Cut a connection off. The customer must make a new endpoint to come back.
   *
   * It may be up, or wait for acceptance. The answer tells the decision; a worker carries it out
   * within seconds. One that has ended is refused with `invalid_state_transition`.
   */
  @Post('{id}/reject')
  @OperationId('rejectConnection')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-sdk', 'connections.reject')
  @Extension('x-error-codes', [
    'aspect_not_managed',
    'invalid_state_transition',
    'service_stands_still',
  ])
  async reject(
    @Request() call: Call,
    @Path() id: ConnectionKey,
    @Body() body?: ConnectionDecision,
  ): Promise<Connection> {
    return toWire(await connections.decide(call.context, id, 'reject', body?.reason ?? null));
  }

  /**
   * Tell whether the connection works, why not, and whose turn it is.
   */
  @Get('{id}/diagnosis')
  @OperationId('diagnoseConnection')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support', 'customer'])
  @Extension('x-sdk', 'connections.diagnose')
  async diagnose(@Request() call: Call, @Path() id: ConnectionKey): Promise<Diagnosis> {
    return toWire(await diagnoses.diagnose(call.context, id));
  }

  /**
   * Report what the customer's side sees of a connection: its DNS, TCP, TLS, security groups.
   */
  @Post('{id}/observations')
  @OperationId('createObservation')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support', 'customer'])
  @Extension('x-sdk', 'connections.observations.create')
  @SuccessResponse(201, 'Created')
  async createObservation(
    @Request() call: Call,
    @Path() id: ConnectionKey,
    @Body() body: ObservationCreate,
  ): Promise<Observation> {
    return toWire(await observations.create(call.context, id, fromWire(body)));
  }

  /**
   * List what the customer's side has reported of a connection, the newest first.
   */
  @Get('{id}/observations')
  @OperationId('listObservations')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support', 'customer'])
  @Extension('x-sdk', 'connections.observations.list')
  @Extension('x-pagination', true)
  async listObservations(
    @Request() call: Call,
    @Path() id: ConnectionKey,
  ): Promise<Page<Observation>> {
    return toWire(await observations.list(call.context, id, call.page));
  }

  /**
   * Make a token with which a script reports on a connection once. It lives fifteen minutes.
   */
  @Post('{id}/observation-tokens')
  @OperationId('createObservationToken')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support', 'customer'])
  @Extension('x-sdk', 'connections.observations.createToken')
  @SuccessResponse(201, 'Created')
  async createObservationToken(
    @Request() call: Call,
    @Path() id: ConnectionKey,
  ): Promise<ObservationToken> {
    return toWire(await observations.createToken(call.context, id));
  }

  /**
   * Show each state that the connection was seen in.
   */
  @Get('{id}/history')
  @OperationId('getConnectionHistory')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support', 'customer'])
  @Extension('x-sdk', 'connections.history')
  async history(@Request() call: Call, @Path() id: ConnectionKey): Promise<ConnectionHistory> {
    return toWire(await connections.history(call.context, id));
  }
}
