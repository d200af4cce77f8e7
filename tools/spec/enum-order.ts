// The order of an enum's values. tsoa gives them in the order in which the compiler met them, which
// any change of any file may turn over. In the contract they stand as the domain lists them.

import { readdirSync } from 'node:fs';
import type { Spec } from './document.ts';

const domain = new URL('../../packages/api/src/domain/', import.meta.url);

/** Enums that no list of the domain has stay as they are: their source has them one by one. */
export async function orderEnums(spec: Spec): Promise<void> {
  const lists = await domainLists();
  for (const schema of Object.values(spec.components.schemas)) {
    const { enum: values } = schema as { enum?: unknown[] };
    if (!values) continue;
    schema.enum = lists.get(keyOf(values)) ?? values;
  }
}

/** Each list of the domain, by what is in it. */
async function domainLists(): Promise<Map<string, readonly unknown[]>> {
  const names = readdirSync(domain).filter((name) => name.endsWith('.ts'));
  const modules = await Promise.all(
    names.map(async (name) => (await import(new URL(name, domain).href)) as object),
  );
  const values: unknown[] = modules.flatMap((module) => Object.values(module) as unknown[]);
  const lists = values.filter((value): value is unknown[] => Array.isArray(value));
  return new Map(lists.map((list) => [keyOf(list), list]));
}

function keyOf(values: readonly unknown[]): string {
  return JSON.stringify([...values].sort());
}
