import { expect, test } from 'vitest';
import { checkImports } from './imports.ts';
import { parseFiles } from './syntax.ts';

const api = 'packages/api/src';

test.each([
  [`${api}/storage/a.ts`, '../domain/b.ts'],
  [`${api}/storage/postgres/a.ts`, '../../domain/b.ts'],
  [`${api}/storage/a.ts`, 'pg'],
  [`${api}/aws/a.ts`, '@aws-sdk/client-ec2'],
  [`${api}/usecases/a.ts`, '../storage/b.ts'],
  [`${api}/reconcile/a.ts`, '../aws/b.ts'],
  [`${api}/http/a.ts`, '../usecases/b.ts'],
  [`${api}/http/a.ts`, '../domain/errors.ts'],
  [`${api}/http/a.ts`, 'ajv/dist/2020.js'],
  [`${api}/http/generated/a.ts`, '../controllers/b.controller.ts'],
  [`${api}/app.ts`, './aws/b.ts'],
  [`${api}/main.ts`, './app.ts'],
  [`${api}/domain/a.ts`, 'node:crypto'],
  ['packages/cli/src/a.ts', '@sallyport/sdk'],
  ['packages/cli/src/a.ts', 'commander'],
  ['packages/aws-simulator/src/a.ts', '@smithy/core/protocols'],
  ['packages/sdk/src/aws.ts', 'node:crypto'],
  ['packages/api/test/a.test.ts', '../src/app.ts'],
  ['packages/api/test/a.test.ts', '@sallyport/aws-simulator'],
  ['examples/connect/main.ts', '@sallyport/sdk/aws'],
  ['tools/generate/a.ts', '../../packages/api/src/domain/errors.ts'],
])('when %s imports %s, it passes', (path, specifier) => {
  expect(messages(path, `import { x } from '${specifier}';`)).toEqual([]);
});

test.each([
  [`${api}/domain/a.ts`, '../storage/b.ts', 'domain/ never imports storage/'],
  [`${api}/domain/a.ts`, 'fastify', 'domain/ does not use fastify'],
  [`${api}/storage/a.ts`, '../aws/b.ts', 'storage/ never imports aws/'],
  [`${api}/aws/a.ts`, '../storage/b.ts', 'aws/ never imports storage/'],
  [`${api}/usecases/a.ts`, '../aws/b.ts', 'usecases/ never imports aws/'],
  [`${api}/reconcile/a.ts`, '../http/b.ts', 'reconcile/ never imports http/'],
  [`${api}/http/a.ts`, '../storage/b.ts', 'http/ never imports storage/'],
  [`${api}/http/input/a.ts`, '../../aws/b.ts', 'http/ never imports aws/'],
  [`${api}/http/a.ts`, '../domain/ids.ts', 'http/ imports only types from domain/'],
  [`${api}/http/a.ts`, '../config.ts', 'http/ takes what it needs as arguments'],
  [`${api}/usecases/a.ts`, '@aws-sdk/client-sts', 'AWS is spoken to in'],
  [`${api}/reconcile/a.ts`, 'pg', 'SQL and PostgreSQL are in'],
  [`${api}/app.ts`, '@aws-sdk/client-sts', 'AWS is spoken to in'],
  [`${api}/mail/a.ts`, '../domain/b.ts', 'no rule for mail/'],
  [`${api}/reconcile/a.ts`, '../app.ts', 'nobody imports packages/api/src/app.ts but tests'],
  [`${api}/a.ts`, '../../sdk/src/index.ts', 'is outside packages/api/src'],
  [`${api}/aws/a.ts`, '@sallyport/aws-simulator', 'never imports @sallyport/aws-simulator'],
  ['packages/aws-simulator/src/a.ts', '@sallyport/api', 'never imports @sallyport/api'],
  ['packages/sdk/src/a.ts', '@sallyport/api', 'never imports @sallyport/api'],
  ['packages/sdk/src/a.ts', 'undici', 'the SDK has no dependencies'],
  ['packages/cli/src/a.ts', '@sallyport/api', 'never imports @sallyport/api'],
  ['packages/cli/src/a.ts', '@aws-sdk/client-ec2', 'AWS is spoken to in'],
  ['examples/demo/main.ts', '../../packages/sdk/src/index.ts', 'imports packages by name'],
  ['tools/a.ts', '../packages/api/src/main.ts', 'nobody imports packages/api/src/main.ts'],
])('when %s imports %s, it fails: %s', (path, specifier, message) => {
  const [found, ...more] = messages(path, `import { x } from '${specifier}';`);
  expect(found).toContain(message);
  expect(more).toEqual([]);
});

test('when http imports a type of the domain, it passes, and with a value it fails', () => {
  const path = `${api}/http/a.ts`;
  expect(messages(path, "import type { Id } from '../domain/ids.ts';")).toEqual([]);
  expect(messages(path, "export type { Id } from '../domain/ids.ts';")).toEqual([]);
  expect(messages(path, "import { type Id, isId } from '../domain/ids.ts';")).toHaveLength(1);
});

test('when a forbidden import is dynamic or a re-export, it fails too', () => {
  const path = `${api}/domain/a.ts`;
  expect(messages(path, "export * from '../aws/b.ts';")).toHaveLength(1);
  expect(messages(path, "const b = await import('../aws/b.ts');")).toHaveLength(1);
});

test('when the SDK takes what may be missing, it loads it at the moment of use', () => {
  const path = 'packages/sdk/src/aws/a.ts';
  expect(messages(path, "import type { EC2 } from '@aws-sdk/client-ec2';")).toEqual([]);
  expect(messages(path, "const { EC2 } = await import('@aws-sdk/client-ec2');")).toEqual([]);
  const [found] = messages(path, "import { EC2 } from '@aws-sdk/client-ec2';");
  expect(found).toContain('may be missing');
  const elsewhere = "const { EC2 } = await import('@aws-sdk/client-ec2');";
  expect(messages('packages/sdk/src/transport.ts', elsewhere)).toHaveLength(1);
  expect(messages(path, "const a = await import('@smithy/core');")).toHaveLength(1);
});

function messages(path: string, text: string): string[] {
  return checkImports(parseFiles([{ path, text }]).parsed).map(({ message }) => message);
}
