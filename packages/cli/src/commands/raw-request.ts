// `sallyport api …`: any request to the API, for what has no command, or not yet.

import { usageError } from '../exit-codes.ts';
import { textSource } from '../input/text-source.ts';
import { writeOne } from '../output/answer.ts';
import { disarmLines, jsonText } from '../output/disarm.ts';
import { isWhole } from '../output/format.ts';
import type { Context } from '../runtime.ts';

export interface RawRequest {
  method: string;
  path: string;
  /** `key=value`, as text. */
  fields: readonly string[];
  /** `key=value` with a value in JSON. */
  jsonFields: readonly string[];
  /** A file with the body, or `-`. */
  input: string | undefined;
  idempotencyKey: string | undefined;
  ifMatch: string | undefined;
  /** Whether the status and the headers are shown. */
  include: boolean;
}

/** Fields go where the method has them: into the query of a GET or DELETE, else into the body. */
export async function runRawRequest(context: Context, request: RawRequest): Promise<void> {
  const method = request.method.toUpperCase();
  if (!/^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/.test(method)) {
    throw usageError(
      `"${request.method}" is not an HTTP method.`,
      'sallyport api GET /v1/customers',
    );
  }
  const fields = fieldsOf(request);
  const input = await inputBody(context, request);
  const inQuery = input !== undefined || !/^(POST|PUT|PATCH)$/.test(method);
  if (!request.path.startsWith('/')) throw usageError('The path must start with "/".');
  const empty = Object.keys(fields).length === 0;
  const client = await context.client();
  const { idempotencyKey, ifMatch } = request;
  const call = client.request({
    method,
    path: inQuery && !empty ? withQuery(request.path, fields) : request.path,
    body: inQuery || empty ? input : fields,
    options: { idempotencyKey, ifMatch, signal: context.signal },
  });
  const { data: answer, response } = await call.withResponse();
  if (request.include) context.out.write(`${disarmLines(headText(response))}\n\n`);
  if (typeof answer === 'string') context.out.write(`${disarmLines(answer).trimEnd()}\n`);
  else if (isWhole(context.options.output)) writeOne(context, answer);
  else if (answer !== undefined) context.out.write(`${jsonText(answer)}\n`);
}

/** As in HTTP, which people and `grep` know. */
function headText({ status, headers }: Response): string {
  return [`HTTP ${status}`, ...Array.from(headers, (pair) => pair.join(': '))].join('\n');
}

/** In the path, since the SDK's options have names of their own beside those of the query. */
function withQuery(path: string, fields: Record<string, unknown>): string {
  const texts = Object.entries(fields).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return `${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams(texts).toString()}`;
}

function fieldsOf({ fields, jsonFields }: RawRequest): Record<string, unknown> {
  const texts = fields.map((field) => pair(field, '-f'));
  const values = jsonFields.map((field) => {
    const [name, text] = pair(field, '-F');
    return [name, parsed(text, `-F ${name}`)] as const;
  });
  return Object.fromEntries<unknown>([...texts, ...values]);
}

function pair(field: string, flag: string): readonly [string, string] {
  const at = field.indexOf('=');
  if (at < 1) throw usageError(`${flag} must be like key=value.`);
  return [field.slice(0, at), field.slice(at + 1)];
}

async function inputBody(context: Context, { input }: RawRequest): Promise<unknown> {
  if (input === undefined) return undefined;
  return parsed(await textSource(context).read(input, '--input'), '--input');
}

function parsed(text: string, flag: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw usageError(`${flag} must be JSON.`);
  }
}
