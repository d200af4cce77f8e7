// Reads lists page by page, as many pages as were asked for.

import type { Sallyport } from '@sallyport/sdk';
import type { CommandData } from '../command-data.ts';
import { openList, type PageOfItems } from '../output/answer.ts';
import { openProgressLine } from '../output/progress-line.ts';
import type { Context } from '../runtime.ts';

/** How many items a page may have, by the contract. */
const PAGE_MAX = 200;

export interface Listing {
  client: Sallyport;
  command: CommandData;
  params: readonly string[];
  query: Record<string, unknown>;
  /** At most so many items; undefined for one page, as long as the service makes it. */
  wanted: number | undefined;
  cursor: string | undefined;
}

/** Writes one page, or as many as are needed, in the shape of one page. */
export async function writeListing(context: Context, listing: Listing): Promise<void> {
  const list = openList(context, listing.command.result!);
  const progress = openProgressLine(context, 'reading');
  const startedAt = context.now();
  const items: unknown[] = [];
  try {
    for await (const page of pagesOf(listing, context.signal)) {
      items.push(...page.items);
      list.add(page.items);
      if (page.follows) {
        const elapsedMs = context.now() - startedAt;
        if (context.err.rewrites && !list.streams) {
          progress.show({ state: `${items.length} so far`, detail: undefined, elapsedMs });
        }
        continue;
      }
      progress.end();
      list.end({ ...page.body, items });
      const { next_cursor: cursor } = page.body;
      if (cursor !== null) context.say(moreHint(cursor));
    }
  } finally {
    progress.end();
  }
}

interface Page {
  items: unknown[];
  body: PageOfItems;
  /** Whether another one is read. */
  follows: boolean;
}

async function* pagesOf(listing: Listing, signal: AbortSignal): AsyncGenerator<Page> {
  const { client, command, params, query, wanted } = listing;
  const { method, path } = command;
  let { cursor } = listing;
  for (let count = 0; ; ) {
    const limit = wanted === undefined ? undefined : Math.min(PAGE_MAX, wanted - count);
    const options = { ...query, limit, cursor, signal };
    const body: PageOfItems = await client.request({ method, path, params, options });
    count += body.items.length;
    const next = body.next_cursor;
    const enough = wanted === undefined || count >= wanted;
    // A cursor that comes back would be followed for ever.
    const follows = !(next === null || enough || next === cursor);
    yield { items: body.items, body, follows };
    if (!follows) return;
    cursor = next;
  }
}

function moreHint(cursor: string): string {
  return `There are more: add --all, a higher --limit, or --cursor ${cursor}`;
}
