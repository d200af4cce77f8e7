// How the command line is bundled: one executable file that needs nothing but Node. Every start
// reads the whole file, so what a start does not need is only read over.
//
// It is CommonJS, which starts sooner: an ES module would load all that `node:fs` or `node:process`
// could be asked for. And it runs wherever it is copied to, also without its `package.json`.

import { defineConfig } from 'tsdown';

/** What takes milliseconds to load, and is for few commands. */
const COSTLY =
  /\brequire\((['"]node:(?:child_process|crypto|fs\/promises|stream|timers\/promises)['"])\)/g;
const DATA = '/packages/cli/src/generated/commands.ts';

export default defineConfig({
  entry: { sallyport: 'src/main.ts' },
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  dts: false,
  // Half the bytes take half the time to parse at every start.
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
      name: 'parts of Node when they are wanted',
      renderChunk: (code) => `${code.replaceAll(COSTLY, 'laterRequire($1)')}\n${laterRequire}`,
    },
    {
      name: 'one byte for a character',
      generateBundle(_, bundle) {
        for (const chunk of Object.values(bundle)) {
          if (chunk.type === 'chunk') chunk.code = chunk.code.replaceAll(WIDE, escaped);
        }
      },
    },
  ],
  // Parentheses around them would have V8 compile all modules at once that are wanted later.
  inputOptions: { optimization: { pifeForModuleWrappers: false } },
  outputOptions: { codeSplitting: false },
});

/** V8 keeps a file with a single wider character in two bytes for each, and reads it slower. */
const WIDE = /[^\0-\x7f]/g;

/** All of them stand in texts and patterns. */
function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Runs in the bundle, where parts of Node are used as `part.name`: none has a default import. */
const laterRequire =
  'function laterRequire(id) { return new Proxy({}, { get: (_, name) => require(id)[name] }); }';

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
