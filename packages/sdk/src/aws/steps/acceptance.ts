// Waiting until the vendor's side has let the endpoint in, and AWS has set it up.
import { NotFoundError, WaiterFailedError } from '../../errors.ts';
import type { Connection, Diagnosis } from '../../generated/types.ts';
import { ConnectError } from '../connect-error.ts';
import type { VpcEndpoint } from '../network.ts';
import { isEnded, isThere } from '../ours.ts';
import { pollMsOf, type Run } from '../run.ts';

/** @throws ConnectError when the endpoint was rejected, or ended otherwise */
export async function awaitAcceptance(run: Run, endpointId: string): Promise<Connection> {
  const { client, session } = run;
  run.report('acceptance', 'started', `Waiting until ${endpointId} is let in.`);
  try {
    const connection = await client.connections.waitUntilAvailable(endpointId, {
      signal: session.signal,
      timeoutMs: Math.max(session.remainingMs(), 1),
      onProgress: ({ resource }) =>
        run.report('acceptance', 'waiting', resource ? stateOf(resource) : unseen(endpointId)),
    });
    run.report('acceptance', 'done', `${endpointId} is available.`);
    return connection;
  } catch (error) {
    if (!(error instanceof WaiterFailedError)) throw error;
    const diagnosis = await diagnosisOf(run, endpointId);
    throw ended(endpointId, error, diagnosis);
  }
}

/** As the customer's own side of AWS shows it, which may lag behind the vendor's. */
export async function awaitOwnSide(
  run: Run,
  endpointId: string,
  isDone: (endpoint: VpcEndpoint) => boolean,
): Promise<VpcEndpoint> {
  for (;;) {
    const endpoint = await run.session.network.endpoint(endpointId);
    if (endpoint && isDone(endpoint)) return endpoint;
    if (endpoint && (isEnded(endpoint.state) || !isThere(endpoint.state))) {
      const { state, failure } = endpoint;
      throw new ConnectError(`${endpointId} is ${state}${failure ? `: ${failure}` : ''}.`, {
        code: 'endpoint_ended',
        step: run.place.step,
        vpcEndpointId: endpointId,
        next: { actor: 'customer', action: 'Have it replaced (replace: true).', command: null },
      });
    }
    await run.session.pause(pollMsOf(run));
  }
}

/** Undefined when the service has not seen the endpoint, or does not answer. */
export async function diagnosisOf(run: Run, endpointId: string): Promise<Diagnosis | undefined> {
  try {
    return await run.client.connections.diagnose(endpointId, { timeoutMs: 10_000 });
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    return undefined;
  }
}

function stateOf({ state, hold_action: action, hold_turn: turn }: Connection): string {
  return action === null ? `It is ${state}.` : `It is ${state}. ${turn}: ${action}`;
}

function unseen(endpointId: string): string {
  return `The service has not seen ${endpointId} yet.`;
}

function ended(
  endpointId: string,
  error: WaiterFailedError,
  diagnosis: Diagnosis | undefined,
): ConnectError {
  const { decision_reason: reason } = error.lastResource as Connection;
  const because = reason ? `: ${reason}` : '';
  return new ConnectError(`${endpointId} is ${String(error.state)}${because}.`, {
    code: 'endpoint_ended',
    step: 'acceptance',
    vpcEndpointId: endpointId,
    diagnosis,
    cause: error,
    next: diagnosis?.next ?? {
      actor: 'vendor',
      action: 'Say why; then the customer has the endpoint replaced (replace: true).',
      command: `sallyport diagnose ${endpointId}`,
    },
  });
}
