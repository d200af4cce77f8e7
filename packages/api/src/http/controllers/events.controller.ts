// The feed of events.

import {
  Extension,
  Get,
  OperationId,
  Path,
  Query,
  Request,
  Route,
  Security,
  Tags,
} from '../decorators.ts';
import * as events from '../../usecases/events.ts';
import type { Call } from '../call.ts';
import type { Event } from '../wire/event.ts';
import { fromWire, toWire } from '../wire/names.ts';
import type { CustomerKey, EventKey } from '../wire/keys.ts';
import type { Page } from '../wire/page.ts';
import type { Timestamp } from '../wire/text.ts';

@Route('v1/events')
@Tags('events')
export class EventsController {
  /**
   * List events, oldest first. Once you have read to the end, go on later with `after`: nothing is
   * missed, and nothing comes twice.
   *
   * With `Accept: text/event-stream` they come as they happen (Server-Sent Events), from now on, or
   * after the event that `Last-Event-ID` or `after` names.
   * @param type One type, or all of a resource as `connection.*`.
   * @param subject_id The id of the resource that has changed.
   * @param customer_id By id or `external_id`. Customers see only their own.
   * @param since Leave out what came about before this moment.
   * @param after The id of the last event that you have.
   * @maxLength type 100
   * @maxLength subject_id 200
   * @maxLength after 200
   */
  @Get()
  @OperationId('listEvents')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support', 'customer'])
  @Extension('x-sdk', 'events.list')
  @Extension('x-error-codes', ['too_many_open'])
  @Extension('x-event-stream', true)
  @Extension('x-pagination', true)
  async list(
    @Request() call: Call,
    @Query() type?: string,
    @Query() subject_id?: string,
    @Query() customer_id?: CustomerKey,
    @Query() since?: Timestamp,
    @Query() after?: string,
  ): Promise<Page<Event>> {
    const query = fromWire({ type, subject_id, customer_id, since, after });
    return toWire(await events.list(call.context, query, call.page));
  }

  /**
   * Get an event.
   */
  @Get('{id}')
  @OperationId('getEvent')
  @Security('apiKey')
  @Extension('x-roles', ['operator', 'support', 'customer'])
  @Extension('x-sdk', 'events.get')
  async get(@Request() call: Call, @Path() id: EventKey): Promise<Event> {
    return toWire(await events.get(call.context, id));
  }
}
