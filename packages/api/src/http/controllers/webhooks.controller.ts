// Addresses that events are sent to, and what was sent there.

import {
  Body,
  Delete,
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
import type { DeliveryState } from '../../domain/webhook.ts';
import * as deliveries from '../../usecases/deliveries.ts';
import * as webhooks from '../../usecases/webhooks.ts';
import type { Call } from '../call.ts';
import { fromWire, toWire } from '../wire/names.ts';
import type { CustomerKey, DeliveryKey, WebhookKey } from '../wire/keys.ts';
import type { Page } from '../wire/page.ts';
import type {
  Delivery,
  Webhook,
  WebhookCreate,
  WebhookSecretRotate,
  WebhookUpdate,
  WebhookWithSecret,
} from '../wire/webhook.ts';

@Route('v1/webhooks')
@Tags('webhooks')
export class WebhooksController {
  /**
   * Make a webhook: events are sent there from now on.
   *
   * Messages are as the Standard Webhooks specification says, signed with the secret that is shown
   * only in this answer. A customer gets its own events.
   */
  @Post()
  @OperationId('createWebhook')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'customer'])
  @Extension('x-sdk', 'webhooks.create')
  @Extension('x-error-codes', [
    'not_found',
    'customer_not_active',
    'limit_reached',
    'secrets_key_missing',
  ])
  @SuccessResponse(201, 'Created')
  async create(@Request() call: Call, @Body() body: WebhookCreate): Promise<WebhookWithSecret> {
    return toWire(await webhooks.create(call.context, fromWire(body)));
  }

  /**
   * List webhooks, oldest first, without their secrets. A customer sees those that it has made.
   */
  @Get()
  @OperationId('listWebhooks')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support', 'customer'])
  @Extension('x-sdk', 'webhooks.list')
  @Extension('x-pagination', true)
  async list(@Request() call: Call, @Query() customer_id?: CustomerKey): Promise<Page<Webhook>> {
    return toWire(await webhooks.list(call.context, { customerId: customer_id }, call.page));
  }

  /**
   * Get a webhook, without its secret.
   */
  @Get('{id}')
  @OperationId('getWebhook')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support', 'customer'])
  @Extension('x-sdk', 'webhooks.get')
  async get(@Request() call: Call, @Path() id: WebhookKey): Promise<Webhook> {
    return toWire(await webhooks.get(call.context, id));
  }

  /**
   * Change a webhook, or switch it off or on.
   */
  @Patch('{id}')
  @OperationId('updateWebhook')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'customer'])
  @Extension('x-sdk', 'webhooks.update')
  async update(
    @Request() call: Call,
    @Path() id: WebhookKey,
    @Body() body: WebhookUpdate,
  ): Promise<Webhook> {
    return toWire(await webhooks.update(call.context, id, fromWire(body)));
  }

  /**
   * Delete a webhook, with its deliveries.
   */
  @Delete('{id}')
  @OperationId('deleteWebhook')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'customer'])
  @Extension('x-sdk', 'webhooks.delete')
  @SuccessResponse(204, 'Done')
  async remove(@Request() call: Call, @Path() id: WebhookKey): Promise<void> {
    await webhooks.remove(call.context, id);
  }

  /**
   * Rotate the secret of a webhook: messages are signed with both until the old one ends.
   *
   * The new secret is shown only in this answer. While two are live there is no third
   * (`invalid_state_transition`).
   */
  @Post('{id}/rotate-secret')
  @OperationId('rotateWebhookSecret')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'customer'])
  @Extension('x-sdk', 'webhooks.rotateSecret')
  @Extension('x-error-codes', ['invalid_state_transition', 'secrets_key_missing'])
  @SuccessResponse(201, 'Created')
  async rotateSecret(
    @Request() call: Call,
    @Path() id: WebhookKey,
    @Body() body?: WebhookSecretRotate,
  ): Promise<WebhookWithSecret> {
    return toWire(await webhooks.rotateSecret(call.context, id, fromWire(body ?? {})));
  }

  /**
   * Send a message of type `webhook.test`, to see that it arrives. A webhook that is switched off
   * sends nothing (`invalid_state_transition`).
   */
  @Post('{id}/test')
  @OperationId('testWebhook')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'customer'])
  @Extension('x-sdk', 'webhooks.test')
  @Extension('x-error-codes', ['invalid_state_transition'])
  @SuccessResponse(201, 'Created')
  async test(@Request() call: Call, @Path() id: WebhookKey): Promise<Delivery> {
    return toWire(await deliveries.test(call.context, id));
  }

  /**
   * List what was sent to a webhook, newest first, for 30 days.
   * @param state Only deliveries in this state.
   */
  @Get('{id}/deliveries')
  @OperationId('listDeliveries')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support', 'customer'])
  @Extension('x-sdk', 'webhooks.deliveries.list')
  @Extension('x-pagination', true)
  async listDeliveries(
    @Request() call: Call,
    @Path() id: WebhookKey,
    @Query() state?: DeliveryState,
  ): Promise<Page<Delivery>> {
    return toWire(await deliveries.list(call.context, id, { state }, call.page));
  }

  /**
   * Get a delivery, with its attempts.
   */
  @Get('{id}/deliveries/{delivery_id}')
  @OperationId('getDelivery')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support', 'customer'])
  @Extension('x-sdk', 'webhooks.deliveries.get')
  async getDelivery(
    @Request() call: Call,
    @Path() id: WebhookKey,
    @Path() delivery_id: DeliveryKey,
  ): Promise<Delivery> {
    return toWire(await deliveries.get(call.context, id, delivery_id));
  }

  /**
   * Send a message once more, whatever became of it. It has the same `webhook-id`. A webhook that
   * is switched off sends nothing (`invalid_state_transition`).
   */
  @Post('{id}/deliveries/{delivery_id}/redeliver')
  @OperationId('redeliverEvent')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support', 'customer'])
  @Extension('x-sdk', 'webhooks.deliveries.redeliver')
  @Extension('x-error-codes', ['invalid_state_transition'])
  @SuccessResponse(201, 'Created')
  async redeliver(
    @Request() call: Call,
    @Path() id: WebhookKey,
    @Path() delivery_id: DeliveryKey,
  ): Promise<Delivery> {
    return toWire(await deliveries.redeliver(call.context, id, delivery_id));
  }
}
