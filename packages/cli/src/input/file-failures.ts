// Why a file that a flag names could not be read or made, in words, and what to do.

import { type CommandError, usageError } from '../exit-codes.ts';

interface Reason {
  why: string;
  next: string;
}

const ofReading: Readonly<Record<string, Reason>> = {
  ENOENT: {
    why: 'there is no such file',
    next: 'Look at the name, and at the folder that you are in',
  },
  EACCES: { why: 'it is not for you to read', next: 'Ask its owner, or name another file' },
  EISDIR: { why: 'it is a folder', next: 'Name a file in it' },
};

const ofMaking: Readonly<Record<string, Reason>> = {
  EEXIST: { why: 'it is there, and nothing is written over', next: 'Name a file that is new' },
  ENOENT: { why: 'its folder is not there', next: 'Make the folder first' },
  EACCES: { why: 'you may not write there', next: 'Name a file in a folder of yours' },
};

/** @param flag what named it; undefined for an argument */
export function unreadable(file: string, error: unknown, flag?: string): CommandError {
  return failed(ofReading, `${named(file, flag)} could not be read`, error);
}

export function unmade(file: string, error: unknown, flag: string): CommandError {
  return failed(ofMaking, `${named(file, flag)} could not be made`, error);
}

function named(file: string, flag: string | undefined): string {
  return flag === undefined ? file : `${flag}: ${file}`;
}

function failed(
  reasons: Readonly<Record<string, Reason>>,
  what: string,
  error: unknown,
): CommandError {
  const { code = 'unknown error' } = error as NodeJS.ErrnoException;
  const reason = Object.hasOwn(reasons, code) ? reasons[code] : undefined;
  const why = reason === undefined ? '' : `: ${reason.why}`;
  return usageError(`${what}${why} (${code}).`, reason?.next);
}
