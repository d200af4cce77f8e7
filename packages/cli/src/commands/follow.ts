// `sallyport events --follow`: what changes, as it changes, until it is interrupted.

import { followEvents } from '../api/event-stream.ts';
import { CommandError, exitCodes } from '../exit-codes.ts';
import { checkColumns } from '../output/chosen-columns.ts';
import { openEvents } from '../output/event-lines.ts';
import type { Context } from '../runtime.ts';

export interface Follow {
  type: string | undefined;
  subjectId: string | undefined;
  customerId: string | undefined;
  /** The event after which to go on. */
  after: string | undefined;
}

export async function runFollow(context: Context, follow: Follow): Promise<void> {
  const { type, subjectId, customerId, after } = follow;
  checkColumns(context.options, 'Event');
  const query = { type, subject_id: subjectId, customer_id: customerId, after };
  const writer = openEvents(context);
  let last = after;
  const { signal, say } = context;
  const onOpen = () => {
    if (last === after) say('Following events. Ctrl-C ends it.');
  };
  for await (const event of followEvents(context, { query, signal, onOpen })) {
    writer.write(event);
    last = event.id;
  }
  const next = last === undefined ? undefined : `sallyport events --follow --after ${last}`;
  throw new CommandError(exitCodes.interrupted, 'Stopped following.', next);
}
