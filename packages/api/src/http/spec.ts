// The parts of the OpenAPI document that the service itself reads. It describes, it checks nothing.

import type { Deprecation } from './deprecation.ts';

export interface Spec {
  paths: Record<string, Record<string, SpecOperation>>;
  components: { schemas: Record<string, JsonSchema> };
}

export interface SpecOperation {
  operationId: string;
  parameters?: SpecParameter[];
  requestBody?: { required?: boolean; content: Record<string, { schema: JsonSchema }> };
  responses: Record<string, SpecResponse>;
  /** Empty for an operation that needs no key. */
  security?: object[];
  'x-roles'?: string[];
  'x-scope'?: string;
  /** For staff, though it needs no key: a listener for customers does not have it. */
  'x-staff'?: boolean;
  'x-pagination'?: boolean;
  'x-event-stream'?: boolean;
  /** A POST that asks with a body, and changes nothing. */
  'x-question'?: boolean;
  'x-if-match-for'?: string[];
  'x-upsert'?: boolean;
  'x-deprecation'?: Deprecation;
  /** Every code of the catalogue that it may be refused with. */
  'x-error-codes'?: string[];
  'x-waiter'?: { field: string; success: string[]; failure: string[]; on_not_found: string };
}

export interface SpecResponse {
  headers?: Record<string, object>;
  content?: Record<string, { schema: JsonSchema }>;
}

export interface SpecParameter {
  in: string;
  name: string;
  required?: boolean;
  schema: JsonSchema;
}

/** JSON Schema 2020-12, which is what OpenAPI 3.1 has. */
export type JsonSchema = Record<string, unknown>;

/** Operation id to controller, method, and where each argument comes from. */
export type Bindings = Readonly<Record<string, Binding>>;

export interface Binding {
  controller: new () => object;
  method: string;
  parameters: readonly (readonly [place: string, name: string])[];
}

/** The path as Fastify writes it: `/v1/customers/:id`. */
export function routePath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}
