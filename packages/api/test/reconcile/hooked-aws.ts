// The ports to AWS with a hook before and after each call: to look, to come between, or to fail.

import type { Aws } from '../../src/aws/ports.ts';
import { AwsError, type AwsErrorKind } from '../../src/aws/errors.ts';

export interface PortCall {
  /** The method of the port, such as `changePrincipals`. */
  name: string;
  mutating: boolean;
  args: readonly unknown[];
}

export interface AwsHooks {
  /** Before anything is sent: what it throws is the answer, and AWS never heard of the call. */
  before: (call: PortCall) => unknown;
  /**
   * After AWS has answered: what it throws hides the answer, and the effect stays. It may also
   * change what is answered, say empty a list, to play a read from before.
   */
  after: (call: PortCall, result: unknown) => unknown;
}

/** Methods of the ports that change AWS. */
export const mutatingCalls = new Set([
  'createService',
  'mark',
  'changePrincipals',
  'accept',
  'reject',
  'setPrivateDnsName',
  'deleteService',
  'startPrivateDnsVerification',
  'addTxtValue',
  'removeTxtValue',
  'remove',
]);

/** Hooks that do nothing, to be replaced one by one. */
export function idleHooks(): AwsHooks {
  return { before: () => undefined, after: () => undefined };
}

/** The hooks are looked up at each call, so that they may be changed at any time. */
export function hookedAws(aws: Aws, hooks: AwsHooks): Aws {
  return {
    endpointServices: (access, region) => hooked(aws.endpointServices(access, region), hooks),
    backends: (access, region) => hooked(aws.backends(access, region), hooks),
    hostedZones: (access) => hooked(aws.hostedZones(access), hooks),
    queue: (access, queueArn) => hooked(aws.queue(access, queueArn), hooks),
    callerIdentity: hooked(aws.callerIdentity, hooks),
    tokenIssuers: hooked(aws.tokenIssuers, hooks),
    proofRoles: hooked(aws.proofRoles, hooks),
    traced: (work) => aws.traced(work),
    followed: (work) => aws.followed(work),
    requestIds: () => aws.requestIds(),
    close: () => aws.close(),
  };
}

/** An error as the adapter throws it. */
export function awsFailure(kind: AwsErrorKind, code: string): AwsError {
  return new AwsError(`${code}, as the test wants it`, {
    kind,
    code,
    action: 'AnyAction',
    awsRequestId: null,
  });
}

/** The answer got lost: whether AWS did it is unknown. */
export function lostAnswer(): AwsError {
  return awsFailure('unavailable', 'TimeoutError');
}

type Method = (...args: unknown[]) => Promise<unknown>;

function hooked<Port extends object>(port: Port, hooks: AwsHooks): Port {
  return new Proxy(port, {
    get: (target, property) => {
      const method = Reflect.get(target, property) as Method;
      return async (...args: unknown[]) => {
        const name = String(property);
        const call = { name, mutating: mutatingCalls.has(name), args };
        await hooks.before(call);
        const result = await method(...args);
        await hooks.after(call, result);
        return result;
      };
    },
  });
}
