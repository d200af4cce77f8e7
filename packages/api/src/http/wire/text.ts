// Kinds of text and numbers that many resources have, each with its form and meaning said once.

/**
 * A moment in UTC (RFC 3339), such as `2026-11-23T12:00:00.000Z`.
 * @format date-time
 */
export type Timestamp = string;

/**
 * In words, for people. They may change: programs go by the codes and states beside them.
 * @minLength 1
 */
export type Prose = string;

/**
 * A command line to be typed as it is, in which only names in capitals are to be replaced.
 * @minLength 1
 */
export type CommandLine = string;

/**
 * Why it is done, for the audit log.
 * @minLength 1
 * @maxLength 1000
 */
export type Reason = string;

/**
 * When it was made here. It never changes.
 * @format date-time
 */
export type CreatedAt = string;

/**
 * When it was last changed here. That AWS shows something else is no change.
 * @format date-time
 */
export type UpdatedAt = string;

/**
 * A word for programs, in small letters. More may be added.
 * @pattern ^[a-z][a-z0-9_]*$
 * @maxLength 100
 */
export type Code = string;
