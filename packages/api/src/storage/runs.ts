// Runs of workers that are kept for people to read.

import type { PageRequest } from '../domain/page.ts';
import type { KeptRun } from '../domain/target.ts';
import type { Queryable } from './postgres/database.ts';
import { insertRow, listRows } from './statements.ts';
import { ofService, type TargetFilter } from './target-lists.ts';

export function insert(db: Queryable, run: KeptRun): Promise<void> {
  const { kind: targetKind, key: targetKey, ...rest } = run;
  return insertRow(db, 'runs', { ...rest, targetKind, targetKey });
}

const select = `
  SELECT * FROM (
    SELECT id, target_kind AS kind, target_key AS key, ended_at, report FROM runs) t`;

/** Newest first. Those of a service include the ones of its region. */
export function list(db: Queryable, filter: TargetFilter, page: PageRequest): Promise<KeptRun[]> {
  const { endpointServiceId, kind } = filter;
  // Those of a service have few keys, and are found by them.
  return endpointServiceId === undefined
    ? listRows(db, { select, by: [['t.kind', kind]], page, newestFirst: true })
    : listRows(db, {
        select,
        where: [
          [ofService, endpointServiceId],
          ['t.kind = ?', kind],
        ],
        page,
        newestFirst: true,
      });
}
