import { describe, expect, it } from 'vitest';
import { planRoutes } from '../../src/http/route-plan.ts';
import { createSchemas } from '../../src/http/schemas.ts';
import type { Bindings, Spec, SpecOperation } from '../../src/http/spec.ts';
import { fixtureSpec } from './fixture-spec.ts';
import { bindWorld, createWorld } from './fixture-world.ts';

const bindings = bindWorld(createWorld());

function plan(spec: Spec, bound: Bindings = bindings) {
  return planRoutes(spec, bound, createSchemas(spec, true));
}

/** The fixture's contract with another `getThing`. */
function withGetThing(change: Partial<SpecOperation>): Spec {
  const path = '/v1/things/{id}';
  const item = fixtureSpec.paths[path]!;
  return {
    ...fixtureSpec,
    paths: { ...fixtureSpec.paths, [path]: { ...item, get: { ...item.get!, ...change } } },
  };
}

describe('a contract that does not fit', () => {
  const header = { in: 'header', name: 'If-Range', schema: { type: 'string' } };
  const broken: [string, Spec, RegExp][] = [
    ['an operation nobody is bound to', withGetThing({ operationId: 'x' }), /bound to x/],
    ['an operation without roles', withGetThing({ 'x-roles': [] }), /getThing has no x-roles/],
    ['an open operation with roles', withGetThing({ security: [] }), /getThing: x-roles and/],
    ['a closed operation for anyone', withGetThing({ 'x-roles': ['anyone'] }), /getThing: x-roles/],
    ['no status of success', withGetThing({ responses: { default: {} } }), /one status of success/],
    [
      'two statuses of success',
      withGetThing({ responses: { 200: {}, 202: {} } }),
      /one status of success/,
    ],
    ['a header that nobody reads', withGetThing({ parameters: [header] }), /reads: If-Range/],
  ];
  it.each(broken)('when it has %s, the server does not start', (_, spec, message) => {
    expect(() => plan(spec)).toThrow(message);
  });
});

describe('bindings that do not fit', () => {
  const { getThing } = bindings;
  const broken: [string, Bindings, RegExp][] = [
    ['one too many', { ...bindings, spare: getThing! }, /no operation for the binding spare/],
    [
      'a method that is none',
      { ...bindings, getThing: { ...getThing!, method: 'nothing' } },
      /Things\.nothing, which is no method/,
    ],
    [
      'an argument from nowhere',
      { ...bindings, getThing: { ...getThing!, parameters: [['cookie', 'x']] } },
      /takes x from cookie/,
    ],
  ];
  it.each(broken)('when there is %s, the server does not start', (_, bound, message) => {
    expect(() => plan(fixtureSpec, bound)).toThrow(message);
  });
});

describe('the place of what was made', () => {
  const input = {
    params: { id: 'a/b' },
    query: {},
    body: undefined,
    idempotencyKey: null,
    ifMatch: null,
    ifNoneMatch: null,
  };
  const locate = (operationId: string, spec = fixtureSpec) =>
    plan(spec)
      .find((route) => route.operationId === operationId)!
      .locate(input, 'x y');

  it.each([
    ['createThing', '/v1/things/x%20y'],
    ['startThing', '/v1/operations/x%20y'],
    ['createPart', null],
    ['redeemTicket', null],
  ])('when %s made it, the place is %s', (operationId, place) => {
    expect(locate(operationId)).toBe(place);
  });

  it('when its parent has an id, the id is part of the place', () => {
    const { get } = fixtureSpec.paths['/v1/things/{id}']!;
    const getPart = {
      ...get!,
      operationId: 'getPart',
      parameters: [
        ...get!.parameters!,
        { in: 'path', name: 'part_id', required: true, schema: { type: 'string' } },
      ],
    };
    const paths = { ...fixtureSpec.paths, '/v1/things/{id}/parts/{part_id}': { get: getPart } };
    const spec = { ...fixtureSpec, paths };
    const found = planRoutes(
      spec,
      { ...bindings, getPart: bindings.getThing! },
      createSchemas(spec, true),
    ).find((route) => route.operationId === 'createPart');
    expect(found!.locate(input, 'p1')).toBe('/v1/things/a%2Fb/parts/p1');
  });
});
