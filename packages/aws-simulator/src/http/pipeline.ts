// One AWS call from request to response: choose the service, verify the caller, take a token, read
// the input, check the permission, perform the operation, write the answer, and record it all.

import { AwsError } from '../aws-error.ts';
import { authenticate, type Clocks } from '../identity/authentication.ts';
import { CredentialsRefused } from '../identity/credential-failure.ts';
import type { Caller } from '../identity/principals.ts';
import type { Protocol } from '../protocols/protocol.ts';
import type { WireRequest, WireResponse } from '../protocols/wire.ts';
import { type Call, isMutating } from '../services/call.ts';
import type { Catalog } from '../services/catalog.ts';
import {
  isServiceName,
  type Service,
  type ServiceName,
  serviceNames,
} from '../services/service.ts';
import { isRegion } from '../world/regions.ts';
import type { World } from '../world/world.ts';
import type { CallLog } from './call-log.ts';
import { guessedService, scopedService } from './service-choice.ts';

/** A verified call that has not been performed yet. */
export interface PendingCall {
  readonly service: ServiceName;
  readonly action: string;
  readonly mutating: boolean;
  readonly region: string;
  readonly account: string;
  readonly callerArn: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/**
 * Decides before a call is performed; throwing an AwsError refuses it, and the world stays as it
 * is.
 */
export type Admission = (call: PendingCall) => void;

export interface Pipeline {
  readonly world: World;
  readonly catalog: Catalog;
  readonly calls: CallLog;
  readonly admit: Admission;
  clocks(): Clocks;
}

/** What is known of a call so far; the log gets it, however far the call came. */
interface Trace {
  readonly service: string;
  action: string | null;
  region: string | null;
  caller: Caller | null;
}

/** Answers a request. It never throws for anything a caller can send. */
export async function answerCall(pipeline: Pipeline, request: WireRequest): Promise<WireResponse> {
  const { world, catalog } = pipeline;
  const clocks = pipeline.clocks();
  world.schedule.settle(clocks.world.getTime());
  const requestId = world.ids.uuid();
  const context = { requestId, request };
  const name = serviceOf(pipeline, request);
  const service = catalog[isServiceName(name) ? name : 'sts'];
  const protocol = service.protocols.find((one) => one.accepts(request)) ?? service.protocols[0];
  const trace: Trace = { service: name, action: null, region: null, caller: null };
  let outcome = 'ok';
  let response: WireResponse;
  try {
    const output = await perform(pipeline, request, { protocol, trace, clocks });
    response = protocol.success(trace.action ?? '', output, context);
  } catch (error) {
    const refusal = asAwsError(error, service);
    outcome = refusal.code;
    response = protocol.failure(refusal, context);
  }
  record(pipeline, trace, { at: clocks.world.toISOString(), outcome, requestId });
  return { ...response, headers: { ...response.headers, 'x-amzn-requestid': requestId } };
}

interface Attempt {
  readonly protocol: Protocol;
  readonly trace: Trace;
  readonly clocks: Clocks;
}

async function perform(
  pipeline: Pipeline,
  request: WireRequest,
  { protocol, trace, clocks }: Attempt,
): Promise<object> {
  const { world, catalog } = pipeline;
  const { service } = trace;
  if (!isServiceName(service)) throw notSimulated(service);
  trace.action = actionOrNull(() => protocol.action(request));
  const { caller, region } = authenticate(request, service, world.accessKeys, clocks);
  trace.caller = caller;
  trace.region = region;
  checkRegion(service, region);
  const action = protocol.action(request);
  const { operations } = catalog[service];
  const operation = Object.hasOwn(operations, action) ? operations[action] : undefined;
  if (!operation) throw unsupported(service, action);
  const input = protocol.input(action, request);
  const { account, arn: callerArn } = caller;
  const mutating = isMutating(action);
  pipeline.admit({ service, action, mutating, region, account, callerArn, input });
  const call: Call<Record<string, unknown>> = { world, caller, account, region, input };
  // AWS checks the permission for a dry run, and nothing that it would need to look up (EC2 API
  // reference, DryRun).
  if (input.DryRun === true) throw dryRun();
  return operation(call as Call<never>);
}

function record(
  { calls }: Pipeline,
  { service, action, region, caller }: Trace,
  facts: { readonly at: string; readonly outcome: string; readonly requestId: string },
): void {
  calls.add({
    ...facts,
    account: caller?.account ?? null,
    callerArn: caller?.arn ?? null,
    service,
    region,
    action,
    mutating: action !== null && isMutating(action),
  });
}

function serviceOf({ catalog }: Pipeline, request: WireRequest): string {
  const hasAction = (service: ServiceName, action: string) =>
    Object.hasOwn(catalog[service].operations, action);
  return scopedService(request) ?? guessedService(request, hasAction);
}

// The log should name the action of a call that is refused before its action matters.
function actionOrNull(read: () => string): string | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof AwsError) return null;
    throw error;
  }
}

// Route 53 is global, and clients with an endpoint override scope it to their own Region.
function checkRegion(service: ServiceName, region: string): void {
  if (service === 'route53' || service === 'sts' || isRegion(region)) return;
  const detail = `Credential should be scoped to a valid region, not '${region}'.`;
  throw new CredentialsRefused('wrong-scope', detail);
}

function asAwsError(error: unknown, { refusals }: Service): AwsError {
  if (error instanceof AwsError) return error;
  if (error instanceof CredentialsRefused) return refusals.credentials(error);
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new AwsError('InternalError', `The simulator has a bug: ${reason}`, 500);
}

// Code and text: EC2 API reference; status 412 is from memory.
function dryRun(): AwsError {
  const message = 'Request would have succeeded, but DryRun flag is set.';
  return new AwsError('DryRunOperation', message, 412);
}

function notSimulated(service: string): AwsError {
  const message = `The service '${service}' is not simulated; ${serviceNames.join(', ')} are.`;
  return new AwsError('UnsupportedOperation', message);
}

function unsupported(service: ServiceName, action: string): AwsError {
  const message = `The simulator does not simulate ${service}:${action}; see its README.`;
  return new AwsError('UnsupportedOperation', message);
}
