// One guard of the product that is taken out, and what has to break then. How a guard is taken out
// of a text is here as well.

export interface Edit {
  /** Under packages/api/src. */
  file: string;
  /** Exactly once in the file. */
  text: string;
  by: string;
}

export interface Mutation {
  /** The invariant that has to break. */
  invariant: string;
  /** What is not guarded any more. */
  without: string;
  edits: readonly Edit[];
  /** What the database has no longer, either. */
  sql?: string;
  /** Of a history that breaks it. */
  seed: number;
}

/** @throws Error when what is to be taken out is not there once */
export function edited(text: string, { file, text: guard, by }: Edit): string {
  const parts = text.split(guard);
  if (parts.length !== 2) {
    throw new Error(`${file} has ${parts.length - 1} times what is to be taken out: ${guard}`);
  }
  return parts.join(by);
}
