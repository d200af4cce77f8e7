// One guard of the product that is taken out, and what has to break then.

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
