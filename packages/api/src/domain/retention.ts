// How long what happened is kept. The audit log has a time of its own, if any.

/** Days that history is kept unless a setting says otherwise: a year, and a month to look back. */
export const defaultRetentionDays = 400;

/**
 * Days that the answer of an idempotency key is kept. Peers keep theirs for a day; a caller that
 * comes back after a weekend, or a queue that was stopped for one, is still not to change twice.
 */
const idempotencyDays = 7;

/** Days that challenges and judged proofs are kept. Neither holds anything secret by then. */
const proofDays = 30;

/** Days that the reports of runs are kept. What they changed is in the history. */
const reportDays = 30;

export interface Cutoffs {
  idempotencyKeys: Date;
  /** Of runs, for what they told. */
  reports: Date;
  /** Of challenges and judged proofs, and of what customers observed. */
  proofs: Date;
  /** Of events, changes of AWS, states that connections were in, operations that have ended. */
  history: Date;
}

/** What was over before these moments is no longer kept. */
export function cutoffs(now: Date, retentionDays: number): Cutoffs {
  const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
  return {
    idempotencyKeys: daysAgo(idempotencyDays),
    reports: daysAgo(reportDays),
    proofs: daysAgo(proofDays),
    history: daysAgo(retentionDays),
  };
}
