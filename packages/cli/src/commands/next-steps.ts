// What usually comes after a change, as a line on stderr, where the next command is not obvious.

import { commands, type OperationId } from '../generated/commands.ts';
import { plainText, valueAt } from '../output/value.ts';

type NextStep = (answer: unknown) => string | undefined;

const nextSteps: Partial<Record<OperationId, NextStep>> = {
  acceptConnection: (it) =>
    text(it, 'state') === 'available'
      ? undefined
      : `sallyport wait connection ${text(it, 'vpc_endpoint_id')}`,
  createAccount: (it) => `the customer proves it (or: sallyport accounts attest ${text(it, 'id')})`,
  createApiKey: () => 'keep the secret now: it is shown only this once',
  createCustomer: (it) => `sallyport grants create --customer-id ${text(it, 'external_id')}`,
  createCustomerToken: () => 'hand the token on now: it is shown only this once',
  createEndpointService: (it) => `sallyport services plan ${text(it, 'id')}`,
  createInvite: () => 'hand the token to the customer now: it is shown only this once',
  createObservationToken: () => 'hand the token to the script now: it is shown only this once',
  createProviderAccount: (it) =>
    `sallyport services create --provider-account-id ${text(it, 'account_id')}`,
  putPrivateDns: (it) => `sallyport wait private-dns ${text(it, 'endpoint_service_id')}`,
  redeemInvite: () => 'keep the secret now: it is shown only this once',
  rejectConnection: (it) => `sallyport watch ${text(it, 'vpc_endpoint_id')}`,
  rotateApiKey: (it) =>
    `keep the secret now: it is shown only once. ${text(it, 'rotated_from')} ends later`,
};

export function nextStep(operationId: OperationId, answer: unknown): string | undefined {
  if (answer === undefined) return undefined;
  const goesOn = commands[operationId].result === 'Operation' && valueAt(answer, 'done') === false;
  if (goesOn) return `sallyport wait operation ${text(answer, 'id')}`;
  return nextSteps[operationId]?.(answer);
}

function text(answer: unknown, name: string): string {
  return plainText(valueAt(answer, name));
}
