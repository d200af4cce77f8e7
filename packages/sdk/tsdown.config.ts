// How the SDK is bundled: two entries, ESM and CommonJS, with types for both.

import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: ['src/index.ts', 'src/aws.ts'],
  format: ['esm', 'cjs'],
  dts: true,
  // Neutral: the SDK runs in Node 20, in workers and in browsers, so nothing of Node is assumed.
  platform: 'neutral',
  target: 'es2022',
});
