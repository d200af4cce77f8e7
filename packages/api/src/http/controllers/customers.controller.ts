// Customers, their invites, and how they leave.

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
import type { CustomerState } from '../../domain/customer.ts';
import * as customers from '../../usecases/customers.ts';
import * as customerTokens from '../../usecases/customer-tokens.ts';
import * as invites from '../../usecases/invites.ts';
import * as offboardings from '../../usecases/offboardings.ts';
import * as suspensions from '../../usecases/suspensions.ts';
import * as declarations from '../../usecases/declarations.ts';
import { declared, type Call } from '../call.ts';
import type {
  Customer,
  CustomerCreate,
  CustomerOffboard,
  CustomerPut,
  CustomerResumed,
  CustomerSuspend,
  CustomerUpdate,
  ExternalId,
  OffboardingPolicy,
} from '../wire/customer.ts';
import type { CustomerToken, CustomerTokenCreate } from '../wire/customer-token.ts';
import type { Offboarding } from '../wire/offboarding.ts';
import type { Operation } from '../wire/operation.ts';
import type { Invite, InviteWithToken } from '../wire/invite.ts';
import type { CustomerKey, InviteKey } from '../wire/keys.ts';
import type { Page } from '../wire/page.ts';
import type { Timestamp } from '../wire/text.ts';
import { fromWire, toWire } from '../wire/names.ts';

@Route('v1/customers')
@Tags('customers')
export class CustomersController {
  /**
   * Create a customer. A grant lets it use a service, and an invite gives it a key of its own.
   */
  @Post()
  @OperationId('createCustomer')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-sdk', 'customers.create')
  @Extension('x-error-codes', ['already_exists'])
  @SuccessResponse(201, 'Created')
  async create(@Request() call: Call, @Body() body: CustomerCreate): Promise<Customer> {
    return toWire(await customers.create(call.context, fromWire(body)));
  }

  /**
   * List customers, oldest first.
   * @param state Only customers in this state.
   * @param updated_since Leave out what was not changed since this moment.
   */
  @Get()
  @OperationId('listCustomers')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support'])
  @Extension('x-sdk', 'customers.list')
  @Extension('x-pagination', true)
  async list(
    @Request() call: Call,
    @Query() state?: CustomerState,
    @Query() updated_since?: Timestamp,
  ): Promise<Page<Customer>> {
    const filter = fromWire({ state, updated_since });
    return toWire(await customers.list(call.context, filter, call.page));
  }

  /**
   * Get a customer by id or by `external_id`.
   */
  @Get('{id}')
  @OperationId('getCustomer')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support', 'customer'])
  @Extension('x-sdk', 'customers.get')
  async get(@Request() call: Call, @Path() id: CustomerKey): Promise<Customer> {
    return toWire(await customers.get(call.context, id));
  }

  /**
   * Have a customer be as declared, by its `external_id`; made when it is not there.
   *
   * The same again changes nothing and answers the same.
   */
  @Put('{id}')
  @OperationId('putCustomer')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-sdk', 'customers.put')
  @Extension('x-error-codes', ['customer_not_active'])
  @Extension('x-upsert', true)
  async put(
    @Request() call: Call,
    @Path() id: ExternalId,
    @Body() body: CustomerPut,
  ): Promise<Customer> {
    return toWire(declared(call, await declarations.putCustomer(call.context, id, fromWire(body))));
  }

  /**
   * Change the name, the metadata, the contacts, or which role may prove the accounts.
   */
  @Patch('{id}')
  @OperationId('updateCustomer')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-sdk', 'customers.update')
  async update(
    @Request() call: Call,
    @Path() id: CustomerKey,
    @Body() body: CustomerUpdate,
  ): Promise<Customer> {
    return toWire(await customers.update(call.context, id, fromWire(body)));
  }

  /**
   * Let a customer leave: principals go, then connections are rejected unless the policy says
   * otherwise, then it is proven that nothing is left. Look at its offboarding first.
   *
   * There is no way back; asked for again it gives the operation that is under way. One that has
   * left is refused with `invalid_state_transition`.
   */
  @Post('{id}/offboard')
  @OperationId('offboardCustomer')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-sdk', 'customers.offboard')
  @Extension('x-error-codes', ['invalid_state_transition'])
  @SuccessResponse(202, 'Accepted')
  async offboard(
    @Request() call: Call,
    @Path() id: CustomerKey,
    @Body() body?: CustomerOffboard,
  ): Promise<Operation> {
    return toWire(await offboardings.offboard(call.context, id, fromWire(body ?? {})));
  }

