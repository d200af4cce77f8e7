// Runs probes, each once however often it is asked for, and keeps what they showed.

import { openLab } from '../lab.ts';
import { hasMember, type ObservedCall, pathsIn, type WatchedLab, watchedLab } from './calls.ts';
import type { Attempt, MemberProbe, OutputProbe, Probe } from './probe.ts';

export interface Session {
  /** Undefined when the probe showed what it says it does. */
  failureOf(probe: MemberProbe | OutputProbe): Promise<Error | undefined>;
  /** The output members that were seen so far, by operation. */
  readonly seen: ReadonlyMap<string, ReadonlySet<string>>;
  close(): Promise<void>;
}

type OpenLab = Awaited<ReturnType<typeof openLab>>;

interface Run {
  readonly calls: readonly ObservedCall[];
  readonly error: Error | undefined;
}

export function createSession(): Session {
  const seen = new Map<string, Set<string>>();
  const done = new Map<object, Promise<Error | undefined>>();
  const labs = createLabs();
  const record = ({ operation, output }: ObservedCall) => {
    const paths = seen.get(operation) ?? new Set();
    seen.set(operation, paths);
    for (const path of pathsIn(output)) paths.add(path);
  };
  // Members that share an attempt, by `each`, share its run with everything in place.
  const whole = new Map<Attempt, Promise<Run>>();
  const runWhole = (probe: MemberProbe | OutputProbe): Promise<Run> => {
    const run = whole.get(probe.attempt) ?? labs.run(probe, record);
    whole.set(probe.attempt, run);
    return run;
  };
  const judge = async (probe: MemberProbe | OutputProbe): Promise<Error | undefined> => {
    if ('kind' in probe) {
      return judgeMember(probe, (omit) => (omit ? labs.run(probe, record, omit) : runWhole(probe)));
    }
    const { error } = await runWhole(probe);
    if (error) return error;
    const shown = seen.get(probe.operation)?.has(probe.member);
    return shown ? undefined : new Error(`${probe.operation} never answered ${probe.member}`);
  };
  return {
    seen,
    failureOf: (probe) => {
      const earlier = done.get(probe);
      if (earlier) return earlier;
      const outcome = judge(probe);
      done.set(probe, outcome);
      return outcome;
    },
    close: () => labs.close(),
  };
}

async function judgeMember(
  probe: MemberProbe,
  run: (omit?: { operation: string; path: string }) => Promise<Run>,
): Promise<Error | undefined> {
  const { operation, member, instead, whole = member } = probe;
  if (probe.kind === 'uncovered') return undefined;
  const first = await run();
  const unset = unsetMember(probe, first.calls);
  if (unset) return first.error ?? unset;
  const failure = failureIn(probe, first);
  if (instead !== undefined) {
    if (failure) return undefined;
    return new Error(`${operation} is right about ${member} now: take the mark wrong(…) away`);
  }
  if (failure) return failure;
  const second = await run({ operation, path: whole });
  if (failureIn(probe, second)) return undefined;
  return new Error(`The probe passes also without ${member}, so it shows nothing about it`);
}

function unsetMember({ operation, member }: MemberProbe, calls: Run['calls']): Error | undefined {
  if (calls.some((call) => sets(call, operation, member))) return undefined;
  return new Error(`The probe made no call of ${operation} with ${member} in it`);
}

function failureIn(probe: MemberProbe, { calls, error }: Run): Error | undefined {
  if (probe.kind === 'refused') return wrongRefusal(probe, error);
  if (error) return error;
  const { operation, member, readBy = operation } = probe;
  const from = calls.findIndex((call) => sets(call, operation, member));
  // A read that fails is one too: what a session may no longer do shows its policy.
  const read = calls.some(
    (call, index) => call.operation === readBy && (index > from || readBy === operation),
  );
  if (read) return undefined;
  return new Error(`The probe did not read the effect of ${member} through ${readBy}`);
}

function wrongRefusal({ member, named = member }: Probe & { member: string }, error?: Error) {
  if (!error) return new Error(`The call with ${member} was not refused`);
  const { name, message } = error;
  if (message.includes(named) && name !== 'AssertionError') return undefined;
  return new Error(`The refusal does not name ${named}: ${name}: ${message}`);
}

function sets(call: ObservedCall, operation: string, member: string): boolean {
  return call.operation === operation && hasMember(call.input, member);
}

function createLabs() {
  const shared = new Map<object, Promise<{ opened: OpenLab; watched: WatchedLab }>>();
  const open = async () => {
    const opened = await openLab();
    return { opened, watched: watchedLab(opened) };
  };
  const sharedLab = (key: object) => {
    const lab = shared.get(key) ?? open();
    shared.set(key, lab);
    return lab;
  };
  return {
    run: async (
      { attempt, shared: key }: Pick<Probe, 'attempt' | 'shared'>,
      record: (call: ObservedCall) => void,
      omit?: { operation: string; path: string },
    ): Promise<Run> => {
      const { opened, watched } = key ? await sharedLab(key) : await open();
      const calls: ObservedCall[] = [];
      const see = (call: ObservedCall) => {
        calls.push(call);
        record(call);
      };
      watched.watch(omit ? { see, omit } : { see });
      const error = await attempt(watched.lab).then(() => undefined, asError);
      if (!key) await opened.close();
      return { calls, error };
    },
    close: async () => {
      for (const lab of shared.values()) await (await lab).opened.close();
    },
  };
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
