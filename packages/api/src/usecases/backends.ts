// What is known of what is behind a connection; of its names, customers learn none.

import { anonymous, type Backend, type Traffic } from '../domain/backend.ts';
import type { Connection } from '../domain/connection.ts';
import * as backends from '../storage/backends.ts';
import { tenant, type Context } from './context.ts';

export async function backendFacts(
  context: Context,
  { id, endpointServiceId }: Connection,
): Promise<{ backend: Backend | null; traffic: Traffic | null }> {
  const backend = await backends.find(context.db, endpointServiceId);
  const traffic = await backends.findTraffic(context.db, id);
  return { backend: backend && tenant(context) !== null ? anonymous(backend) : backend, traffic };
}
