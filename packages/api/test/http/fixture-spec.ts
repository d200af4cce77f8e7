// A small contract with one operation of each kind, for tests of what is above the use cases.

import type { Spec, SpecOperation, SpecParameter } from '../../src/http/spec.ts';

const text = { type: 'string' };
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (name: string) => ({ content: { 'application/json': { schema: ref(name) } } });

const id: SpecParameter = { in: 'path', name: 'id', required: true, schema: text };
const query = (name: string, schema: object): SpecParameter => ({
  in: 'query',
  name,
  required: false,
  schema: schema as Record<string, unknown>,
});
const page = [
  query('limit', { type: 'integer', format: 'int32', minimum: 1, maximum: 200, default: 50 }),
  query('cursor', { type: 'string', maxLength: 500 }),
];
const change = [
  query('validate_only', { type: 'boolean', default: false }),
  query('change_ref', { type: 'string', minLength: 1, maxLength: 200 }),
];
const idempotencyKey: SpecParameter = {
  in: 'header',
  name: 'Idempotency-Key',
  required: false,
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

const keyed = { security: [{ apiKey: [] }], 'x-scope': 'things:write' };
const staff = { ...keyed, 'x-roles': ['operator'] };
const everybody = { ...keyed, 'x-roles': ['operator', 'support', 'customer'] };

const createThing: SpecOperation = {
  operationId: 'createThing',
  ...staff,
  parameters: [idempotencyKey, ...change],
  requestBody: { required: true, ...json('ThingCreate') },
  responses: { 201: json('Thing'), default: {} },
};
const listThings: SpecOperation = {
  operationId: 'listThings',
  ...everybody,
  'x-pagination': true,
  parameters: [query('state', text), query('kind', text), ...page],
  responses: { 200: json('ThingPage') },
};
const getThing: SpecOperation = {
  operationId: 'getThing',
  ...everybody,
  'x-scope': 'things:read',
  parameters: [id],
  responses: { 200: json('Thing') },
};
const updateThing: SpecOperation = {
  operationId: 'updateThing',
  ...staff,
  parameters: [id, ...change],
  requestBody: { required: true, ...json('ThingUpdate') },
  responses: { 200: json('Thing') },
};
const deleteThing: SpecOperation = {
  operationId: 'deleteThing',
  ...staff,
  parameters: [id, ...change],
  responses: { 204: {} },
};
const createPart: SpecOperation = {
  operationId: 'createPart',
  ...staff,
  parameters: [id, idempotencyKey, ...change],
  responses: { 201: json('Part') },
};
const listParts: SpecOperation = {
  ...listThings,
  operationId: 'listParts',
  parameters: [id, ...page],
};
const startThing: SpecOperation = {
  operationId: 'startThing',
  ...keyed,
  'x-roles': ['operator', 'support'],
  parameters: [id, idempotencyKey, ...change],
  responses: { 202: json('Operation') },
};
const getOperation: SpecOperation = {
  operationId: 'getOperation',
  ...everybody,
  parameters: [id],
  responses: { 200: json('Operation') },
};
const redeemTicket: SpecOperation = {
  operationId: 'redeemTicket',
  security: [],
  'x-roles': ['anyone'],
  parameters: [idempotencyKey, ...change],
  requestBody: { required: true, ...json('TicketRedeem') },
  responses: { 201: json('Part') },
};

const object = (properties: object, required: string[] = Object.keys(properties)) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const thingFields = {
  name: { type: 'string', minLength: 1, maxLength: 20 },
  kind: { type: 'string', enum: ['automatic', 'manual'] },
  account_ids: { type: 'array', maxItems: 3, items: ref('AccountNumber') },
  connections_max: { type: ['integer', 'null'], format: 'int32', minimum: 0, maximum: 100 },
  contact: ref('Contact'),
  metadata: { type: 'object', properties: {}, additionalProperties: text },
};

export const fixtureSpec: Spec = {
  paths: {
    '/v1/things': { post: createThing, get: listThings },
    '/v1/things/{id}': { get: getThing, patch: updateThing, delete: deleteThing },
    '/v1/things/{id}/parts': { post: createPart, get: listParts },
    '/v1/things/{id}/start': { post: startThing },
    '/v1/operations/{id}': { get: getOperation },
    '/v1/tickets/redeem': { post: redeemTicket },
  },
  components: {
    schemas: {
      AccountNumber: { type: 'string', pattern: '^[0-9]{12}$' },
      Contact: object({ email: { type: 'string', format: 'email' } }),
      ThingCreate: object(thingFields, ['name']),
      ThingUpdate: object(thingFields, []),
      Thing: object({
        id: text,
        name: text,
        note: { type: ['string', 'null'] },
        created_at: { type: 'string', format: 'date-time' },
      }),
      ThingPage: object({
        items: { type: 'array', items: ref('Thing') },
        next_cursor: { type: ['string', 'null'] },
      }),
      Part: object({ id: text }),
      Operation: object({ id: text, state: text, done: { type: 'boolean' } }),
      TicketRedeem: object({ token: { type: 'string', minLength: 10 } }),
    },
  },
};
