// How the command line is bundled: one executable file that needs nothing but Node.

import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: { sallyport: 'src/main.ts' },
  format: 'esm',
  platform: 'node',
  target: 'node20',
  dts: false,
  // `.js`, as the package's `bin` says; for Node the default would be `.mjs`.
  fixedExtension: false,
  // Half the bytes take half the time to parse at every start. Names stay, for `--debug`.
  minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
  // All it uses goes in, so that the one file can be copied to a machine without an install.
  // A new dependency has to be named here, and an import that stays outside fails the build.
  deps: {
    alwaysBundle: ['commander', '@sallyport/sdk'],
    onlyBundle: ['commander', '@sallyport/sdk'],
    onlyImport: [],
  },
  outputOptions: { codeSplitting: false },
});
