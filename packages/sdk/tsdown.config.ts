// How the SDK is bundled: two entries, ESM and CommonJS, with types for both, and a program.

import { defineConfig } from 'tsdown';

const everywhere = {
  // With Node's types: the entry for AWS and the program use them, the other one cannot.
  tsconfig: 'tsconfig.node.json',
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
]);
