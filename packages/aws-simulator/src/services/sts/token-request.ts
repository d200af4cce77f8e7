// What GetWebIdentityToken is asked for, checked before anybody's permission is. Bounds are those
// of the STS API reference.

import type { GetWebIdentityTokenRequest } from '@aws-sdk/client-sts';
import { SIGNING_ALGORITHMS, type SigningAlgorithm } from '../../identity/token-keys.ts';
import type { Given } from '../call.ts';
import { checkNumber, checkText, constraintFailed } from './errors.ts';
import { checkTags } from './session-tags.ts';

export type TokenRequest = Given<GetWebIdentityTokenRequest, 'Audience' | 'SigningAlgorithm'>;

const MOST_AUDIENCES = 10;
const DEFAULT_DURATION = 300;

/** Seconds. */
export function tokenDuration({ DurationSeconds: given }: Pick<TokenRequest, 'DurationSeconds'>) {
  return given ?? DEFAULT_DURATION;
}

/** @throws AwsError ValidationError. */
export function checkTokenRequest(input: TokenRequest): SigningAlgorithm {
  const { Audience: audience, SigningAlgorithm: algorithm } = input;
  if (audience.length === 0 || audience.length > MOST_AUDIENCES) {
    const bounds = `a number of members from 1 to ${MOST_AUDIENCES}`;
    throw constraintFailed('audience', `[${audience.length} members]`, bounds);
  }
  for (const one of audience) checkText('audience', one, { min: 1, max: 1000 });
  checkNumber('durationSeconds', tokenDuration(input), [60, 3600]);
  checkTags(input.Tags);
  const known = SIGNING_ALGORITHMS.find((one) => one === algorithm);
  if (known) return known;
  const set = `enum value set: [${SIGNING_ALGORITHMS.join(', ')}]`;
  throw constraintFailed('signingAlgorithm', algorithm, set);
}
