// What the services of tests seal secrets with.

import { createSecretSeals } from '../src/usecases/secret-seals.ts';

export const testSeals = createSecretSeals([Buffer.alloc(32, 7)]);
