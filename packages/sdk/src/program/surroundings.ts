// What a run of the program is given, so that it touches nothing of the process itself.

export interface Surroundings {
  args: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  /** Aborts at Ctrl-C. */
  signal: AbortSignal;
  /** The result, and nothing else. */
  out(text: string): void;
  /** Progress and complaints. */
  note(text: string): void;
  readInput(): Promise<string>;
}

/** The numbers that the command line `sallyport` has, too. */
export const exitCodes = {
  ok: 0,
  failure: 1,
  usage: 2,
  notFound: 3,
  auth: 4,
  conflict: 5,
  unavailable: 6,
  /** A check failed, or it cannot come to a good end any more. */
  dead: 7,
  /** Not known yet, or not in the time given. */
  pending: 8,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What a command came to. */
export interface Outcome {
  /** For `--json`. */
  result: unknown;
  lines: readonly string[];
  code: ExitCode;
}

/** The command line itself is wrong. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
