// `diagnose --ask`: a script for the customer to run where its clients are. It reports what only
// that side can see, by a token that works once and for this connection alone.

import type { Diagnosis, Sallyport } from '@sallyport/sdk';
import { CommandError, exitCodes } from '../exit-codes.ts';
import { observationScript } from '../output/observation-script.ts';
import type { Context } from '../runtime.ts';

const NAME = /^[A-Za-z0-9_.-]+$/;

export async function runAsk(
  context: Context,
  client: Sallyport,
  id: string,
  diagnosis: Diagnosis,
): Promise<void> {
  const { signal, out, say } = context;
  const name = await nameOf(client, id, context);
  if (!NAME.test(name)) throw new CommandError(exitCodes.failure, `${name} is no name of a host.`);
  const { token, expires_at: expires } = await client.connections.observations.createToken(id, {
    signal,
  });
  out.write(
    observationScript({ url: client.origin, token, name, port: 443, endpoint: id, expires }),
  );
  say(`Send it to the customer: it works once, until ${expires}.`);
  say(`Then: sallyport diagnose ${diagnosis.vpc_endpoint_id}`);
}

/** What clients connect to: the private name, else one that the endpoint has of AWS. */
async function nameOf(client: Sallyport, id: string, { signal }: Context): Promise<string> {
  const connection = await client.connections.get(id, { signal });
  const service = await client.endpointServices.get(connection.endpoint_service_id, { signal });
  const { name } = await client.privateDns.get(service.id, { signal });
  const own = connection.dns === 'none' ? null : name;
  return own ?? 'NAME_OF_THE_ENDPOINT';
}
