// Plays histories against the product without one of its guards, in a process of its own:
//
//   node tools/simulate/mutations/mutant.ts <invariant> <connection string> [histories] [seed]
//
// The guard is taken out of the modules as they are loaded. Tells as JSON which seed broke what.

import { registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { mutations } from './ledger.ts';
import { edited, type Mutation } from './mutation.ts';

export interface Verdict {
  /** The history that broke the invariant, or null when none did. */
  seed: number | null;
  /** Invariants that broke in it, or in any of them when none broke the one that was meant. */
  broken: string[];
  played: number;
}

const source = path.resolve(import.meta.dirname, '../../../packages/api/src');
const eventsPerHistory = 50;

const [name, connectionString = '', most = '1', first] = process.argv.slice(2);
const mutation = mutations.find(({ invariant }) => invariant === name);
if (!mutation) throw new Error(`There is no mutation for the invariant ${name}.`);
const missing = takeOut(mutation);
const verdict = await play(mutation, Number(most));
if (missing.size > 0) throw new Error(`Never loaded: ${[...missing].join(', ')}`);
console.log(JSON.stringify(verdict));

/** @returns the files that were not loaded yet */
function takeOut({ edits }: Mutation): Set<string> {
  const left = new Set(edits.map(({ file }) => file));
  const byUrl = Map.groupBy(edits, ({ file }) => pathToFileURL(path.join(source, file)).href);
  registerHooks({
    load: (url, context, nextLoad) => {
      const loaded = nextLoad(url, context);
      const own = byUrl.get(url);
      if (!own || loaded.source === undefined || loaded.source === null) return loaded;
      for (const { file } of own) left.delete(file);
      const text = Buffer.from(loaded.source as Uint8Array).toString('utf8');
      return { ...loaded, source: own.reduce(edited, text) };
    },
  });
  return left;
}

/** Loads what it plays only now, so that the hook sees every module of it. */
async function play({ invariant, sql, ...mutated }: Mutation, histories: number): Promise<Verdict> {
  const seed = Number(first ?? mutated.seed);
  const { openSimulationDatabase } = await import('../database.ts');
  const { playHistory } = await import('../history.ts');
  const db = openSimulationDatabase(connectionString);
  const broken = new Set<string>();
  try {
    if (sql !== undefined) await db.query(sql);
    for (let played = 0; played < histories; played++) {
      const { breaches } = await playHistory(db, seed + played, eventsPerHistory);
      const names = breaches.map((breach) => breach.name);
      if (names.includes(invariant)) return { seed: seed + played, broken: names, played };
      for (const one of names) broken.add(one);
    }
    return { seed: null, broken: [...broken], played: histories };
  } finally {
    await db.close();
  }
}
