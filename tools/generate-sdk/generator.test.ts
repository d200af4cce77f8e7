// A small contract in, the SDK's generated files out.
import { expect, test } from 'vitest';
import { filesFrom, generator } from './generator.ts';
import type { Schema, Spec, WireOperation } from './spec.ts';

const json = (schema: Schema) => ({ content: { 'application/json': { schema } } });
const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
const text: Schema = { type: 'string' };

const PATHS: Spec['paths'] = {
  '/v1/boats': {
    get: operation('listBoats', 'boats.list', {
      'x-pagination': true,
      parameters: [
        { name: 'colour', in: 'query', schema: ref('Colour') },
        { name: 'limit', in: 'query', schema: { type: 'integer', default: 50 } },
        { name: 'cursor', in: 'query', schema: text },
      ],
      responses: { 200: json(ref('BoatPage')) },
    }),
    post: operation('createBoat', 'boats.create', {
      parameters: [
        { name: 'Idempotency-Key', in: 'header', schema: text },
        { name: 'validate_only', in: 'query', schema: { type: 'boolean' } },
        { name: 'change_ref', in: 'query', schema: text },
      ],
      requestBody: json(ref('BoatCreate')),
      responses: { 201: json(ref('Boat')) },
    }),
  },
  '/v1/boats/{id}': {
    get: operation('getBoat', 'boats.get', {
      parameters: [{ name: 'id', in: 'path', required: true, schema: text }],
      responses: { 200: json(ref('Boat')) },
      'x-waiter': {
        name: 'waitUntilAfloat',
        field: 'state',
        success: ['afloat'],
        failure: ['sunk', 'sold'],
        on_not_found: 'wait',
        interval_ms: 1000,
        timeout_ms: 60_000,
      },
    }),
  },
  '/v1/boats/{boat_id}/crew/{id}': {
    delete: operation('removeSailor', 'boats.crew.remove', {
      parameters: [
        { name: 'id', in: 'path', required: true, schema: text },
        { name: 'boat_id', in: 'path', required: true, schema: text },
      ],
    }),
  },
};

const SCHEMAS: Record<string, Schema> = {
  Colour: { type: 'string', enum: ['red', 'blue'] },
  Boat: {
    type: 'object',
    description: 'What floats. A comment ends with */ here.',
    properties: {
      id: text,
      colour: ref('Colour'),
      state: { type: 'string', enum: ['afloat', 'sunk'] },
      captain: { anyOf: [ref('Sailor'), { type: 'null' }] },
      draught: { type: ['number', 'null'], description: 'In metres.' },
      labels: { type: 'object', additionalProperties: text },
      'odd-name': { type: 'array', items: { type: ['string', 'null'] } },
    },
    required: ['id', 'colour', 'state', 'captain', 'draught'],
  },
  BoatPage: {
    type: 'object',
    properties: { items: { type: 'array', items: ref('Boat') }, next_cursor: text },
  },
  BoatCreate: {
    type: 'object',
    properties: { colour: ref('Colour'), name: { ...text, examples: ["Jim's"] } },
    required: ['name'],
  },
  Sailor: { type: 'object', properties: { name: text }, required: ['name'] },
  Problem: { type: 'object', properties: { code: text } },
  ErrorCode: { type: 'string', enum: ['sunk', 'lost'] },
  Forgotten: { type: 'object', properties: {} },
};

function contract(paths: Spec['paths'] = {}, schemas: Record<string, Schema> = {}): Spec {
  return { paths: { ...PATHS, ...paths }, components: { schemas: { ...SCHEMAS, ...schemas } } };
}

function operation(id: string, sdk: string, more: Partial<WireOperation>): WireOperation {
  const description = `Do ${id}.`;
  return { operationId: id, description, responses: { 204: {} }, 'x-sdk': sdk, ...more };
}

const files = filesFrom(contract());

test('when an answer is typed, its enums are open, and what a caller sends is closed', () => {
  const types = files['types.ts'];
  expect(types).toContain(`export type Colour = 'red' | 'blue';`);
  expect(types).toContain(`/** What floats. A comment ends with *\\/ here. */
export interface Boat {
  id: string;
  colour: Colour | (string & {});
  state: 'afloat' | 'sunk' | (string & {});
  captain: Sailor | null;
  /** In metres. */
  draught: number | null;
  labels?: { [key: string]: string };
  'odd-name'?: (string | null)[];
}`);
  expect(types).toContain(`export interface BoatCreate {
  colour?: Colour;
  name: string;
}`);
});

test('when a schema is of no use to a caller, it is not printed', () => {
  const types = files['types.ts'];
  expect(types).not.toContain('Forgotten');
  expect(types).not.toContain('BoatPage');
  expect(types).toContain('export interface Problem');
});

