// Whether a connection is let in, by whom, and what keeps it out.

import { fail, pass, unknown, type Check } from './check.ts';
import {
  connectionSteps,
  type Connection,
  type ConnectionState,
  type Refusal,
} from './connection.ts';
import { standstill, type EndpointService } from './endpoint-service.ts';
import { holdRemedy, type Grant } from './grant.ts';

export interface AcceptanceFacts {
  connection: Connection;
  service: EndpointService;
  /** What AWS said when it was last asked to do what was decided, and did not. */
  refusal: Refusal | null;
  /** The grant that covers it; what is left out is not known. */
  grant?: Pick<Grant, 'id' | 'connectionsMax'> | null;
}

export function checkDecision(facts: AcceptanceFacts): Check {
  const { connection, service, refusal } = facts;
  const refused = refusal && refusedStep(connection, refusal);
  if (refused) return refused;
  const { decision, decidedBy, decisionReason, holdReason } = connection;
  if (decision === 'reject') {
    const reason = decisionReason ? `: ${decisionReason.replace(/\.$/, '')}` : '';
    return fail('acceptance', `The connection was rejected by ${decidedBy}${reason}.`, {
      actor: 'vendor',
      action: 'A rejected endpoint never comes back; the customer makes a new one once allowed.',
      command: `sallyport connections history ${connection.vpcEndpointId}`,
    });
  }
  if (decision === 'accept') return pass('acceptance', `Accepted by ${decidedBy}.`);
  if (connection.state !== 'pendingAcceptance') return checkForeignDecision(connection);
  const still = standstill(service);
  if (still) {
    return fail('acceptance', `It waits for acceptance, and the service stands still (${still}).`, {
      actor: 'vendor',
      action: 'See why the service stands still; nothing is accepted until it goes on.',
      command: `sallyport services get ${service.id}`,
    });
  }
  if (service.modes.acceptance === 'observe') {
    return fail('acceptance', 'It waits for acceptance, and acceptance is in observe mode.', {
      actor: 'vendor',
      action: 'Accept it where connections are accepted today, or switch acceptance to manage.',
      command: `sallyport services set-modes ${service.id} --acceptance manage`,
    });
  }
  if (!holdReason) {
    return unknown('acceptance', 'Policy has not looked at it yet.', {
      actor: 'vendor',
      action: 'Wait a few seconds.',
      command: `sallyport wait connection ${connection.vpcEndpointId}`,
    });
  }
  const remedy = holdRemedy(holdReason);
  return fail('acceptance', `Policy holds it: ${holdReason.replaceAll('_', ' ')}.`, {
    actor: remedy?.turn ?? 'vendor',
    action: remedy?.action ?? 'Mend the reason, or decide by hand.',
    command: remedy?.turn === 'customer' ? null : releasing(facts),
  });
}

/** A person may let one more in than the limit has, or raise it. */
function releasing({ connection, grant }: AcceptanceFacts): string {
  const max = grant?.connectionsMax ?? null;
  return grant && max !== null && connection.holdReason === 'connection_limit'
    ? `sallyport grants update ${grant.id} --connections-max ${max + 1}`
    : `sallyport accept ${connection.vpcEndpointId}`;
}

function refusedStep(connection: Connection, { code, message, at }: Refusal): Check | null {
  const step = connectionSteps[connection.decision][connection.state];
  if (step !== 'accept' && step !== 'reject') return null;
  const words = [code, message].filter((part) => part !== '').join(': ');
  const evidence = `AWS did not ${step} it at ${at.toISOString()} (${words}).`;
  return fail('acceptance', evidence, {
    actor: 'vendor',
    action: 'It is tried again every minute. Look at what AWS says.',
    command: `sallyport services drift ${connection.endpointServiceId}`,
  });
}

function checkForeignDecision({ id, state }: Connection): Check {
  if (isLetIn(state)) return pass('acceptance', 'Accepted in AWS by other hands.');
  if (state !== 'rejected') return pass('acceptance', 'It does not wait for acceptance.');
  return fail('acceptance', 'The connection was rejected in AWS by other hands.', {
    actor: 'vendor',
    action: 'Find out who rejected it, and why, before the customer makes a new endpoint.',
    command: `sallyport connections history ${id}`,
  });
}

/** AWS has let it in, whoever asked for that. */
export function isLetIn(state: ConnectionState): boolean {
  return state === 'pending' || state === 'available' || state === 'partial';
}
