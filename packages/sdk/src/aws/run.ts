// What the steps of connecting share: what is wanted, with what, and where they have got to.
import type {
  ConnectingClient,
  ConnectOptions,
  ConnectProgress,
  ConnectStep,
} from './connect-options.ts';
import type { Session } from './session.ts';
import type { Target } from './target.ts';

export interface Run {
  client: ConnectingClient;
  session: Session;
  target: Target;
  options: ConnectOptions;
  /** Changed by the steps, so that an error can tell where it happened. */
  place: { step: ConnectStep; message: string; vpcEndpointId: string | undefined };
  report(step: ConnectStep, state: ConnectProgress['state'], message: string): void;
}

/** From one look at AWS to the next. */
export function pollMsOf({ options }: Run): number {
  return options.pollMs ?? 2_000;
}

export function createRun(
  given: Pick<Run, 'client' | 'session' | 'options' | 'target' | 'place'>,
): Run {
  const { options, place } = given;
  return {
    ...given,
    report: (step, state, message) => {
      place.step = step;
      place.message = message;
      const vpc_endpoint_id = place.vpcEndpointId;
      options.onProgress?.({ step, state, message, vpc_endpoint_id });
    },
  };
}