  /**
   * Show what is left of a customer on each service, and what is done about it as it leaves.
   *
   * By what AWS last showed. Before it leaves this is a preview, under the policy asked for.
   * @param policy On which terms it would leave; `reject` unless said otherwise.
   */
  @Get('{id}/offboarding')
  @OperationId('getOffboarding')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support'])
  @Extension('x-sdk', 'customers.getOffboarding')
  async offboarding(
    @Request() call: Call,
    @Path() id: CustomerKey,
    @Query() policy?: OffboardingPolicy,
  ): Promise<Offboarding> {
    return toWire(await offboardings.preview(call.context, id, policy));
  }

  /**
   * Suspend a customer: nothing new is accepted. What becomes of its principals and live
   * connections is up to the policy. One that leaves, or has left, is refused with
   * `invalid_state_transition`.
   */
  @Post('{id}/suspend')
  @OperationId('suspendCustomer')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-sdk', 'customers.suspend')
  @Extension('x-error-codes', ['invalid_state_transition'])
  @SuccessResponse(202, 'Accepted')
  async suspend(
    @Request() call: Call,
    @Path() id: CustomerKey,
    @Body() body: CustomerSuspend,
  ): Promise<Operation> {
    return toWire(await suspensions.suspend(call.context, id, fromWire(body)));
  }

  /**
   * Resume a suspended customer: what its grants want comes back.
   *
   * A connection that was rejected never does: the customer makes a new endpoint. The answer names
   * them. One that leaves, or has left, is refused with `invalid_state_transition`.
   */
  @Post('{id}/resume')
  @OperationId('resumeCustomer')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-sdk', 'customers.resume')
  @Extension('x-error-codes', ['invalid_state_transition'])
  async resume(@Request() call: Call, @Path() id: CustomerKey): Promise<CustomerResumed> {
    return toWire(await suspensions.resume(call.context, id));
  }

  /**
   * Make a one-time invite. Its token is shown only in this answer.
   */
  @Post('{id}/invites')
  @OperationId('createInvite')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-scope', 'invites:write')
  @Extension('x-sdk', 'customers.invites.create')
  @Extension('x-error-codes', ['customer_not_active'])
  @SuccessResponse(201, 'Created')
  async invitesCreate(@Request() call: Call, @Path() id: CustomerKey): Promise<InviteWithToken> {
    return toWire(await invites.create(call.context, id));
  }

  /**
   * List the invites of a customer, oldest first, without their tokens.
   */
  @Get('{id}/invites')
  @OperationId('listInvites')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support'])
  @Extension('x-scope', 'invites:read')
  @Extension('x-sdk', 'customers.invites.list')
  @Extension('x-pagination', true)
  async invitesList(@Request() call: Call, @Path() id: CustomerKey): Promise<Page<Invite>> {
    return toWire(await invites.list(call.context, id, call.page));
  }

  /**
   * Revoke an invite. One that was redeemed is refused with `invalid_state_transition`: revoke the
   * key that it gave.
   */
  @Delete('{id}/invites/{invite_id}')
  @OperationId('revokeInvite')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-scope', 'invites:write')
  @Extension('x-sdk', 'customers.invites.revoke')
  @Extension('x-error-codes', ['invalid_state_transition'])
  @SuccessResponse(204, 'Done')
  async invitesRevoke(
    @Request() call: Call,
    @Path() id: CustomerKey,
    @Path() invite_id: InviteKey,
  ): Promise<void> {
    await invites.revoke(call.context, id, invite_id);
  }

  /**
   * Make a short-lived token for a session of your portal. It is shown only in this answer.
   *
   * Who has it is this customer, for minutes, within the scopes. It ends at once when the customer
   * is suspended or has left, and when the key that made it is revoked.
   */
  @Post('{id}/tokens')
  @OperationId('createCustomerToken')
  @Security('apiKey')
  @Extension('x-roles', ['operator'])
  @Extension('x-scope', 'tokens:write')
  @Extension('x-sdk', 'customers.tokens.create')
  @Extension('x-error-codes', ['customer_not_active'])
  @SuccessResponse(201, 'Created')
  async tokensCreate(
    @Request() call: Call,
    @Path() id: CustomerKey,
    @Body() body?: CustomerTokenCreate,
  ): Promise<CustomerToken> {
    return toWire(await customerTokens.create(call.context, id, fromWire(body ?? {})));
  }
}
