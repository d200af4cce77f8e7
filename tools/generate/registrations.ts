// Every generator of this repository, in order. To add one: give it a file that exports
// `generator`, name it here with what it reads, and run `pnpm generate`. A generator that is not
// listed here writes nothing, and `pnpm check` does not see when its files are stale.

import type { Registration } from './generation.ts';

export const registrations: readonly Registration[] = [
  {
    name: 'spec',
    after: [],
    load: async () => (await import('../spec/generator.ts')).generator,
  },
  {
    name: 'schema',
    after: [],
    load: async () => {
      const { schemaText } = await import('../schema.ts');
      const file = 'packages/api/schema.sql';
      return { name: 'schema', outputs: async () => new Map([[file, await schemaText()]]) };
    },
  },
  {
    name: 'sdk',
    after: ['spec'],
    load: async () => (await import('../generate-sdk/generator.ts')).generator,
  },
  {
    name: 'cli',
    after: ['spec'],
    load: async () => (await import('../generate-cli/generator.ts')).generator,
  },
  {
    name: 'cli page',
    after: ['cli'],
    load: async () => (await import('./cli-page.ts')).generator,
  },
  {
    name: 'shared sources',
    after: [],
    load: async () => (await import('./shared-sources.ts')).generator,
  },
  {
    name: 'observe script',
    after: [],
    load: async () => (await import('./observe-script.ts')).generator,
  },
  {
    name: 'setup texts',
    after: [],
    load: async () => (await import('./setup-texts.ts')).generator,
  },
  {
    name: 'errors page',
    after: [],
    load: async () => (await import('./errors-page.ts')).generator,
  },
  {
    name: 'events page',
    after: [],
    load: async () => (await import('./events-page.ts')).generator,
  },
  {
    name: 'metrics page',
    after: [],
    load: async () => (await import('./metrics-page.ts')).generator,
  },
  {
    name: 'states page',
    after: [],
    load: async () => (await import('./states-page.ts')).generator,
  },
  {
    name: 'simulator pages',
    after: [],
    load: async () => (await import('./simulator-pages.ts')).generator,
  },
];
