// By which id AWS knows a call, for whoever asks AWS about it. The calls of one piece of work are
// told from those that run at the same time by their asynchronous context.

import { AsyncLocalStorage } from 'node:async_hooks';
import type { Aws, AwsCall } from './ports.ts';

export interface Trace extends Pick<Aws, 'traced' | 'followed' | 'requestIds'> {
  /** To be told of every call, in the context of the work that it belongs to. */
  note: (call: AwsCall) => void;
}

interface Notes {
  /** Of the changes, in their order; the first ones of very many. */
  changes: string[];
  /** Of the last read. */
  read: string | null;
  /** Of the work that this one is part of. */
  outer: Notes | undefined;
}

const changesMax = 50;

export function createTrace(): Trace {
  const context = new AsyncLocalStorage<Notes>();
  const notesOf = (): Notes => ({ changes: [], read: null, outer: context.getStore() });
  return {
    traced: async (work) => {
      const notes = notesOf();
      const result = await context.run(notes, work);
      return { result, awsRequestId: notes.changes.at(-1) ?? null };
    },
    followed: (work) => context.run(notesOf(), work),
    requestIds: () => {
      const { changes, read } = context.getStore() ?? notesOf();
      return changes.length > 0 || read === null ? [...changes] : [read];
    },
    note: ({ action, requestId }) => {
      if (requestId === null || action.startsWith('Assume')) return;
      for (let notes = context.getStore(); notes; notes = notes.outer) {
        if (isRead(action)) notes.read = requestId;
        else if (notes.changes.length < changesMax) notes.changes.push(requestId);
      }
    },
  };
}

/** Reads come with changes. */
function isRead(action: string): boolean {
  return /^(Describe|List|Get|Receive)/.test(action);
}
