import { expect, test } from 'vitest';
import { tellDeprecation } from './deprecation.ts';
import type { Operation, Spec } from './document.ts';
import { declareHeaders, headersOf } from './headers.ts';

const operation = (more: object): Operation => ({
  operationId: 'getIt',
  description: 'Get it.',
  parameters: [],
  responses: { 200: { description: 'Ok', content: { 'application/json': {} } } },
  ...more,
});
const end = { since: '2027-01-01', sunset: '2027-07-01', link: '/docs#other' };

function specOf(get: Operation): Spec {
  tellDeprecation(get);
  const spec = {
    openapi: '3.1.0',
    info: {},
    paths: { '/it': { get } },
    components: { schemas: {} },
  };
  declareHeaders(spec);
  return spec;
}

test('when an operation will go, it says since when, until when and what to use', () => {
  const get = operation({ 'x-deprecation': end });
  const spec = specOf(get);
  expect(get.deprecated).toBe(true);
  expect(get.description).toBe(
    'Get it.\n\nDeprecated since 2027-01-01; from 2027-07-01 on it may be gone. ' +
      'What to use instead: /docs#other',
  );
  expect(get.responses[200]).toMatchObject({ headers: { Deprecation: {}, Sunset: {}, Link: {} } });
  expect(headersOf(spec)).toHaveProperty('Sunset');
});

test('when it stays, it says nothing', () => {
  const get = operation({});
  const spec = specOf(get);
  expect(get).toMatchObject({ description: 'Get it.' });
  expect(get).not.toHaveProperty('deprecated');
  expect(headersOf(spec)).not.toHaveProperty('Sunset');
});
