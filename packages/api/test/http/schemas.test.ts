import { describe, expect, it } from 'vitest';
import { createSchemas } from '../../src/http/schemas.ts';

const spec = {
  paths: {},
  components: {
    schemas: {
      Outer: {
        type: 'object',
        properties: {
          inner: { anyOf: [{ $ref: '#/components/schemas/Inner' }, { type: 'null' }] },
          pair: { type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer' }] },
        },
        additionalProperties: false,
      },
      Inner: {
        type: 'object',
        properties: { name: { type: ['string', 'null'] } },
        required: ['name'],
        additionalProperties: false,
      },
    },
  },
};
const outer = { $ref: '#/components/schemas/Outer' };

describe('an answer', () => {
  const lenient = createSchemas(spec, false).answer(outer);

  it('when it has undeclared members at any depth, they are taken away and the rest stays', () => {
    const answer = { inner: { name: null, extra: 1 }, extra: { deep: true } };
    expect(lenient(answer)).toBe(true);
    expect(answer).toEqual({ inner: { name: null } });
  });

  it('when a member is null that may be, it stays null', () => {
    const answer = { inner: null };
    expect(lenient(answer)).toBe(true);
    expect(answer).toEqual({ inner: null });
  });

  it('when a member has a wrong type, it is told and not changed', () => {
    const answer = { inner: { name: 7 } };
    expect(lenient(answer)).toBe(false);
    expect(answer).toEqual({ inner: { name: 7 } });
  });
});

describe('a body', () => {
  const body = createSchemas(spec, true).body(outer);

  it.each([
    [{ pair: ['a', 1] }, true],
    [{ pair: ['a', '1'] }, false],
    [{ pair: [1, 1] }, false],
    [{ inner: { name: 'x' } }, true],
    [{ inner: {} }, false],
  ])('when it is %j, it is %s that it fits (JSON Schema 2020-12, no coercion)', (value, fits) => {
    const before = structuredClone(value);
    expect(body(value)).toBe(fits);
    expect(value).toEqual(before);
  });
});
