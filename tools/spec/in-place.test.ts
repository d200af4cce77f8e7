import { expect, test } from 'vitest';
import type { Spec } from './document.ts';
import { tellInPlace } from './in-place.ts';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const orNull = (name: string) => ({ anyOf: [ref(name), { type: 'null' }] });

const named = {
  Moment: { type: 'string', format: 'date-time', description: 'A moment.' },
  Colour: { type: 'string', enum: ['red', 'green'] },
  Keel: { type: 'object', properties: { laid_at: ref('Moment') } },
};

function specOf(boat: object, parameters: object[] = []): Spec {
  const Boat = { type: 'object', properties: boat };
  const operation = { operationId: 'getBoat', parameters, responses: {} };
  return structuredClone({
    openapi: '3.1.0',
    info: {},
    paths: { '/boat': { get: operation } },
    components: { schemas: { ...named, Boat } },
  });
}

function told(boat: object): unknown {
  const spec = specOf(boat);
  tellInPlace(spec);
  return spec.components.schemas.Boat!.properties;
}

test('when a member is of a named text, its form is told there, under its own words', () => {
  expect(told({ at: ref('Moment'), sold_at: { ...ref('Moment'), description: 'Sold.' } })).toEqual({
    at: named.Moment,
    sold_at: { ...named.Moment, description: 'Sold.' },
  });
});

test('when a member may be null, null stands beside the type', () => {
  expect(told({ at: orNull('Moment'), hull: orNull('Colour'), keel: orNull('Keel') })).toEqual({
    at: { ...named.Moment, type: ['string', 'null'] },
    hull: { type: ['string', 'null'], enum: ['red', 'green', null] },
    keel: {
      title: 'Keel',
      type: ['object', 'null'],
      properties: { laid_at: named.Moment },
    },
  });
});

test('when enums are joined, they are one', () => {
  const mast = { anyOf: [ref('Colour'), { type: 'string', enum: ['bare'] }] };
  expect(told({ mast })).toEqual({ mast: { type: 'string', enum: ['red', 'green', 'bare'] } });
});

test('when a parameter says nothing of itself, it has the words of its text', () => {
  const spec = specOf({}, [{ name: 'at', in: 'query', schema: ref('Moment') }]);
  tellInPlace(spec);
  expect(spec.paths['/boat']!.get!.parameters).toEqual([
    {
      name: 'at',
      in: 'query',
      description: 'A moment.',
      schema: { type: 'string', format: 'date-time' },
    },
  ]);
});

test('when nobody refers to it any more, a name is gone, and others stay', () => {
  const spec = specOf({ at: ref('Moment'), hull: ref('Colour'), keel: orNull('Keel') });
  tellInPlace(spec);
  expect(Object.keys(spec.components.schemas)).toEqual(['Colour', 'Boat']);
});
