// The exit code that a diagnosis is.

import { type ExitCode, exitCodes } from '../exit-codes.ts';

/** A diagnosis, or a preflight. */
export interface Judged {
  works: string;
  checks: readonly { result: string }[];
}

/** A result that this version does not know counts as not known, never as a pass. */
export function diagnosisExit({ works, checks }: Judged): ExitCode {
  if (checks.some(({ result }) => result === 'fail')) return exitCodes.dead;
  return works === 'yes' ? exitCodes.ok : exitCodes.pending;
}
