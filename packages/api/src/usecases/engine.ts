// What the workers look after, and every change of AWS that they made, to read.

import { effectStates, type Effect } from '../domain/effect.ts';
import { toPage, type Page, type PageRequest } from '../domain/page.ts';
import { readable, targetKinds, type ReconcileTarget } from '../domain/target.ts';
import * as effects from '../storage/effects.ts';
import * as targets from '../storage/targets.ts';
import type { Context } from './context.ts';
import { oneOf, serviceScope } from './filters.ts';

export async function listTargets(
  context: Context,
  filter: { endpointServiceId?: string | undefined; kind?: string | undefined },
  page: PageRequest,
): Promise<Page<ReconcileTarget>> {
  const scope = {
    endpointServiceId: await serviceScope(context, filter.endpointServiceId),
    kind: oneOf(targetKinds, filter.kind, 'kind'),
  };
  const rows = await targets.list(context.db, scope, page);
  const shown = rows.map((target) => ({ ...target, report: readable(target.report) }));
  return toPage(shown, page.limit);
}

export async function listEffects(
  context: Context,
  filter: { endpointServiceId?: string | undefined; outcome?: string | undefined },
  page: PageRequest,
): Promise<Page<Effect>> {
  const scope = {
    endpointServiceId: await serviceScope(context, filter.endpointServiceId),
    outcome: oneOf(effectStates, filter.outcome, 'outcome'),
  };
  return toPage(await effects.list(context.db, scope, page), page.limit);
}
