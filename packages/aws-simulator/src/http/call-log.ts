// What was called, by whom, with which outcome. Tests and demonstrations read it, above all to
// prove that nothing was changed.

export interface CallRecord {
  /** Counts from 1. */
  readonly number: number;
  /** Simulated time, ISO 8601. */
  readonly at: string;
  /** null when the caller could not be verified. */
  readonly account: string | null;
  readonly callerArn: string | null;
  readonly service: string;
  readonly region: string | null;
  /** null when the request did not name an operation of the service. */
  readonly action: string | null;
  /** Whether the action could change AWS, whatever became of this call. */
  readonly mutating: boolean;
  /** `ok`, the error code, or what a fault put in the answer's place. */
  readonly outcome: string;
  /** Whether the operation ran to its end, even when the client was not told. */
  readonly performed: boolean;
  /** What the caller has left of the scarcest bucket it took from; null when nothing is counted. */
  readonly tokensLeft: number | null;
  /** Name of the fault that struck the call. */
  readonly fault: string | null;
  /** Done through the admin path `console`, not by a client. */
  readonly byHand: boolean;
  readonly requestId: string;
}

export interface CallSummary {
  readonly total: number;
  readonly mutating: number;
  /** Calls by `service:Action`. */
  readonly actions: Readonly<Record<string, number>>;
}

export interface CallLog {
  add(record: Omit<CallRecord, 'number'>): CallRecord;
  /** Records with a number above `since`, oldest first. */
  since(number: number): CallRecord[];
  last(): number;
  /** Counts of all calls ever made, also of those no longer kept. */
  summary(): CallSummary;
}

/** Older records are dropped, so that a simulator left running does not grow for ever. */
const KEPT = 100_000;

export function createCallLog(): CallLog {
  const records: CallRecord[] = [];
  const actions = new Map<string, number>();
  let total = 0;
  let mutating = 0;
  return {
    add: (facts) => {
      total += 1;
      if (facts.mutating) mutating += 1;
      const action = `${facts.service}:${facts.action ?? 'unknown'}`;
      actions.set(action, (actions.get(action) ?? 0) + 1);
      const record = { number: total, ...facts };
      records.push(record);
      if (records.length > KEPT * 1.5) records.splice(0, records.length - KEPT);
      return record;
    },
    since: (number) => {
      const first = records[0]?.number ?? 1;
      return records.slice(Math.max(0, number + 1 - first));
    },
    last: () => total,
    summary: () => ({
      total,
      mutating,
      actions: Object.fromEntries([...actions].sort(([a], [b]) => (a < b ? -1 : 1))),
    }),
  };
}
