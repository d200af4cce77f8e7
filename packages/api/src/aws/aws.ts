// Everything that speaks to AWS, put together. Nothing is loaded or sent before the first call.

import { createBackends } from './backends.ts';
import type { CallBudget } from './budget.ts';
import { createCallerIdentity } from './caller-identity.ts';
import { createClients, type Sending } from './clients.ts';
import { createEndpointServices } from './endpoint-services.ts';
import { createHostedZones } from './hosted-zones.ts';
import { createQueue } from './queues.ts';
import type { Aws, AwsCall } from './ports.ts';
import { createProofRoles } from './proof-roles.ts';
import { createTokenIssuers } from './token-issuers.ts';
import { createTrace } from './trace.ts';

export interface AwsOptions {
  /** Where to call STS and Route 53, which belong to no region of ours; it names the partition. */
  region: string;
  now: () => Date;
  /** AWS_ENDPOINT_URL_STS or AWS_ENDPOINT_URL, for the check of proofs: the SDK reads them. */
  stsEndpoint?: string | null;
  /** AWS_ENDPOINT_URL, where the keys of web identity tokens are fetched from instead. */
  issuerEndpoint?: string | null;
  onCall?: (call: AwsCall) => void;
  /** Holds calls back that would be too many; without it, only AWS does. */
  budget?: CallBudget;
  /** How the SDK sends; by sockets and the clock of this machine, unless given. */
  sending?: Sending;
  /** Milliseconds that one attempt may hear nothing from AWS. Default 15 000. */
  requestTimeoutMs?: number;
  /** Milliseconds that the whole check of a proof may take. Default 10 000. */
  proofTimeoutMs?: number;
}

/** @throws TypeError when an endpoint is not an http or https URL */
export function createAws(options: AwsOptions): Aws {
  const { region, now, onCall = () => {}, budget = null, requestTimeoutMs = 15_000 } = options;
  const { sending = {} } = options;
  const trace = createTrace();
  const observed = (call: AwsCall) => {
    trace.note(call);
    onCall(call);
  };
  const settings = { budget, requestTimeoutMs, sending };
  const clients = createClients({ region, now, onCall: observed, ...settings });
  return {
    traced: trace.traced,
    followed: trace.followed,
    requestIds: trace.requestIds,
    endpointServices: (access, region) =>
      createEndpointServices((signal) => clients.ec2(access, region, signal), region),
    hostedZones: (access) => createHostedZones((signal) => clients.route53(access, signal)),
    backends: (access, region) =>
      createBackends({
        elb: (signal) => clients.elb(access, region, signal),
        cloudWatch: (signal) => clients.cloudWatch(access, region, signal),
      }),
    queue: (access, queueArn) =>
      createQueue((region, signal) => clients.sqs(access, region, signal), queueArn),
    callerIdentity: createCallerIdentity({
      endpoint: endpointOf(options.stsEndpoint),
      timeoutMs: options.proofTimeoutMs ?? 10_000,
      now,
      onCall: observed,
    }),
    tokenIssuers: createTokenIssuers({
      endpoint: endpointOf(options.issuerEndpoint),
      timeoutMs: options.proofTimeoutMs ?? 10_000,
      now,
    }),
    proofRoles: createProofRoles(clients),
    close: () => clients.close(),
  };
}

function endpointOf(text: string | null = null): URL | null {
  if (text === null) return null;
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text);
  throw new TypeError(`The STS endpoint "${text}" is not an http or https URL.`);
}
