import { expect, test } from 'vitest';
import type { Spec } from './document.ts';
import { addExamples } from './examples.ts';

const text = { type: 'string' };

function specOf(schemas: Spec['components']['schemas']): Spec {
  const ref = (name: string) => ({ schema: { $ref: `#/components/schemas/${name}` } });
  const content = { 'application/json': ref(Object.keys(schemas)[0]!) };
  const operation = { operationId: 'getIt', parameters: [], responses: { 200: { content } } };
  return {
    openapi: '3.1.0',
    info: {},
    paths: { '/it': { get: operation } },
    components: { schemas },
  };
}

test('when a schema is answered, its example is composed of values that fit', () => {
  const spec = specOf({
    ApiKey: {
      type: 'object',
      properties: {
        id: text,
        name: text,
        revoked_at: { type: ['string', 'null'] },
        contact: { $ref: '#/components/schemas/Contact' },
      },
    },
    Contact: { type: 'object', properties: { name: text, mode: { enum: ['observe', 'manage'] } } },
  });
  addExamples(spec);
  expect(spec.components.examples).toEqual({
    ApiKey: {
      value: {
        id: expect.stringMatching(/^key_/),
        name: 'Support desk',
        revoked_at: null,
        contact: { name: 'Ada', mode: 'observe' },
      },
    },
  });
  expect(JSON.stringify(spec.paths)).toContain('#/components/examples/ApiKey');
});

test('when nobody has thought of a value, the member is named', () => {
  const spec = specOf({ Boat: { type: 'object', properties: { keel_depth: text } } });
  expect(() => addExamples(spec)).toThrow('has no value for Boat.keel_depth');
});
