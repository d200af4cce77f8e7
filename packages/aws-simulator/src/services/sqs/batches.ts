// What the batch operations have in common: how their entries are told apart, and that an entry may
// fail alone.

import type { BatchResultErrorEntry } from '@aws-sdk/client-sqs';
import { AwsError } from '../../aws-error.ts';
import type { ErrorShapes } from '../../protocols/error-shapes.ts';

interface Entry {
  readonly Id?: string | undefined;
}

const MOST_ENTRIES = 10;

export interface BatchResult<T> {
  readonly Successful: T[];
  readonly Failed: BatchResultErrorEntry[];
}

/**
 * Does something for each entry.
 * @param shapes of the model: an entry that fails carries the code that AWS Query has for it.
 * @throws AwsError for a batch that is wrong as a whole.
 */
export function forEachEntry<E extends Entry, T>(
  shapes: ErrorShapes,
  entries: readonly E[],
  perform: (entry: E, id: string) => T,
): BatchResult<T> {
  checkBatch(entries);
  const result: BatchResult<T> = { Successful: [], Failed: [] };
  for (const entry of entries) {
    const { Id: id = '' } = entry;
    try {
      result.Successful.push(perform(entry, id));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const { queryCode: Code = error.code } = shapes.get(error.code) ?? {};
      result.Failed.push({ Id: id, SenderFault: error.status < 500, Code, Message: error.message });
    }
  }
  return result;
}

function checkBatch(entries: readonly Entry[]): void {
  if (entries.length === 0) {
    const message = 'There should be at least one entry in the request.';
    throw new AwsError('EmptyBatchRequest', message);
  }
  if (entries.length > MOST_ENTRIES) {
    throw new AwsError(
      'TooManyEntriesInBatchRequest',
      `Maximum number of entries per request are ${MOST_ENTRIES}. You have sent ${entries.length}.`,
    );
  }
  const seen = new Set<string>();
  for (const { Id: id = '' } of entries) {
    if (!/^[A-Za-z0-9_-]{1,80}$/.test(id)) {
      throw new AwsError(
        'InvalidBatchEntryId',
        'A batch entry id can only contain alphanumeric characters, hyphens and underscores. ' +
          'It can be at most 80 letters long.',
      );
    }
    if (seen.has(id)) throw new AwsError('BatchEntryIdsNotDistinct', `Id ${id} repeated.`);
    seen.add(id);
  }
}
