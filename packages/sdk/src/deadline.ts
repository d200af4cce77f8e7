// One signal for a whole call: it aborts when the time is up or when the caller's own signal does.
import { AbortedError, type CallContext, TimeoutError } from './errors.ts';
import type { Clock } from './clock.ts';

export interface Deadline {
  /** Its reason is the error to throw. */
  signal: AbortSignal;
  remainingMs(): number;
  /** Stops the timer and lets go of the caller's signal, which may live much longer. */
  close(): void;
}

/** Starts the time of a call. Without `timeoutMs` only the caller's signal ends it. */
export function openDeadline(
  clock: Clock,
  call: CallContext,
  limits: { timeoutMs?: number | undefined; signal?: AbortSignal | undefined },
): Deadline {
  const { timeoutMs = Infinity, signal: outer } = limits;
  const controller = new AbortController();
  const endsAt = clock.now() + timeoutMs;
  const onAbort = () => controller.abort(new AbortedError('The call was aborted.', call, reason()));
  const reason = () => outer?.reason as unknown;
  const cancel =
    timeoutMs === Infinity
      ? () => {}
      : clock.after(timeoutMs, () => controller.abort(timeoutError(call, timeoutMs)));
  if (outer?.aborted) onAbort();
  else outer?.addEventListener('abort', onAbort, { once: true });
  return {
    signal: controller.signal,
    remainingMs: () => endsAt - clock.now(),
    close: () => {
      cancel();
      outer?.removeEventListener('abort', onAbort);
    },
  };
}

function timeoutError(call: CallContext, timeoutMs: number): TimeoutError {
  const unsure = call.idempotencyKey
    ? ' It may have taken effect: repeat it with the same idempotencyKey.'
    : '';
  return new TimeoutError(
    `${call.method} ${call.path} got no answer within ${timeoutMs} ms.${unsure}`,
    call,
  );
}
