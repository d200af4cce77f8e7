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
    spec: { ...spec, paths: Object.fromEntries(paths) },
    bindings: Object.fromEntries(Object.entries(bindings).filter(([id]) => kept.has(id))),
  };
}

/** Null for what is for staff. */
function asCustomersHave(operation: SpecOperation): SpecOperation | null {
  if (operation['x-staff'] === true) return null;
  const roles = operation['x-roles']?.filter((role) => role === 'customer' || role === 'anyone');
  return roles && roles.length > 0 ? { ...operation, 'x-roles': roles } : null;
}
