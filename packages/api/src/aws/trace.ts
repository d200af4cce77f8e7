// By which id AWS knows a change, for whoever asks AWS about it. The calls of one piece of work are
// told from those that run at the same time by their asynchronous context.

import { AsyncLocalStorage } from 'node:async_hooks';
import type { Aws, AwsCall } from './ports.ts';

export interface Trace {
  traced: Aws['traced'];
  /** To be told of every call, in the context of the work that it belongs to. */
  note: (call: AwsCall) => void;
}

export function createTrace(): Trace {
  const context = new AsyncLocalStorage<{ awsRequestId: string | null }>();
  return {
    traced: async (work) => {
      const notes = { awsRequestId: null };
      const result = await context.run(notes, work);
      return { result, ...notes };
    },
    note: ({ action, requestId }) => {
      const notes = context.getStore();
      if (notes && !isRead(action)) notes.awsRequestId = requestId;
    },
  };
}

/** Reads come with changes, and a role may have to be assumed first. */
function isRead(action: string): boolean {
  return /^(Describe|List|Get|Assume)/.test(action);
}
