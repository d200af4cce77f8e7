// Connections of a region that AWS did not accept or reject when it was asked to the last time.

import type { Refusal } from '../domain/connection.ts';
import type { EndpointService } from '../domain/endpoint-service.ts';
import { connectionsTarget } from '../domain/target.ts';
import * as targets from '../storage/targets.ts';
import { tenant, type Context } from './context.ts';

/** AWS's words about the vendor's account, its roles for one, are not for customers. */
export async function refusals(context: Context, service: EndpointService): Promise<Refusal[]> {
  const report = await targets.lastReport(context.db, connectionsTarget(service));
  const refused = (report?.refused ?? []) as (Omit<Refusal, 'at'> & { at: string })[];
  return refused.map(({ vpcEndpointId, code, message, at }) => ({
    vpcEndpointId,
    code,
    message: tenant(context) === null ? message : '',
    at: new Date(at),
  }));
}
