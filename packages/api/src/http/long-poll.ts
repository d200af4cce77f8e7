// A read that waits: until the state is one that is asked for, or the answer is another one than
// the caller has, or the time is over.

import type { FastifyReply } from 'fastify';
import { Refusal, refuseInput } from '../domain/errors.ts';
import { asMeant } from '../usecases/nearest-name.ts';
import type { Caller } from '../usecases/context.ts';
import { watchedStates, type Waits, type WatchedSubject } from '../usecases/waits.ts';
import { isShown } from './entity-tags.ts';
import type { Input } from './input/input.ts';
import type { SpecOperation } from './spec.ts';

/** What a read can wait for: `x-waiter` of the contract. */
export interface WaitRule {
  watched: WatchedSubject['watched'];
  field: string;
  success: readonly string[];
  /** States from which nothing that is waited for can come any more. */
  failure: readonly string[];
  waitsForAbsent: boolean;
}

/** Null for an operation that cannot wait. */
export function waitRuleOf(path: string, { 'x-waiter': waiter }: SpecOperation): WaitRule | null {
  if (!waiter) return null;
  const { field, success, failure, on_not_found } = waiter;
  const watched = path.replace(/\/\{\w+\}$/, '').replace(/^.*\//, '') as WatchedSubject['watched'];
  return { watched, field, success, failure, waitsForAbsent: on_not_found === 'wait' };
}

interface Waiting<Body> {
  rule: WaitRule;
  input: Input;
  caller: Caller;
  reply: FastifyReply;
  waits: Waits;
  look: () => Promise<Body>;
  tagOf: (body: unknown) => string;
  /** Looks at the key again, which may have ended since. */
  again: () => Promise<void>;
}

/**
 * The last answer of `look`, or its last refusal; at once when it is not asked to wait.
 * @throws Refusal `invalid_request` for a state that there is not, `too_many_open`, `unavailable`,
 * and what `again` throws
 */
export async function lookUntil<Body>(waiting: Waiting<Body>): Promise<Body> {
  const { rule, input, caller, reply, waits } = waiting;
  refuseUnknownState(rule, input);
  const forMs = Number.parseInt((input.query.wait as string | undefined) ?? '0', 10) * 1000;
  // Of `acme:222222222222` the number is what a row is found by.
  const key = input.params.id!.replace(/^.*:/, '');
  const watch = forMs > 0 ? waits.watch(caller, { watched: rule.watched, key }, forMs) : null;
  if (watch === null) return waiting.look();
  reply.raw.once('close', () => watch.end());
  try {
    for (;;) {
      const isLast = watch.isOver();
      const seen = await lookOnce(waiting);
      if (seen !== null && (isLast || isAwaited(waiting, seen.body))) return seen.body;
      if (isLast) return await waiting.look();
      await watch.changed();
      await waiting.again();
    }
  } finally {
    watch.end();
  }
}

function refuseUnknownState({ watched, field }: WaitRule, { query }: Input): void {
  const states = watchedStates[watched];
  const named = ((query.wait_for as string | undefined) ?? '').split(',').filter(Boolean);
  const unknown = named.find((state) => !states.includes(state));
  if (unknown === undefined) return;
  const known = `The ${field} is one of ${states.join(', ')}.`;
  const detail = `There is no ${field} \`${unknown}\`${asMeant(unknown, states) || '.'} ${known}`;
  throw refuseInput({ parameter: 'wait_for' }, detail);
}

/** Null for what is not there yet and may come. */
async function lookOnce<Body>({ rule, look }: Waiting<Body>): Promise<{ body: Body } | null> {
  try {
    return { body: await look() };
  } catch (error) {
    const isAbsent = error instanceof Refusal && error.code === 'not_found';
    if (isAbsent && rule.waitsForAbsent) return null;
    throw error;
  }
}

function isAwaited<Body>({ rule, input, tagOf }: Waiting<Body>, body: Body): boolean {
  const named = input.query.wait_for as string | undefined;
  if (named === undefined && input.ifNoneMatch !== null) {
    return !isShown(input.ifNoneMatch, tagOf(body));
  }
  const state = String((body as Record<string, unknown>)[rule.field]);
  const wanted = named?.split(',') ?? rule.success;
  return wanted.includes(state) || rule.failure.includes(state);
}
