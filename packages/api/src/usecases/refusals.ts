// Connections of a region that AWS did not accept or reject when it was asked to the last time.

import type { Refusal } from '../domain/connection.ts';
import type { EndpointService } from '../domain/endpoint-service.ts';
import * as drift from '../storage/drift.ts';
import { tenant, type Context } from './context.ts';

/** AWS's words about the vendor's account, its roles for one, are not for customers. */
export async function refusals(context: Context, service: EndpointService): Promise<Refusal[]> {
  const found = await drift.refusals(context.db, service);
  return tenant(context) === null ? found : found.map((item) => ({ ...item, message: '' }));
}
