// The ledgers of permissions against the operations that are simulated, and against AWS's models.

import { expect, test } from 'vitest';
import { createCatalog } from '../../src/services/catalog.ts';
import { ledgers } from '../../src/services/permission-ledger.ts';

test('when an operation is simulated, its ledger says what it needs', () => {
  const missing = Object.entries(createCatalog()).flatMap(([service, { operations }]) =>
    Object.keys(operations)
      .filter((name) => !Object.hasOwn(ledgers[service] ?? {}, name))
      .map((name) => `${service}:${name}`),
  );
  expect(missing, 'Look up what they need, and add it in services/*/permissions.ts').toEqual([]);
});

test('when a ledger has an operation, the model of its service has it too', () => {
  const unknown = Object.entries(createCatalog()).flatMap(([service, { model }]) =>
    Object.keys(ledgers[service] ?? {})
      .filter((name) => !model.has(name))
      .map((name) => `${service}:${name}`),
  );
  expect(unknown).toEqual([]);
});
