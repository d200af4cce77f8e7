// Every vector: a proof that passes but for one thing.

import type { Vector } from './plan.ts';
import { roleVectors } from './role-vectors.ts';
import { signatureVectors } from './signature-vectors.ts';
import { standingVectors } from './standing-vectors.ts';
import { tokenVectors } from './token-vectors.ts';

export const vectors: readonly Vector[] = [
  ...signatureVectors,
  ...tokenVectors,
  ...roleVectors,
  ...standingVectors,
];

/** Proofs with nothing wrong. */
export const good: Pick<Vector, 'name' | 'kind' | 'change'>[] = [
  { name: 'a signature', kind: 'signature', change: () => {} },
  { name: 'a token', kind: 'web_identity_token', change: () => {} },
  { name: 'a role', kind: 'role', change: () => {} },
];
