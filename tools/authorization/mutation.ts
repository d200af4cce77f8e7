// One guard of who may do what that is taken out, and what has to tell of it then.

import type { Edit } from '../simulate/mutations/mutation.ts';

export interface Mutation {
  /** What is not guarded any more. */
  without: string;
  edits: readonly Edit[];
  /** What the database has instead. */
  sql?: string;
  /** The tests that have to see it. */
  seenBy: keyof typeof testFiles;
  /**
   * Each has to be named by a test that fails: cells of the matrix, tables of the policies, an
   * answer to a history.
   */
  named: readonly string[];
}

export const testFiles = {
  meanwhile: 'packages/api/test/http/controllers/revoked-meanwhile.test.ts',
  matrix: 'packages/api/test/http/matrix/matrix.test.ts',
  policies: 'packages/api/test/storage/row-level-security.test.ts',
  fuzz: 'packages/api/test/http/fuzz/fuzz.test.ts',
} as const;
