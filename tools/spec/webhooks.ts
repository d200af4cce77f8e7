// The messages that webhooks get, for the contract: one for each type of event, by the ledger.

import { eventTypes } from '../../packages/api/src/domain/event-types.ts';

/** What every message is, by the Standard Webhooks specification. */
export const webhookMessage = {
  type: 'object',
  description:
    'What is sent to a webhook. Verify the `webhook-signature` of it before it is read, and tell ' +
    'repeats by its `webhook-id`. The data of `webhook.test` names the webhook.',
  properties: {
    type: { type: 'string', description: 'The type of the event, or `webhook.test`.' },
    timestamp: { type: 'string', format: 'date-time', description: 'When it came about.' },
    data: {
      description: 'What has happened or, of `webhook.test`, which webhook is tried.',
      oneOf: [
        { $ref: '#/components/schemas/Event' },
        {
          type: 'object',
          description: 'Which webhook is tried.',
          properties: {
            webhook_id: { type: 'string', minLength: 1, description: 'The id of the webhook.' },
          },
          required: ['webhook_id'],
          additionalProperties: false,
        },
      ],
    },
  },
  required: ['type', 'timestamp', 'data'],
  additionalProperties: false,
};

const header = (name: string, description: string) => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string' },
});

const parameters = [
  header('webhook-id', 'The id of the event, the same each time that it is sent.'),
  header('webhook-timestamp', 'Seconds since 1970, when this attempt was made.'),
  header('webhook-signature', 'One `v1,…` for each secret that is live, with blanks between.'),
];

const responses = {
  '2XX': { description: 'It has arrived, and is not sent again.' },
  '410': { description: 'Nothing is to be sent here any more: the webhook is disabled.' },
  default: { description: 'It is sent again later, for about three days.' },
};

/** `webhooks` of OpenAPI 3.1. */
export function webhooks(): object {
  const types = Object.entries(eventTypes);
  return Object.fromEntries(types.map(([type, tells]) => [type, { post: message(type, tells) }]));
}

function message(type: string, tells: string) {
  const data = { $ref: '#/components/schemas/Event' };
  const schema = {
    allOf: [
      { $ref: '#/components/schemas/WebhookMessage' },
      { type: 'object', properties: { type: { const: type }, data } },
    ],
  };
  return {
    operationId: `on${pascal(type)}`,
    summary: tells.replace(/\.$/, ''),
    // The signature says who sends it.
    security: [],
    parameters,
    requestBody: { required: true, content: { 'application/json': { schema } } },
    responses,
  };
}

/** `connection.pending_acceptance` as `ConnectionPendingAcceptance`. */
function pascal(type: string): string {
  return type.replaceAll(/(?:^|[._])([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
