// `sallyport audit export`: the log as it comes, so that it may be larger than the memory.

import { open } from 'node:fs/promises';
import type { Middleware } from '@sallyport/sdk';
import { CommandError, exitCodes, usageError } from '../exit-codes.ts';
import { unmade } from '../input/file-failures.ts';
import type { Context } from '../runtime.ts';

type Write = (text: string) => Promise<void> | void;

export async function runAuditExport(context: Context, to: string | undefined): Promise<void> {
  if (to === undefined) {
    if (context.out.isTerminal) throw usageError('The export is for a file.', 'Give --to FILE.');
    await copy(context, (text) => context.out.write(text));
    return;
  }
  const file = await open(to, 'wx', 0o600).catch((error: unknown) => {
    throw unmade(to, error, '--to');
  });
  try {
    await copy(context, (text) => file.appendFile(text));
  } finally {
    await file.close();
  }
}

async function copy(context: Context, write: Write): Promise<void> {
  const body = await openBody(context);
  const decoder = new TextDecoder();
  let tail = '';
  for await (const chunk of body) {
    context.signal.throwIfAborted();
    const text = decoder.decode(chunk, { stream: true });
    tail = (tail + text).slice(-200);
    await write(text);
  }
  if (/\{"hash":"[\da-f]{64}","kind":"end",[^\n]*\n$/.test(tail)) return;
  throw new CommandError(exitCodes.unavailable, 'The export broke off.', 'Export again.');
}

/** The SDK reads answers whole; it is given an empty one, and this one is read here. */
async function openBody(context: Context): Promise<AsyncIterable<Uint8Array>> {
  let body: Response['body'] = null;
  const middleware: Middleware = async (request, next) => {
    const response = await next(request);
    if (!response.ok) return response;
    body = response.body;
    return new Response(null, { status: 204, headers: response.headers });
  };
  const client = await context.client({ middleware });
  const path = '/v1/audit-entries/export';
  await client.request({ method: 'GET', path, options: { signal: context.signal } });
  return body ?? new ReadableStream<Uint8Array>();
}
