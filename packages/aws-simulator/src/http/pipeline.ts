// One AWS call from request to response: choose the service, verify the caller, take a token, read
// the input, check the permission, perform the operation, write the answer, and record it all. A
// fault that strikes the call takes the operation's place, or the answer's.

import { AwsError, foreignError } from '../aws-error.ts';
import { authenticate } from '../identity/authentication.ts';
import { CredentialsRefused } from '../identity/credential-failure.ts';
import type { Caller } from '../identity/principals.ts';
import type { Protocol } from '../protocols/protocol.ts';
import type { WireRequest, WireResponse } from '../protocols/wire.ts';
import { type Call, isMutating, type Operation } from '../services/call.ts';
import type { Catalog } from '../services/catalog.ts';
import { checkPermission } from '../services/permission-check.ts';
import {
  isServiceName,
  type Service,
  type ServiceName,
  serviceNames,
} from '../services/service.ts';
import type { PendingCall } from '../services/pending-call.ts';
import { dryRun } from '../services/refusals.ts';
import type { Throttle } from '../throttling/throttle.ts';
import { type Delivery, deliveryOf, type Fault, isPerformed } from '../trouble/fault.ts';
import type { Faults } from '../trouble/faults.ts';
import { partialFailure } from '../trouble/partial-failure.ts';
import type { Clock } from '../world/clock.ts';
import type { Past } from '../world/past.ts';
import type { Account } from '../world/accounts/account.ts';
import { hasRegion, isRegion, regionNames } from '../world/regions.ts';
import type { World } from '../world/world.ts';
import type { CallLog } from './call-log.ts';
import { guessedService, scopedService } from './service-choice.ts';

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
  readonly clock: Clock;
  readonly throttle: Throttle;
  readonly faults: Faults;
  readonly past: Past;
}

export interface Answer extends WireResponse {
  readonly delivery?: Delivery;
}

/** What is known of a call so far; the log gets it, however far the call came. */
interface Trace {
  readonly service: string;
  action: string | null;
  region: string | null;
  caller: Caller | null;
  tokensLeft: number | null;
  fault: Fault | null;
  performed: boolean;
}

/** Answers a request. It never throws for anything a caller can send. */
export async function answerCall(pipeline: Pipeline, request: WireRequest): Promise<Answer> {
  const { world, catalog, past } = pipeline;
  const now = pipeline.clock.now();
  world.schedule.settle(now.getTime(), past.note);
  const requestId = world.ids.uuid();
  const context = { requestId, request };
  const name = serviceOf(pipeline, request);
  const service = catalog[isServiceName(name) ? name : 'sts'];
  const protocol = service.protocols.find((one) => one.accepts(request)) ?? service.protocols[0];
  const trace = newTrace(name);
  let outcome = 'ok';
  let response: WireResponse;
  try {
    const output = await perform(pipeline, request, protocol, trace);
    response = protocol.success(trace.action ?? '', output, context);
  } catch (error) {
    const refusal = asAwsError(error, service);
    outcome = refusal.code;
    response = protocol.failure(refusal, context);
  }
  record(pipeline, trace, { at: now.toISOString(), outcome, requestId });
  const headers = { ...response.headers, 'x-amzn-requestid': requestId };
  return struckBy(trace.fault, { ...response, headers });
}

function newTrace(service: string): Trace {
  const unknown = { action: null, region: null, caller: null, tokensLeft: null, fault: null };
  return { service, ...unknown, performed: false };
}

async function perform(
  pipeline: Pipeline,
  request: WireRequest,
  protocol: Protocol,
  trace: Trace,
): Promise<object> {
  const { world, catalog, clock } = pipeline;
  const { service } = trace;
  if (!isServiceName(service)) throw notSimulated(service);
  trace.action = actionOrNull(() => protocol.action(request));
  const clocks = { signed: clock.wall(), world: clock.now() };
  const { caller, region } = authenticate(request, service, world.accessKeys, clocks);
  trace.caller = caller;
  trace.region = region;
  checkRegion(service, world.accounts.get(caller.account), region);
  const action = protocol.action(request);
  const operation = catalog[service].operations[action];
  if (!Object.hasOwn(catalog[service].operations, action) || !operation) {
    throw unsupported(service, action);
  }
  const { account, arn: callerArn } = caller;
  const given = { service, action, mutating: isMutating(action), region, account, callerArn };
  const input = readCounted(pipeline, given, trace, () => protocol.input(action, request));
  pipeline.admit({ ...given, input });
  const call: Call<Record<string, unknown>> = { world, caller, account, region, input, request };
  checkPermission(service, catalog[service], action, call);
  // AWS checks the permission for a dry run, and nothing that it would need to look up (EC2 API
  // reference, DryRun).
  if (input.DryRun === true) throw dryRun();
  return operate(pipeline, { ...given, input }, call, trace);
}

