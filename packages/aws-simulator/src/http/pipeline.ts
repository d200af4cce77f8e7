// One AWS call from request to response: choose the service, verify the caller, read the input,
// perform the operation, write the answer, and record what happened.

import { AwsError } from '../aws-error.ts';
import { authenticate } from '../identity/authentication.ts';
import {
  CredentialsRefused,
  credentialError,
  type Service,
} from '../identity/credential-failure.ts';
import type { Caller } from '../identity/principals.ts';
import type { WireRequest, WireResponse } from '../protocols/wire.ts';
import { isMutating } from '../services/call.ts';
import type { Catalog } from '../services/catalog.ts';
import { isRegion } from '../world/regions.ts';
import type { World } from '../world/world.ts';
import type { CallLog } from './call-log.ts';
import { guessedService, isSimulated, scopedService } from './service-choice.ts';

/** A verified call that has not been performed yet. */
export interface PendingCall {
  readonly service: Service;
  readonly action: string;
  readonly mutating: boolean;
  readonly region: string;
  readonly account: string;
  readonly callerArn: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/**
 * Decides before a call is performed; throwing an AwsError refuses it, and the world stays as it
 * is. This is where throttling and faults go.
 */
export type Admission = (call: PendingCall) => void;

export interface Pipeline {
  readonly world: World;
  readonly catalog: Catalog;
  readonly calls: CallLog;
  readonly admit: Admission;
  now(): Date;
}

/** What is known of a call so far; the log gets it, however far the call came. */
interface Trace {
  service: string;
  action: string | null;
  region: string | null;
  caller: Caller | null;
}

/** Answers a request. It never throws for anything a caller can send. */
export function answerCall(pipeline: Pipeline, request: WireRequest): WireResponse {
  const { world, catalog, calls } = pipeline;
  const now = pipeline.now();
  world.schedule.settle(now.getTime());
  const requestId = world.ids.uuid();
  const context = { requestId, request };
  const service = serviceOf(pipeline, request);
  const trace: Trace = { service, action: null, region: null, caller: null };
  const { protocol } = catalog[isSimulated(service) ? service : 'sts'];
  let outcome = 'ok';
  let response: WireResponse;
  try {
    const output = perform(pipeline, request, service, trace);
    response = protocol.success(trace.action ?? '', output, context);
  } catch (error) {
    const refusal = asAwsError(error, service);
    outcome = refusal.code;
    response = protocol.failure(refusal, context);
  }
  calls.add({
    at: now.toISOString(),
    account: trace.caller?.account ?? null,
    callerArn: trace.caller?.arn ?? null,
    service: trace.service,
    region: trace.region,
    action: trace.action,
    mutating: trace.action !== null && isMutating(trace.action),
    outcome,
    requestId,
  });
  return { ...response, headers: { ...response.headers, 'x-amzn-requestid': requestId } };
}

function perform(pipeline: Pipeline, request: WireRequest, service: string, trace: Trace): object {
  const { world, catalog } = pipeline;
  if (!isSimulated(service)) {
    const message = `The service '${service}' is not simulated; ec2, sts and route53 are.`;
    throw new AwsError('UnsupportedOperation', message);
  }
  const { protocol, operations } = catalog[service];
  trace.action = actionOrNull(() => protocol.action(request));
  const { caller, region } = authenticate(request, service, world.accessKeys, pipeline.now());
  trace.caller = caller;
  trace.region = region;
  checkRegion(service, region);
  const action = protocol.action(request);
  const operation = Object.hasOwn(operations, action) ? operations[action] : undefined;
  if (!operation) throw unsupported(service, action);
  const input = protocol.input(action, request);
  const { account, arn: callerArn } = caller;
  const mutating = isMutating(action);
  pipeline.admit({ service, action, mutating, region, account, callerArn, input });
  if (input.DryRun === true) throw dryRun();
  return operation({ world, caller, account, region, input: input as never });
}

function serviceOf({ catalog }: Pipeline, request: WireRequest): string {
  const hasAction = (service: Service, action: string) =>
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
function checkRegion(service: Service, region: string): void {
  if (service !== 'ec2' || isRegion(region)) return;
  const detail = `Credential should be scoped to a valid region, not '${region}'.`;
  throw new CredentialsRefused('wrong-scope', detail);
}

function asAwsError(error: unknown, service: string): AwsError {
  if (error instanceof AwsError) return error;
  if (error instanceof CredentialsRefused) {
    return credentialError(isSimulated(service) ? service : 'sts', error);
  }
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new AwsError('InternalError', `The simulator has a bug: ${reason}`, 500);
}

// Code and text: EC2 API reference; status 412 is from memory.
function dryRun(): AwsError {
  const message = 'Request would have succeeded, but DryRun flag is set.';
  return new AwsError('DryRunOperation', message, 412);
}

function unsupported(service: Service, action: string): AwsError {
  const message = `The simulator does not simulate ${service}:${action}; see its README.`;
  return new AwsError('UnsupportedOperation', message);
}
