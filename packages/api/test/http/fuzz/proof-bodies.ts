// Bodies of proofs: which of their members go together is said by `method`, and by no schema.

import type { JsonSchema } from '../../../src/http/spec.ts';
import { named, valueOf, type Values } from './values.ts';

const members = {
  signature: ['region', 'access_key_id', 'amz_date', 'session_token', 'signature'],
  role: ['role_name'],
  web_identity_token: ['web_identity_token'],
} as const;

/** The members of one method, with values; mostly. */
export function proofBody(values: Values, body: Record<string, unknown>): Record<string, unknown> {
  const { draw } = values;
  if (draw.chance(0.1)) return body;
  const { properties } = named('#/components/schemas/ProofSubmit') as {
    properties: Record<string, JsonSchema>;
  };
  const method = draw.pick(Object.keys(members) as (keyof typeof members)[]);
  const given = members[method].map((name) => [name, valueOf(values, properties[name]!, name)]);
  const { challenge_id } = body;
  return { challenge_id, method, ...Object.fromEntries(given) };
}
