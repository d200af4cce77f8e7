// `diagnose --ask`: a script for the customer to run where its clients are. It reports what only
// that side can see, by a token that works once and for this connection alone.

import type { Connection, Diagnosis, Sallyport } from '@sallyport/sdk';
import { observationScript } from '../output/observation-script.ts';
import type { Context } from '../runtime.ts';

export async function runAsk(
  context: Context,
  client: Sallyport,
  { vpc_endpoint_id: endpoint }: Diagnosis,
): Promise<void> {
  const { signal, out, say } = context;
  const connection = await client.connections.get(endpoint, { signal });
  const name = await nameOf(client, connection, context);
  const { token, expires_at: expires } = await client.connections.observations.createToken(
    endpoint,
    {
      signal,
    },
  );
  const { endpoint_region: region } = connection;
  out.write(observationScript({ url: client.origin, token, name, endpoint, region, expires }));
  say(`Send it to the customer as observe.sh: it works once, until ${expires}.`);
  say(`next: sallyport diagnose ${endpoint}`);
}

/** The private name, unless clients go by names of the endpoint itself, which nobody sees here. */
async function nameOf(
  client: Sallyport,
  { endpoint_service_id: service, dns }: Connection,
  { signal }: Context,
): Promise<string | undefined> {
  if (dns === 'none') return undefined;
  const { name } = await client.privateDns.get(service, { signal });
  return name ?? undefined;
}