/** Takes a token for the call, also for one whose input turns out to be wrong. */
function readCounted(
  { throttle, catalog, clock }: Pipeline,
  call: Omit<PendingCall, 'input'>,
  trace: Trace,
  read: () => Record<string, unknown>,
): Record<string, unknown> {
  let input: Record<string, unknown> = {};
  let wrong: Error | undefined;
  try {
    input = read();
  } catch (error) {
    wrong = error as Error;
  }
  const { allowed, left } = throttle.take({ ...call, input }, clock.now().getTime());
  trace.tokensLeft = left;
  if (!allowed) throw catalog[call.service].refusals.throttled();
  if (wrong) throw wrong;
  return input;
}

async function operate(
  { catalog, faults, past, clock }: Pipeline,
  pending: PendingCall,
  call: Call<Record<string, unknown>>,
  trace: Trace,
): Promise<object> {
  const { service, action, mutating } = pending;
  const { operations, model } = catalog[service];
  const fault = faults.strike(pending);
  trace.fault = fault ?? null;
  if (fault && !isPerformed(fault)) throw toldToFail(fault);
  const partial = partialFailure(fault?.items, model.get(action), call.input);
  const now = clock.now().getTime();
  const stale = mutating ? undefined : fault?.staleMs;
  const world = stale === undefined ? call.world : past.at(now - stale);
  const operation = operations[action] as Operation;
  const output = await operation({ ...call, ...partial, world } as Call<never>);
  trace.performed = true;
  if (mutating) past.note(now);
  if (fault && typeof fault.answer === 'object') throw toldToFail(fault);
  return partial?.complete(output) ?? output;
}

/** The error that stands for a fault; of a page, a reset and the like only the log hears. */
function toldToFail({ answer }: Fault): AwsError {
  if (typeof answer === 'object' && 'code' in answer) {
    return foreignError(answer.code, answer.message, answer.status);
  }
  const what = typeof answer === 'object' ? `page ${answer.status}` : (answer ?? 'not performed');
  return foreignError(what, `The simulator was told to fail this call: ${what}.`, 500);
}

function struckBy(fault: Fault | null, response: WireResponse): Answer {
  if (!fault) return response;
  const delivery = deliveryOf(fault);
  const { answer } = fault;
  if (typeof answer !== 'object' || !('page' in answer)) return { ...response, delivery };
  const headers = { 'content-type': answer.contentType };
  return { status: answer.status, headers, body: answer.page, delivery };
}

function record(
  { calls }: Pipeline,
  { service, action, region, caller, tokensLeft, fault, performed }: Trace,
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
    performed,
    tokensLeft,
    fault: fault?.name ?? null,
    byHand: false,
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
function checkRegion(service: ServiceName, account: Account | undefined, region: string): void {
  if (service === 'route53' || service === 'sts' || hasRegion(account, region)) return;
  if (!isRegion(region)) {
    // Not AWS's answer, as little as that of a service which is not simulated.
    const message = `The Region '${region}' is not simulated; ${regionNames().join(', ')} are.`;
    throw new AwsError('UnsupportedOperation', message);
  }
  const detail = `Credential should be scoped to a valid region, not '${region}'.`;
  throw new CredentialsRefused('wrong-scope', detail);
}

function asAwsError(error: unknown, { refusals }: Service): AwsError {
  if (error instanceof AwsError) return error;
  if (error instanceof CredentialsRefused) return refusals.credentials(error);
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new AwsError('InternalError', `The simulator has a bug: ${reason}`, 500);
}

function notSimulated(service: string): AwsError {
  const message = `The service '${service}' is not simulated; ${serviceNames.join(', ')} are.`;
  return new AwsError('UnsupportedOperation', message);
}

function unsupported(service: ServiceName, action: string): AwsError {
  const message = `The simulator does not simulate ${service}:${action}; see its README.`;
  return new AwsError('UnsupportedOperation', message);
}
