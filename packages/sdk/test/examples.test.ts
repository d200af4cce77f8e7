// The code in the README and in every method's documentation is correct by its types.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';

const folder = path.resolve(import.meta.dirname, '..');
const root = path.resolve(folder, '../..');
const read = (file: string) => readFileSync(path.join(folder, file), 'utf8');

const documented = ['src/generated/resources.ts', 'src/generated/client.ts'].map(read).join('\n');
const examples = examplesIn(documented);
const calls = ['prove', 'preflight', 'plan', 'connect', 'observe', 'disconnect'];
const examplesForAws = examplesIn(calls.map((name) => read(`src/aws/${name}.ts`)).join('\n'));
const readme = [...read('README.md').matchAll(/```ts\n(.*?)```/gs)].map(([, text]) => text!);

test('when a method is documented, it has an example', () => {
  const methods = read('src/generated/resources.ts').match(/^ {2}\w+\(.*\): (?:Api|Page|Prom)/gm);
  const wrapped = read('src/generated/resources.ts').match(
    /^ {2}\): (?:ApiPromise|PageList|Promise)/gm,
  );
  expect(methods!.length).toBeGreaterThan(30);
  // One more is the client's own `request`.
  expect(examples).toHaveLength(methods!.length + (wrapped?.length ?? 0) + 1);
});

test('when a call of the entry for AWS is exported, it has an example', () => {
  const entry = read('src/aws/entry.ts');
  const functions = calls.flatMap((name) => {
    const all = [...read(`src/aws/${name}.ts`).matchAll(/^export (?:async )?function (\w+)/gm)];
    return all.map(([, exported]) => exported!).filter((exported) => entry.includes(exported));
  });
  expect(functions).toHaveLength(7);
  expect(examplesForAws).toHaveLength(functions.length);
});

test('when the examples are compiled, they have no error', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'sdk-examples-'));
  try {
    [...examples, ...examplesForAws].forEach((code, index) => {
      writeFileSync(path.join(directory, `example-${index}.ts`), inFunction(code));
    });
    readme.forEach((code, index) => {
      writeFileSync(path.join(directory, `readme-${index}.ts`), code);
    });
    writeFileSync(path.join(directory, 'package.json'), '{ "type": "module" }');
    writeFileSync(path.join(directory, 'providers.d.ts'), PROVIDERS);
    writeFileSync(path.join(directory, 'tsconfig.json'), JSON.stringify(compiler()));
    expect(compile(directory)).toBe('');
    expect(readme.length).toBeGreaterThan(0);
    // And a wrong one is noticed.
    writeFileSync(path.join(directory, 'wrong.ts'), inFunction('await client.accounts.get(7);'));
    expect(compile(directory)).toContain('wrong.ts');
  } finally {
    rmSync(directory, { recursive: true });
  }
});

function examplesIn(text: string): string[] {
  return [...text.matchAll(/@example\n((?: *\*.*\n)*?) *\* ```\n/g)].map(([, code]) =>
    code!.replaceAll(/^ *\* ?/gm, '').replace('```ts\n', ''),
  );
}

/** Ids and keys stand as variables in an example, unless it is what makes them. */
function inFunction(code: string): string {
  const ids = new Set(code.match(/\b[a-z]\w*(?:Id|Key)\b/g));
  for (const [, made] of code.matchAll(/const (\w+) =/g)) ids.delete(made!);
  const parameters = ['client: Sallyport', ...[...ids].map((id) => `${id}: string`)].join(', ');
  const imports = code.match(/^import .*$/gm) ?? [];
  return `import type { Sallyport } from '@sallyport/sdk';
${imports.join('\n')}
export async function example(${parameters}) {
${code.replaceAll(/^import .*$/gm, '')}
}
`;
}

/** The AWS SDK's providers, by the AWS SDK's own type, without installing them for a README. */
const PROVIDERS = `declare module '@aws-sdk/credential-providers' {
  import type { AwsCredentialIdentityProvider } from '@smithy/types';
  export function fromNodeProviderChain(): AwsCredentialIdentityProvider;
}
`;

function compiler(): object {
  const aws = createRequire(createRequire(import.meta.url).resolve('@aws-sdk/client-sts'));
  return {
    compilerOptions: {
      target: 'es2023',
      lib: ['es2023', 'dom'],
      module: 'nodenext',
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      allowImportingTsExtensions: true,
      exactOptionalPropertyTypes: true,
      typeRoots: [path.join(root, 'node_modules/@types')],
      types: ['node'],
      paths: {
        '@sallyport/sdk': [path.join(folder, 'src/index.ts')],
        '@sallyport/sdk/aws': [path.join(folder, 'src/aws/entry.ts')],
        '@smithy/types': [aws.resolve('@smithy/types').replace(/dist-cjs.*/, 'dist-types')],
      },
    },
    include: ['*.ts'],
  };
}

/** What the compiler says; nothing when it is content. */
function compile(directory: string): string {
  const command = path.join(root, 'node_modules/.bin/tsc');
  try {
    return execFileSync(command, ['-p', directory], { cwd: directory, encoding: 'utf8' });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}
