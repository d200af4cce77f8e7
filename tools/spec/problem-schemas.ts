// The schemas of the one error shape (packages/api/src/http/problem.ts makes values of them).

const text = { type: 'string', minLength: 1 };

export const problemSchemas = {
  Problem: {
    type: 'object',
    description: 'A failure (RFC 9457). `code` is stable; `remediation` says whose turn it is.',
    properties: {
      type: {
        ...text,
        format: 'uri-reference',
        description: 'Where the error is documented: its cause and its remedy.',
      },
      title: { ...text, description: 'The kind of failure in words, the same for each `code`.' },
      status: {
        type: 'integer',
        format: 'int32',
        minimum: 400,
        maximum: 599,
        description: 'The HTTP status of the answer.',
      },
      detail: { ...text, description: 'What is wrong with this request, in words.' },
      instance: {
        type: 'string',
        description: 'The path of the request; empty where that is no path at all.',
      },
      code: { $ref: '#/components/schemas/ErrorCode' },
      request_id: {
        ...text,
        maxLength: 128,
        description: 'The `X-Request-Id` of the answer. Name it when you ask for help.',
      },
      errors: {
        type: 'array',
        minItems: 1,
        items: { $ref: '#/components/schemas/ProblemField' },
        description: 'Each field or parameter that is wrong; left out where none is.',
      },
      remediation: { $ref: '#/components/schemas/Remediation' },
    },
    required: [
      'type',
      'title',
      'status',
      'detail',
      'instance',
      'code',
      'request_id',
      'remediation',
    ],
    additionalProperties: false,
  },
  ProblemField: {
    type: 'object',
    description: 'A field or a parameter that is wrong.',
    properties: {
      pointer: {
        type: 'string',
        format: 'json-pointer',
        description: 'Where in the body, as a JSON Pointer (RFC 6901); empty for the whole body.',
      },
      parameter: {
        type: 'string',
        description: 'Which parameter of the path, the query or the headers.',
      },
      detail: { ...text, description: 'What it must be instead.' },
    },
    required: ['detail'],
    additionalProperties: false,
  },
  Remediation: {
    type: 'object',
    description: 'What to do about it, and who.',
    properties: {
      actor: { $ref: '#/components/schemas/Actor' },
      action: { ...text, description: 'What to do.' },
      command: {
        type: ['string', 'null'],
        minLength: 1,
        description: 'A command line that helps; null when there is none.',
      },
    },
    required: ['actor', 'action', 'command'],
    additionalProperties: false,
  },
} as const;
