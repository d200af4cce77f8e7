// The contract as customers have it, for a listener that is theirs alone: their operations, and
// those that need no key. Keys of staff are of no use there.

import type { Bindings, Spec, SpecOperation } from './spec.ts';

interface Contract {
  spec: Spec;
  bindings: Bindings;
}

export function forCustomers({ spec, bindings }: Contract): Contract {
  const paths = Object.entries(spec.paths).flatMap(([path, item]) => {
    const kept = Object.entries(item).flatMap(([method, operation]) => {
      const theirs = asCustomersHave(operation);
      return theirs === null ? [] : [[method, theirs] as const];
    });
    return kept.length === 0 ? [] : [[path, Object.fromEntries(kept)] as const];
  });
  const kept = new Set(
    paths.flatMap(([, item]) => Object.values(item).map(({ operationId }) => operationId)),
  );
  return {
    spec: onlyNamed({ ...spec, paths: Object.fromEntries(paths) }),
    bindings: Object.fromEntries(Object.entries(bindings).filter(([id]) => kept.has(id))),
  };
}

/** Without the schemas that nothing in it is made of. */
function onlyNamed(spec: Spec): Spec {
  const { schemas } = spec.components;
  const named = new Set<string>();
  const visit = (part: unknown): void => {
    for (const [, name] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (named.has(name!)) continue;
      named.add(name!);
      visit(schemas[name!]);
    }
  };
  visit({ ...spec, components: { ...spec.components, schemas: {} } });
  const kept = Object.entries(schemas).filter(([name]) => named.has(name));
  return { ...spec, components: { ...spec.components, schemas: Object.fromEntries(kept) } };
}

/** Null for what is for staff. */
function asCustomersHave(operation: SpecOperation): SpecOperation | null {
  if (operation['x-staff'] === true) return null;
  const roles = operation['x-roles']?.filter((role) => role === 'customer' || role === 'anyone');
  return roles && roles.length > 0 ? { ...operation, 'x-roles': roles } : null;
}
