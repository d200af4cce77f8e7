// How the command line is bundled: one executable file that needs nothing but Node. Every start
// reads the whole file, and V8 reads over code also when it does not run. So the program is in it
// in parts, as texts: each becomes code when something imports it.
//
// It is CommonJS, which starts sooner: an ES module would load all that `node:fs` or `node:process`
// could be asked for. And it runs wherever it is copied to, also without its `package.json`.

import { defineConfig } from 'tsdown';

/** What takes milliseconds to load, and is for few commands. None of it has a default import. */
const COSTLY = [
  'node:child_process',
  'node:crypto',
  'node:fs/promises',
  'node:readline',
  'node:stream',
  'node:timers/promises',
];
const DATA = '/packages/cli/src/generated/commands.ts';

export default defineConfig({
  entry: { sallyport: 'src/main.ts' },
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  dts: false,
  minify: true,
  // All it uses goes in, so that the one file can be copied to a machine without an install.
  // A new dependency has to be named here, and an import that stays outside fails the build.
  deps: {
    alwaysBundle: ['commander', '@sallyport/sdk'],
    onlyBundle: ['commander', '@sallyport/sdk'],
    onlyImport: [],
  },
  plugins: [
    {
      name: 'data as text',
      async load(id) {
        if (!id.endsWith(DATA)) return null;
        const data = (await import(id)) as Record<string, Record<string, unknown>>;
        return { code: dataAsText(data), moduleType: 'js' };
      },
    },
    {
      name: 'parts in one file',
      generateBundle(_, bundle) {
        const chunks = Object.values(bundle).filter((one) => one.type === 'chunk');
        const parts: Record<string, string> = {};
        for (const { fileName, code } of chunks) {
          parts[`./${fileName}`] = code.replaceAll(WIDE, escaped);
        }
        for (const chunk of chunks) {
          if (chunk.isEntry) chunk.code = oneFile(parts, `./${chunk.fileName}`);
          else delete bundle[chunk.fileName];
        }
      },
    },
  ],
  // Of commander only what is imported: its list of all it has makes a parser, too.
  treeshake: { moduleSideEffects: [{ test: /\/commander\//, sideEffects: false }] },
  outputOptions: { chunkFileNames: '[name].cjs', dynamicImportInCjs: false },
});

/** V8 keeps a text with a single wider character in two bytes for each, and reads it slower. */
const WIDE = /[^\0-\x7f]/g;

/** All of them stand in texts and patterns. */
function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** `load` is the `require` of every part; the names of parts stand in stack traces. */
function oneFile(parts: Record<string, string>, first: string): string {
  return `#!/usr/bin/env node
const { compileFunction } = require('node:vm');
const parts = ${JSON.stringify(parts, null, 1)};
const costly = ${JSON.stringify(COSTLY)};
const loaded = {};
function load(name) {
  const text = parts[name];
  if (text === undefined) return costly.includes(name) ? later(name) : require(name);
  if (loaded[name] === undefined) {
    loaded[name] = {};
    const filename = __filename + name.slice(1);
    compileFunction(text, ['exports', 'require'], { filename })(loaded[name], load);
  }
  return loaded[name];
}
function later(name) {
  return new Proxy({}, { get: (_, member) => require(name)[member] });
}
module.exports = load('${first}');
`;
}

/** Each member of each export is a text in the bundle, and parsed when it is asked for. */
function dataAsText(exports: Record<string, Record<string, unknown>>): string {
  const lines = Object.entries(exports).map(([name, members]) => {
    const texts = Object.entries(members).map(([key, value]) => [key, JSON.stringify(value)]);
    return `export const ${name} = lazy(${JSON.stringify(Object.fromEntries(texts))});`;
  });
  return `${lazy.toString()}\n${lines.join('\n')}`;
}

/** Runs in the bundle. */
function lazy(texts: Record<string, string>): object {
  const data = {};
  for (const [key, text] of Object.entries(texts)) {
    Object.defineProperty(data, key, {
      enumerable: true,
      configurable: true,
      get() {
        const value: unknown = JSON.parse(text);
        Object.defineProperty(data, key, { value, enumerable: true });
        return value;
      },
    });
  }
  return data;
}
