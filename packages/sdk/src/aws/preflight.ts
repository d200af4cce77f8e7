// Looks before anything is made: would this VPC get a connection that works, and if not, why.
import { factsIn, preflightOf } from './judgement.ts';
import type { ConnectionOptions } from './options.ts';
import type { VpcPreflight, PreflightClient } from './preflight-outcome.ts';
import { withSession } from './session.ts';

/**
 * Reads the VPC, what EC2 shows of the service and what these credentials may do. Changes nothing.
 * What may not be read is `unknown` and says which permission it lacks.
 * @throws SallyportError when it is not clear what to look at, MissingPeerError without the AWS SDK
 * @example
 * ```ts
 * import { preflight } from '@sallyport/sdk/aws';
 *
 * const { ready, checks } = await preflight(client, { region: 'us-east-1' });
 * for (const { name, result, evidence } of checks) console.log(result, name, evidence);
 * ```
 */
export function preflight(
  client: PreflightClient,
  options: ConnectionOptions,
): Promise<VpcPreflight> {
  return withSession(client, options, async (session) => {
    const target = await session.target();
    return preflightOf(await factsIn(session, client, target, options));
  });
}
