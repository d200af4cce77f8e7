// What the exit code says, and the error that carries one. Scripts rely on these numbers: a meaning
// is never given to another number.

export const exitCodes = {
  ok: 0,
  failure: 1,
  usage: 2,
  notFound: 3,
  auth: 4,
  conflict: 5,
  unavailable: 6,
  /** A check failed, or what was waited for cannot happen any more. */
  dead: 7,
  /** Not known yet, or not in the time given. */
  pending: 8,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A failure that the command line itself found: what is wrong, and what to do about it. */
export class CommandError extends Error {
  readonly exitCode: ExitCode;
  readonly next: string | undefined;
  /** One line for each part of it that is wrong. */
  readonly fields: readonly string[];

  constructor(exitCode: ExitCode, message: string, next?: string, fields: readonly string[] = []) {
    super(message);
    this.name = 'CommandError';
    this.exitCode = exitCode;
    this.next = next;
    this.fields = fields;
  }
}

export function usageError(
  message: string,
  next?: string,
  fields?: readonly string[],
): CommandError {
  return new CommandError(exitCodes.usage, message, next, fields);
}
