// For each invariant a guard of the product that is taken out on purpose, and the seed of a history
// that then breaks it. `mutant.ts` puts the changes into modules as they are loaded; a text that is
// no longer in its file is an error.

import { allowlistMutations } from './allowlists.ts';
import { connectionMutations } from './connections.ts';
import type { Mutation } from './mutation.ts';
import { recordMutations } from './records.ts';
import { restMutations } from './rest.ts';
import { serviceMutations } from './services.ts';

export const mutations: readonly Mutation[] = [
  ...allowlistMutations,
  ...connectionMutations,
  ...serviceMutations,
  ...recordMutations,
  ...restMutations,
];

/**
 * Invariants that no mutation of one guard has broken yet, as another guard stands behind it: what
 * is left of a leaving is also rejected when it is seen, and late accepts are rare.
 */
export const unbroken: readonly string[] = [
  'left-leaves-no-connection',
  'nobody-stays-without-standing',
];
