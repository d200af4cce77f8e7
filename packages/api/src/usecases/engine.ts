// What the workers look after, and every change of AWS that they made, to read.

import type { Effect, EffectState } from '../domain/effect.ts';
import { toPage, type Page, type PageRequest } from '../domain/page.ts';
import { readable, type KeptRun, type ReconcileTarget, type TargetKind } from '../domain/target.ts';
import * as effects from '../storage/effects.ts';
import * as runs from '../storage/runs.ts';
import * as targetLists from '../storage/target-lists.ts';
import type { Context } from './context.ts';
import { serviceScope } from './filters.ts';

export interface TargetFilter {
  endpointServiceId?: string | undefined;
  kind?: TargetKind | undefined;
}

export async function listTargets(
  context: Context,
  filter: TargetFilter,
  page: PageRequest,
): Promise<Page<ReconcileTarget>> {
  const scope = await targetScope(context, filter);
  const rows = await targetLists.list(context.db, scope, page);
  const shown = rows.map((target) => ({ ...target, report: readable(target.report) }));
  return toPage(shown, page.limit);
}

export async function listRuns(
  context: Context,
  filter: TargetFilter,
  page: PageRequest,
): Promise<Page<KeptRun>> {
  const scope = await targetScope(context, filter);
  return toPage(await runs.list(context.db, scope, page), page.limit);
}

export async function listEffects(
  context: Context,
  filter: { endpointServiceId?: string | undefined; outcome?: EffectState | undefined },
  page: PageRequest,
): Promise<Page<Effect>> {
  const scope = {
    endpointServiceId: await serviceScope(context, filter.endpointServiceId),
    outcome: filter.outcome,
  };
  return toPage(await effects.list(context.db, scope, page), page.limit);
}

async function targetScope(context: Context, { endpointServiceId, kind }: TargetFilter) {
  return {
    endpointServiceId: await serviceScope(context, endpointServiceId),
    kind,
  };
}
