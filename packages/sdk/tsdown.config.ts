// How the SDK is bundled: two entries, ESM and CommonJS, with types for both, and a program.

import { defineConfig } from 'tsdown';

const everywhere = {
  target: 'es2022',
  // Optional peers: whoever uses what needs them has them.
  deps: { neverBundle: [/^@aws-sdk\//] },
};

export default defineConfig([
  {
    ...everywhere,
    entry: { index: 'src/index.ts', aws: 'src/aws/entry.ts' },
    format: ['esm', 'cjs'],
    dts: true,
    // Neutral: the SDK runs in Node 20, in workers and in browsers, so nothing of Node is assumed.
    platform: 'neutral',
  },
  {
    ...everywhere,
    // All in one file, which `npx` starts.
    entry: { main: 'src/main.ts' },
    format: 'esm',
    dts: false,
    platform: 'node',
    target: 'node20',
    // `.js`, as the package's `bin` says; for Node the default would be `.mjs`.
    fixedExtension: false,
    clean: false,
    outputOptions: { codeSplitting: false },
  },
]);
