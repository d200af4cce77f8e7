// The schemas of the one error shape (packages/api/src/http/problem.ts makes values of them).

const text = { type: 'string' };
const textOrNull = { type: ['string', 'null'] };

export const problemSchemas = {
  Problem: {
    type: 'object',
    description: 'A failure (RFC 9457). `code` is stable; `remediation` says whose turn it is.',
    properties: {
      type: { ...text, format: 'uri-reference', description: 'Where the error is documented.' },
      title: text,
      status: { type: 'integer', format: 'int32' },
      detail: { ...text, description: 'What is wrong with this request, in words.' },
      instance: { ...text, description: 'The path of the request.' },
      code: { $ref: '#/components/schemas/ErrorCode' },
      request_id: { ...text, description: 'Name it when you ask for help.' },
      errors: {
        type: 'array',
        items: { $ref: '#/components/schemas/ProblemField' },
        description: 'Each field or parameter that is wrong.',
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
    properties: {
      pointer: { ...text, description: 'Where in the body, as a JSON Pointer.' },
      parameter: { ...text, description: 'Which parameter of the path, the query or the headers.' },
      detail: text,
    },
    required: ['detail'],
    additionalProperties: false,
  },
  Remediation: {
    type: 'object',
    properties: {
      actor: { ...text, description: 'Whose turn it is: `caller`, `customer`, `vendor` or `aws`.' },
      action: text,
      command: { ...textOrNull, description: 'A command line that helps, when there is one.' },
    },
    required: ['actor', 'action', 'command'],
    additionalProperties: false,
  },
} as const;
