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
