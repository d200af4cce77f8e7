// Batches of which a part fails: the failing items are taken out before the operation sees them,
// and come back in its list of the unsuccessful.

import type { Operation as Model } from '../protocols/schema.ts';
import type { PendingCall } from '../services/pending-call.ts';
import type { Fault } from './fault.ts';

type Items = NonNullable<Fault['items']>;
type Input = Readonly<Record<string, unknown>>;

export interface PartialFailure {
  /** The input without the failing items. */
  readonly input: Record<string, unknown>;
  /** The output with the failing items. */
  complete(output: object): object;
}

/** The members that name the items of EC2's batch operations. */
const itemLists = ['VpcEndpointIds', 'ServiceIds', 'ConnectionNotificationIds'];

/** Whether a call is of a batch that names an item which is to fail. */
export function namesFailing(
  { ids }: Items,
  { action, input }: Pick<PendingCall, 'action' | 'input'>,
): boolean {
  const list = itemLists.find((name) => Array.isArray(input[name]));
  if (list === undefined || !/^(Accept|Reject|Delete)/.test(action)) return false;
  return ids === undefined || (input[list] as unknown[]).some((id) => ids.includes(String(id)));
}

/** Nothing to fail: the operation has no list of the unsuccessful, or the input none of the ids. */
export function partialFailure(
  items: Items | undefined,
  model: Model | undefined,
  input: Input,
): PartialFailure | undefined {
  const list = itemLists.find((name) => Array.isArray(input[name]));
  if (!items || list === undefined || !hasUnsuccessful(model)) return undefined;
  const ids = input[list] as string[];
  const failing = ids.filter((id) => items.ids?.includes(id) ?? true);
  const { code: Code, message: Message } = items;
  return {
    input: { ...input, [list]: ids.filter((id) => !failing.includes(id)) },
    complete: (output) => {
      const others = (output as { Unsuccessful?: object[] }).Unsuccessful ?? [];
      const failed = failing.map((ResourceId) => ({ ResourceId, Error: { Code, Message } }));
      return { ...output, Unsuccessful: [...others, ...failed] };
    },
  };
}

function hasUnsuccessful(model: Model | undefined): boolean {
  if (!model || model.output.isUnitSchema()) return false;
  return [...model.output.structIterator()].some(([name]) => name === 'Unsuccessful');
}
