// What usually comes after a change, as a line on stderr, where the next command is not obvious.

import type { OperationId } from '../generated/commands.ts';
import { plainText, valueAt } from '../output/value.ts';

type NextStep = (answer: unknown) => string;

const nextSteps: Partial<Record<OperationId, NextStep>> = {
  acceptConnection: (it) => `sallyport wait connection ${text(it, 'vpc_endpoint_id')}`,
  createAccount: (it) => `the customer proves it (or: sallyport accounts attest ${text(it, 'id')})`,
  createApiKey: () => 'keep the secret now: it is shown only this once',
  createCustomer: (it) => `sallyport grants create --customer-id ${text(it, 'external_id')}`,
  createCustomerToken: () => 'hand the token on now: it is shown only this once',
  createEndpointService: (it) => `sallyport services plan ${text(it, 'id')}`,
  createInvite: () => 'hand the token to the customer now: it is shown only this once',
  createObservationToken: () => 'hand the token to the script now: it is shown only this once',
  createProviderAccount: (it) =>
    `sallyport services create --provider-account-id ${text(it, 'account_id')}`,
  offboardCustomer: (it) => `sallyport wait operation ${text(it, 'id')}`,
  putPrivateDns: (it) => `sallyport wait private-dns ${text(it, 'endpoint_service_id')}`,
  reconcileEndpointService: (it) => `sallyport wait operation ${text(it, 'id')}`,
  redeemInvite: () => 'keep the secret now: it is shown only this once',
  rejectConnection: (it) => `sallyport watch ${text(it, 'vpc_endpoint_id')}`,
  rotateApiKey: (it) =>
    `keep the secret now: it is shown only once. ${text(it, 'rotated_from')} ends later`,
  submitProof: (it) => `sallyport wait operation ${text(it, 'id')}`,
};

export function nextStep(operationId: OperationId, answer: unknown): string | undefined {
  return answer === undefined ? undefined : nextSteps[operationId]?.(answer);
}

function text(answer: unknown, name: string): string {
  return plainText(valueAt(answer, name));
}
