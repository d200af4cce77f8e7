// ClientToken: the same token with the same parameters acts once, with other parameters it is an
// error. Tokens are Regional (EC2 developer guide, ensuring idempotency).

import { AwsError } from '../../aws-error.ts';
import type { World } from '../../world/world.ts';
import type { Call } from '../call.ts';

interface TokenInput {
  readonly ClientToken?: string | undefined;
}

/**
 * Runs `create` unless this token has created already.
 * @returns the id of the resource made now or then, which may be gone by now.
 * @throws AwsError InvalidClientToken, or IdempotentParameterMismatch.
 */
export function createOnce(call: Call<TokenInput>, action: string, create: () => string): string {
  const { world, account, region, input } = call;
  const token = input.ClientToken;
  if (token === undefined) return create();
  if (!/^[\x21-\x7e]{1,64}$/.test(token)) {
    throw new AwsError('InvalidClientToken', 'The client token must be 1 to 64 ASCII characters.');
  }
  const key = [account, region, action, token].join('/');
  const request = JSON.stringify(input);
  const earlier = world.clientTokens.get(key);
  if (earlier && earlier.request !== request) {
    throw new AwsError(
      'IdempotentParameterMismatch',
      'The client token was used before with different parameters.',
    );
  }
  const anew = world.knobs.tokenOfDeleted === 'createsAnew';
  if (earlier && !(anew && isGone(world, earlier.resourceId))) return earlier.resourceId;
  const resourceId = create();
  world.clientTokens.set(key, { request, resourceId });
  return resourceId;
}

function isGone(world: World, id: string): boolean {
  const { endpointServices, endpoints, connectionNotifications } = world;
  return ![endpointServices, endpoints, connectionNotifications].some((all) => all.has(id));
}
