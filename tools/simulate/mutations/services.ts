// Guards of services.

import type { Mutation } from './mutation.ts';

export const serviceMutations: Mutation[] = [
  {
    invariant: 'observes-only',
    without: 'asking whether an allowlist is managed',
    edits: [
      {
        file: 'reconcile/principals.ts',
        text: 'const applied = managed && changes > 0 ?',
        by: 'const applied = changes > 0 ?',
      },
      {
        file: 'reconcile/principals.ts',
        text: "if (!service || !manages(service, 'principals')) return false;",
        by: 'if (!service) return false;',
      },
    ],
    seed: 1,
  },
  {
    invariant: 'old-database-is-quiet',
    without: 'heeding an epoch that is higher than ours',
    edits: [
      {
        file: 'domain/deployment.ts',
        text: "return epoch <= own.epoch ? null : 'older_database';",
        by: 'return null;',
      },
    ],
    seed: 3,
  },
  {
    invariant: 'other-values-stay',
    without: 'keeping the values of others in a record',
    edits: [
      {
        file: 'aws/txt-records.ts',
        text: 'record.values.length ? { ...record, values } : null;',
        by: 'record.values.length ? { ...record, values: [] } : null;',
      },
    ],
    seed: 2,
  },
  {
    invariant: 'other-name-stays',
    without: 'telling whose name a service has',
    edits: [
      {
        file: 'domain/private-dns.ts',
        text: '  if (observed && observed.name !== wanted.name && !isOurs(observed, wanted)) {\n',
        by: '  if (observed && false) {\n',
      },
    ],
    seed: 2,
  },
];
