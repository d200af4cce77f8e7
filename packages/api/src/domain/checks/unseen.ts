// What only the customer's side can see, and nobody has reported: unknown, and how to find out.

import { unknown, type Check, type NextStep } from '../check.ts';
import type { Connection } from '../connection.ts';

type Named = Pick<Connection, 'vpcEndpointId'>;

export function unseen(name: string, evidence: string, connection: Named): Check {
  return unknown(name, evidence, lookYourself(connection));
}

/** One command for all of it: the token that docs/observe/observe.sh reports with. */
export function lookYourself({ vpcEndpointId }: Named): NextStep {
  return {
    actor: 'customer',
    action: 'Make a token, and run docs/observe/observe.sh with it where the clients are.',
    command: `sallyport observations create-token ${vpcEndpointId}`,
  };
}
