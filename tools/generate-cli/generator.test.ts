import { expect, test } from 'vitest';
import type { Schema, Spec, WireOperation } from '../generate-sdk/spec.ts';
import { commandFrom } from './command.ts';
import { commandsText, generator } from './generator.ts';
import { readOperations } from '../generate-sdk/spec.ts';

test('when a body has members of every kind, it makes a flag of the right type of each', () => {
  const members = {
    name: { type: 'string' },
    size: { type: ['integer', 'null'] },
    ratio: { type: 'number' },
    on: { type: 'boolean' },
    colour: { $ref: '#/components/schemas/Colour' },
    tags: { type: 'array', items: { type: 'string' } },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
    modes: { type: 'object', properties: { a: { $ref: '#/components/schemas/Colour' } } },
    people: { type: 'array', items: { type: 'object', properties: { email: {} } } },
    partner: { anyOf: [{ $ref: '#/components/schemas/Colour' }, { type: 'null' }] },
  };
  const { flags } = command({ requestBody: bodyOf({ type: 'object', properties: members }) });
  expect(flags.map(({ name, type }) => [name, type])).toEqual([
    ['name', 'string'],
    ['size', 'integer'],
    ['ratio', 'number'],
    ['on', 'boolean'],
    ['colour', 'enum'],
    ['tags', 'list'],
    ['labels', 'map'],
    ['modes', 'map'],
    ['people', 'json'],
    ['partner', 'enum'],
  ]);
  expect(flags.filter(({ nullable }) => nullable).map(({ name }) => name)).toEqual([
    'size',
    'partner',
  ]);
  expect(flags.find(({ name }) => name === 'colour')?.values).toEqual(['red', 'green']);
  expect(flags.find(({ name }) => name === 'people')?.help).toBe('A JSON array of {"email": …}.');
});

test('when a description has several lines, the help has one', () => {
  const properties = { a: { description: 'One,\n  two.' } };
  const schema = { type: 'object', properties };
  const { help, flags } = command({ description: 'A.\n\nB.', requestBody: bodyOf(schema) });
  expect([help, flags[0]?.help]).toEqual(['A. B.', 'One, two.']);
});

test('when a member is required, its flag is', () => {
  const schema = { type: 'object', properties: { a: {}, b: {} }, required: ['b'] };
  const { flags } = command({ requestBody: bodyOf(schema) });
  expect(flags.map(({ name, required }) => [name, required])).toEqual([
    ['a', undefined],
    ['b', true],
  ]);
});

test('when a member lets its holder in, its flag is secret', () => {
  const properties = { token: {}, session_token: {}, signature: {}, token_kind: {} };
  const { flags } = command({ requestBody: bodyOf({ type: 'object', properties }) });
  expect(flags.filter(({ secret }) => secret).map(({ name }) => name)).toEqual([
    'token',
    'session_token',
    'signature',
  ]);
});

test('when an operation is a list, its paging parameters are no flags', () => {
  const page = { type: 'object', properties: { items: { items: { $ref: ref('Thing') } } } };
  const { flags, paginated, result } = command({
    'x-pagination': true,
    parameters: ['limit', 'cursor', 'state'].map((name) => ({ name, in: 'query', schema: {} })),
    responses: { 200: { content: { 'application/json': { schema: page } } } },
  });
  expect({ flags: flags.map(({ name }) => name), paginated, result }).toEqual({
    flags: ['state'],
    paginated: true,
    result: 'Thing',
  });
});

test('when a name is in the query and in the body, it refuses', () => {
  const operation: Partial<WireOperation> = {
    parameters: [{ name: 'a', in: 'query', schema: {} }],
    requestBody: bodyOf({ type: 'object', properties: { a: {} } }),
  };
  expect(() => command(operation)).toThrow('createThing: a is in the query and in the body.');
});

test('when a path has two placeholders, each argument says what it names', () => {
  const path = '/v1/big-things/{id}/parts/{part_id}';
  expect(command({ parameters: pathParameters('id', 'part_id') }, path).arguments).toEqual([
    'big-thing',
    'part-id',
  ]);
});

test('when the contract changes, the text changes with it, in a stable order', () => {
  const spec = specOf({}, '/v1/things');
  const text = commandsText(spec);
  expect(text).toContain("export type OperationId = 'createThing';");
  spec.paths['/v1/all-things'] = { get: { ...operationOf({}), operationId: 'aThing' } };
  spec.paths['/v1/all-things'].get!['x-sdk'] = 'things.other';
  expect(commandsText(spec)).toContain("export type OperationId = 'aThing' | 'createThing';");
});

test('when an earlier generator made a new contract, that one is read', async () => {
  const contract = JSON.stringify(specOf({}, '/v1/things'));
  const outputs = await generator.outputs(new Map([['openapi.json', contract]]));
  expect([...outputs.keys()]).toEqual(['packages/cli/src/generated/commands.ts']);
  expect([...outputs.values()][0]).toContain("export type OperationId = 'createThing';");
});

function command(operation: Partial<WireOperation>, path = '/v1/things') {
  const spec = specOf(operation, path);
  return commandFrom(spec, readOperations(spec)[0]!);
}

function specOf(operation: Partial<WireOperation>, path: string): Spec {
  return {
    paths: { [path]: { post: operationOf(operation) } },
    components: {
      schemas: { Colour: { type: 'string', enum: ['red', 'green'] }, Thing: { type: 'object' } },
    },
  };
}

function operationOf(operation: Partial<WireOperation>): WireOperation {
  return {
    operationId: 'createThing',
    'x-sdk': 'things.create',
    'x-roles': ['operator'],
    responses: { 204: {} },
    ...operation,
  };
}

function bodyOf(schema: Schema): WireOperation['requestBody'] {
  return { content: { 'application/json': { schema } } };
}

function pathParameters(...names: string[]) {
  return names.map((name) => ({ name, in: 'path' as const, schema: { type: 'string' } }));
}

function ref(name: string): string {
  return `#/components/schemas/${name}`;
}
