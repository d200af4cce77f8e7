// What to do about a change that AWS refused.
import type { ConnectStep } from '../connect-options.ts';
import { ConnectError } from '../connect-error.ts';
import type { AwsCallError } from '../refusal.ts';
import type { Run } from '../run.ts';

export function refused(run: Run, step: ConnectStep, error: AwsCallError): ConnectError {
  const action =
    error.refusal === 'denied'
      ? `Allow ${error.action} to these credentials, and call again.`
      : 'Mend what AWS says, and call again.';
  return new ConnectError(error.message, {
    code: 'refused',
    step,
    cause: error,
    vpcEndpointId: run.place.vpcEndpointId,
    next: { actor: 'customer', action, command: null },
  });
}
