// `sallyport api …`: any request to the API, for what has no command, or not yet.

import { ApiError, type Sallyport } from '@sallyport/sdk';
import { CommandError, exitCodes, usageError } from '../exit-codes.ts';
import { textField, typedField } from '../input/fields.ts';
import { jsonValue, type JsonError } from '../input/json-text.ts';
import { type TextSource, textSource } from '../input/text-source.ts';
import { openList, type PageOfItems, writeOne } from '../output/answer.ts';
import { disarmLines, jsonText } from '../output/disarm.ts';
import { isWhole } from '../output/format.ts';
import type { Context } from '../runtime.ts';
import { nearPath, type Target, targetOf, withQuery } from './raw-target.ts';

export interface RawRequest {
  /** A method, or the id of an operation, which has no path. */
  what: string;
  path: string | undefined;
  /** `key=value`, as text. */
  fields: readonly string[];
  /** `key=value` with a value in JSON, or `@file`. */
  typedFields: readonly string[];
  /** A file with the body, or `-`. */
  input: string | undefined;
  idempotencyKey: string | undefined;
  ifMatch: string | undefined;
  /** Whether the status and the headers are shown. */
  include: boolean;
  /** Whether all pages of a list are read. */
  paginate: boolean;
}

export async function runRawRequest(context: Context, request: RawRequest): Promise<void> {
  const target = await targetFrom(request, textSource(context));
  const { paginate } = request;
  if (paginate && target.method !== 'GET') throw notAList(target);
  const client = await context.client({ anonymous: target.isOpen });
  try {
    if (paginate) await writePages(context, client, target);
    else await writeAnswer(context, client, target, request);
  } catch (error) {
    throw withHint(error, target);
  }
}

async function writeAnswer(
  context: Context,
  client: Sallyport,
  target: Target,
  { idempotencyKey, ifMatch, include }: RawRequest,
): Promise<void> {
  const { isOpen: _, ...plan } = target;
  const options = { idempotencyKey, ifMatch, signal: context.signal };
  const call = client.request({ ...plan, options });
  const { data: answer, response } = await call.withResponse();
  if (include) context.out.write(`${disarmLines(headText(response))}\n\n`);
  if (typeof answer === 'string') context.out.write(`${disarmLines(answer).trimEnd()}\n`);
  else if (isWhole(context.options.output)) writeOne(context, answer);
  else if (answer !== undefined) context.out.write(`${jsonText(answer)}\n`);
}

async function targetFrom(request: RawRequest, source: TextSource): Promise<Target> {
  const { what, path, input, fields: texts, typedFields } = request;
  const fields = texts.map(textField);
  for (const field of typedFields) fields.push(await typedField(field, source));
  return targetOf({ what, path, fields, input: await inputBody(input, source) });
}

/** One list of all pages; as lines of JSON, each page is written when it comes. */
async function writePages(context: Context, client: Sallyport, target: Target): Promise<void> {
  const { options, signal } = context;
  const output = isWhole(options.output) ? options.output : 'json';
  const list = openList({ ...context, options: { ...options, output } }, '');
  const items: unknown[] = [];
  for (let cursor: string | null = null; ; ) {
    const path: string = cursor === null ? target.path : withQuery(target.path, { cursor });
    const page: PageOfItems = await client.request({ ...target, path, options: { signal } });
    if (!Array.isArray(page?.items)) throw notAList(target);
    list.add(page.items);
    items.push(...page.items);
    const next = page.next_cursor;
    // A cursor that comes back would be followed for ever.
    if (next === null || next === cursor) {
      list.end({ ...page, items });
      return;
    }
    cursor = next;
  }
}

/** The service cannot know which path was meant. */
function withHint(error: unknown, target: Target): unknown {
  if (!(error instanceof ApiError && error.code === 'route_not_found')) return error;
  const hint = nearPath(target);
  return hint === undefined ? error : new CommandError(exitCodes.failure, error.message, hint);
}

function notAList({ method, path }: Target): Error {
  return usageError(`${method} ${path.split('?')[0]} is no list.`, 'Leave --paginate out.');
}

/** As in HTTP, which people and `grep` know. */
function headText({ status, headers }: Response): string {
  return [`HTTP ${status}`, ...Array.from(headers, (pair) => pair.join(': '))].join('\n');
}

async function inputBody(input: string | undefined, source: TextSource): Promise<unknown> {
  if (input === undefined) return undefined;
  const text = await source.read(input.replace(/^@/, ''), '--input');
  try {
    return jsonValue(text);
  } catch (error) {
    throw usageError(`--input ${(error as JsonError).message}.`);
  }
}
