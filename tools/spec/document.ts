// The parts of the OpenAPI document that making the contract looks at.

export interface Operation {
  operationId: string;
  description?: string;
  summary?: string;
  tags?: string[];
  parameters: unknown[];
  requestBody?: unknown;
  responses: Record<string, unknown>;
  security?: unknown[];
  deprecated?: boolean;
  [extension: `x-${string}`]: unknown;
}

export interface Spec {
  openapi: string;
  info: { [member: string]: unknown };
  servers?: unknown[];
  tags?: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  webhooks?: object;
  components: { schemas: Record<string, Record<string, unknown>>; [kind: string]: unknown };
}