test('when operations share their query, they share its type', () => {
  const types = files['types.ts'];
  expect(types).toContain('export interface ListOptions extends CallOptions {');
  expect(types).toContain(`export interface ListBoatsOptions extends ListOptions {
  colour?: Colour;
}`);
  expect(types).toContain('export interface WriteOptions extends CallOptions {');
  expect(types).not.toContain('CreateBoatOptions');
});

test('when an operation is printed, its arguments are ids in path order, body, options', () => {
  const resources = files['resources.ts'];
  expect(resources).toContain('list(options?: ListBoatsOptions): PageList<Boat> {');
  expect(resources).toContain(
    'create(body: BoatCreate, options?: WriteOptions): ApiPromise<Boat> {',
  );
  expect(resources).toContain('get(boatId: string, options?: CallOptions): ApiPromise<Boat> {');
  expect(resources).toContain(
    'remove(boatId: string, crewId: string, options?: CallOptions): ApiPromise<void> {',
  );
  expect(resources).toContain('params: [boatId, crewId]');
  expect(resources).toContain('export class BoatsCrewResource {');
});

test('when an operation has a waiter, it stands beside it with its rule', () => {
  const resources = files['resources.ts'];
  expect(resources).toContain(
    'waitUntilAfloat(boatId: string, options?: WaitOptions<Boat>): Promise<Boat> {',
  );
  expect(resources).toContain(`        path: '/v1/boats/{id}',
        field: 'state',
        success: ['afloat'],
        failure: ['sunk', 'sold'],
        states: ['afloat', 'sunk'],
        onNotFound: 'wait',
        intervalMs: 1000,
        timeoutMs: 60000,`);
  expect(resources).toContain('@throws WaiterFailedError at once when it is `sunk` or `sold`.');
});

test('when a method is documented, its example uses the examples of the contract', () => {
  const resources = files['resources.ts'];
  expect(resources).toContain(`const boat = await client.boats.create({ name: 'Jim\\'s' });`);
  expect(resources).toContain('for await (const boat of client.boats.list()) {');
  expect(resources).toContain('await client.boats.crew.remove(boatId, crewId);');
});

test('when all is printed, the client has the resources, and codes and ids are listed', () => {
  const client = files['client.ts'];
  expect(client).toContain('readonly boats: BoatsResource & { readonly crew: BoatsCrewResource };');
  expect(client).toContain('crew: new BoatsCrewResource(this.#transport),');
  expect(files['errors.ts']).toContain(`export type ErrorCode = 'sunk' | 'lost';`);
  expect(files['operations.ts']).toMatch(/'createBoat', 'getBoat', 'listBoats', 'removeSailor'/);
});

test('when the contract did not change, the output is the same to the letter', () => {
  expect(filesFrom(contract())).toEqual(files);
});

test('when another generator has just made the contract, that one is read', async () => {
  const outputs = await generator.outputs(new Map([['openapi.json', JSON.stringify(contract())]]));
  expect([...outputs.keys()].sort()).toEqual([
    'packages/sdk/src/generated/client.ts',
    'packages/sdk/src/generated/errors.ts',
    'packages/sdk/src/generated/operations.ts',
    'packages/sdk/src/generated/resources.ts',
    'packages/sdk/src/generated/types.ts',
  ]);
  expect(outputs.get('packages/sdk/src/generated/client.ts')).toContain('BoatsResource');
});

test.each([
  [{ Sailor: { type: 'object', properties: { a: { not: {} } } } }, {}, 'keyword "not"'],
  [{ Sailor: ref('Nobody') }, {}, 'no schema Nobody'],
  [{}, { '/v1/x': { get: operation('x', 'boats', {}) } }, 'x: x-sdk must be like'],
  [{}, { '/v1/x': { get: operation('x', 'boats.get', {}) } }, 'x: x-sdk "boats.get" is taken'],
  [{}, { '/v1/x/{id}': { get: operation('x', 'x.get', {}) } }, 'x: the path parameter id'],
  [{}, { '/v1/x': { get: operation('x', 'x.list', { 'x-pagination': true }) } }, 'x: a list must'],
  [
    {},
    {
      '/v1/x': {
        get: operation('x', 'x.get', {
          parameters: [{ name: 'signal', in: 'query', schema: text }],
        }),
      },
    },
    'x: the query parameter "signal"',
  ],
] as [Record<string, Schema>, Spec['paths'], string][])(
  'when the contract breaks a convention (%#), the error says what and where',
  (schemas, paths, message) => {
    expect(() => filesFrom(contract(paths, schemas))).toThrow(message);
  },
);
