// The changes of webhooks, each of one of `acme` that was made for it alone.

import type { ChangeSample } from './change-sample.ts';
import { addDelivery, addWebhook, type World } from './world.ts';

const fresh = ({ api, acme }: World) => addWebhook(api, acme.customer.id);

export const webhookSamples: Record<string, ChangeSample> = {
  createWebhook: {
    again: 'another',
    // There may be twenty of a customer, and many tests make one.
    make: async ({ api, acme }) => {
      await api.db.query('DELETE FROM webhooks WHERE customer_id = $1 AND id <> $2', [
        acme.customer.id,
        acme.webhookId,
      ]);
      await api.db.query(`DELETE FROM webhooks WHERE owner = 'vendor'`);
      const target_url = `https://hooks.example.com/made/${api.makeId('request')}`;
      const body = { target_url, event_types: ['connection.*'], customer_id: acme.customer.id };
      return { method: 'post', path: '/v1/webhooks', body };
    },
  },
  updateWebhook: {
    again: 'nothing',
    make: async (world) => ({
      method: 'patch',
      path: `/v1/webhooks/${await fresh(world)}`,
      body: { description: 'of the portal', enabled: false },
    }),
  },
  deleteWebhook: {
    again: 'nothing',
    make: async (world) => ({ method: 'delete', path: `/v1/webhooks/${await fresh(world)}` }),
  },
  rotateWebhookSecret: {
    again: 'refused invalid_state_transition',
    make: async (world) => ({
      method: 'post',
      path: `/v1/webhooks/${await fresh(world)}/rotate-secret`,
    }),
  },
  testWebhook: {
    again: 'another',
    make: async (world) => ({ method: 'post', path: `/v1/webhooks/${await fresh(world)}/test` }),
  },
  redeliverEvent: {
    again: 'another',
    make: async (world) => {
      const webhookId = await fresh(world);
      const id = await addDelivery(world.api, webhookId);
      return { method: 'post', path: `/v1/webhooks/${webhookId}/deliveries/${id}/redeliver` };
    },
  },
};
