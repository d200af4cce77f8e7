// For each invariant a guard of the product that is taken out on purpose, and the seed of a history
// that then breaks it. `mutant.ts` puts the changes into modules as they are loaded; a text that is
// no longer in its file is an error.

import { allowlistMutations } from './allowlists.ts';
import { connectionMutations } from './connections.ts';
import { recordMutations } from './records.ts';
import { restMutations } from './rest.ts';
import { serviceMutations } from './services.ts';

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

export const mutations: readonly Mutation[] = [
  ...allowlistMutations,
  ...connectionMutations,
  ...serviceMutations,
  ...recordMutations,
  ...restMutations,
];
