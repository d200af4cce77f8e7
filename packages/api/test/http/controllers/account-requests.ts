// A valid request for every change of an account.

import * as tokens from '../../../src/storage/tokens.ts';
import type { ChangeSample } from './change-sample.ts';
import { proofFor } from './world.ts';

export const accountSamples: Record<string, ChangeSample> = {
  createAccount: {
    again: 'refused already_exists',
    make: async ({ acme, scene }) => ({
      method: 'post',
      path: '/v1/accounts',
      body: { account_id: scene.accountNumber(), customer_id: acme.customer.id },
    }),
  },
  deleteAccount: {
    again: 'nothing',
    make: async ({ acme, scene }) => ({
      method: 'delete',
      path: `/v1/accounts/${(await scene.account(acme.customer, 'claimed')).id}`,
    }),
  },
  attestAccount: {
    again: 'nothing',
    make: async ({ acme, scene }) => ({
      method: 'post',
      path: `/v1/accounts/${(await scene.account(acme.customer, 'claimed')).id}/attest`,
      body: { reason: 'Contract 4711, signed' },
    }),
  },
  attestAccounts: {
    again: 'nothing',
    action: 'attestAccount',
    make: async ({ acme, scene }) => ({
      method: 'post',
      path: '/v1/attestations',
      body: { reason: 'C-4711', accounts: [(await scene.account(acme.customer, 'claimed')).id] },
    }),
  },
  forgetTokenIssuer: {
    again: 'nothing',
    make: async ({ acme, api, scene }) => {
      const account = await scene.account(acme.customer, 'proven');
      await tokens.pin(api.db, account, `https://${account.accountId}.example`, api.clock.now());
      const path = `/v1/accounts/${account.id}/forget-token-issuer`;
      return { method: 'post', path, body: { reason: 'AWS has given it another one' } };
    },
  },
  createChallenge: {
    again: 'another',
    make: async ({ acme, scene }) => ({
      method: 'post',
      path: `/v1/accounts/${(await scene.account(acme.customer, 'claimed')).id}/challenges`,
    }),
  },
  submitProof: {
    again: 'refused challenge_not_usable',
    make: async ({ acme, api, scene }) => {
      const account = await scene.account(acme.customer, 'claimed');
      const body = await proofFor(api, account);
      return { method: 'post', path: `/v1/accounts/${account.id}/proofs`, body };
    },
  },
};
