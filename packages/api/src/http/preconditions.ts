// Whether a change may go on, by the entity tags that its caller has seen. It is looked at twice:
// before anything else, and once nobody else can change the resource any more. A deletion looks
// once it is known that there is something to delete.

import type { FastifyReply } from 'fastify';
import { refuse, Refusal } from '../domain/errors.ts';
import type { Context } from '../usecases/context.ts';
import { isShown, isUnchanged } from './entity-tags.ts';
import type { Input } from './input/input.ts';
import type { RoutePlan } from './route-plan.ts';

/**
 * Runs a change under its preconditions.
 * @throws Refusal `precondition_required`, `precondition_failed`
 */
export async function underPreconditions<Result>(
  plan: RoutePlan,
  { input, context, reply }: { input: Input; context: Context; reply: FastifyReply },
  work: (context: Context) => Promise<Result>,
): Promise<Result> {
  demandTag(plan, input);
  if (input.ifMatch === null && input.ifNoneMatch === null) return work(context);
  let isHeld = false;
  const recheck = async () => {
    isHeld = true;
    await check(plan, input, context, reply);
  };
  // What is gone already is gone whatever it was before: the answer to a DELETE may have been lost
  // (RFC 9110, 13.1.1).
  if (plan.method === 'DELETE') return work({ ...context, recheck });
  await check(plan, input, context, reply);
  const result = await work({ ...context, recheck });
  // Nothing was to be changed, so nothing was locked; it may be another resource by now even so.
  if (!isHeld && input.ifMatch !== null) await check(plan, input, context, reply);
  return result;
}

/** Who replaces a list must have seen it: what is not in the new one is taken away. */
function demandTag({ blindMembers, method }: RoutePlan, { ifMatch, body }: Input): void {
  const named = blindMembers.find((name) => Object.hasOwn(body ?? {}, name));
  if (ifMatch !== null || named === undefined) return;
  const detail =
    `A ${method} with \`${named}\` replaces the whole list, so it takes \`If-Match\`: ` +
    'the ETag of what you have read, or `*` whatever is there.';
  const fields = [{ parameter: 'If-Match', detail }];
  throw refuse('precondition_required', detail, { fields });
}

async function check(
  plan: RoutePlan,
  input: Input,
  context: Context,
  reply: FastifyReply,
): Promise<void> {
  const { ifMatch, ifNoneMatch } = input;
  const present = await presentTag(plan, input, context);
  if (present === null) {
    // What is not there has no tag. Other methods than PUT tell so themselves.
    if (ifMatch === null || plan.method !== 'PUT') return;
    throw refuse('precondition_failed', 'There is no such resource to change.');
  }
  reply.header('etag', present);
  if (ifMatch !== null && !isUnchanged(ifMatch, present)) {
    const detail = `It has been changed since. Its ETag is now ${present}.`;
    throw refuse('precondition_failed', detail);
  }
  if (ifNoneMatch !== null && isShown(ifNoneMatch, present)) {
    throw refuse('precondition_failed', `It is there already. Its ETag is ${present}.`);
  }
}

/** The tag that a GET by the same caller would have; null when there is nothing to be seen. */
async function presentTag(
  { readTag }: RoutePlan,
  { params }: Input,
  context: Context,
): Promise<string | null> {
  try {
    return await readTag!(context, params);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'not_found') return null;
    throw error;
  }
}
