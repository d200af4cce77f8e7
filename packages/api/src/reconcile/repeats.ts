// What AWS was asked for lately. Its reads may show a change "up to a few minutes" later (EC2
// developer guide, "Eventual consistency"), so the same is asked for again after longer and longer,
// and not with every read that is still from before.

import type { PrincipalChange } from '../aws/ports.ts';
import type { Run } from './run.ts';

/** A change of one thing, as the report keeps it for the next runs. */
export interface Asked {
  /** The ARN or endpoint. */
  subject: string;
  step: string;
  /** How often in a row. */
  times: number;
  /** The last time; as text, since the report is JSON. */
  at: string;
}

export interface Repeats {
  /** Whether it was not asked for, or long enough ago; another step is always due. */
  isDue: (step: string, subject: string) => boolean;
  /** Of a change of an allowlist, what is due. */
  dueOf: (change: PrincipalChange) => PrincipalChange;
  /** What the report is to keep, once these were asked for too. */
  after: (sent: readonly Pick<Asked, 'step' | 'subject'>[]) => Asked[];
}

const firstPauseMs = 4_000;
const pauseMaxMs = 60_000;
/** What AWS has shown since, or never will, is a new wish by then. */
const forgottenAfterMs = 300_000;

export function repeatsOf({ lease, now }: Pick<Run, 'lease' | 'now'>): Repeats {
  const at = now();
  const ageMs = (asked: Asked) => at.getTime() - Date.parse(asked.at);
  const before = ((lease.report?.asked ?? []) as Asked[]).filter(
    (asked) => ageMs(asked) < forgottenAfterMs,
  );
  const last = new Map(before.map((asked) => [asked.subject, asked]));
  const isDue: Repeats['isDue'] = (step, subject) => {
    const asked = last.get(subject);
    return asked?.step !== step || ageMs(asked) >= pauseMs(asked.times);
  };
  return {
    isDue,
    dueOf: ({ add, remove }) => ({
      add: add.filter((arn) => isDue('add', arn)),
      remove: remove.filter((arn) => isDue('remove', arn)),
    }),
    after: (sent) => {
      const kept = new Map(last);
      for (const { step, subject } of sent) {
        const asked = last.get(subject);
        const times = asked?.step === step ? asked.times + 1 : 1;
        kept.set(subject, { subject, step, times, at: at.toISOString() });
      }
      return [...kept.values()];
    },
  };
}

function pauseMs(times: number): number {
  return Math.min(pauseMaxMs, firstPauseMs * 2 ** (times - 1));
}
