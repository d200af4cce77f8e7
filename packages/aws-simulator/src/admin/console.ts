// The "console": anything the API can do, done by hand as an account's root, without a signature,
// a permission, a token or a fault in the way. This is how a test plays the colleague who changes
// things while a program looks elsewhere.

import { z } from 'zod';
import { AwsError } from '../aws-error.ts';
import { rootCaller } from '../identity/principals.ts';
import { decodeJsonInput } from '../protocols/json-input.ts';
import { jsonMembers } from '../protocols/json-output.ts';
import type { WireRequest } from '../protocols/wire.ts';
import { isMutating, type Operation } from '../services/call.ts';
import { dryRun } from '../services/refusals.ts';
import { isServiceName, serviceNames } from '../services/service.ts';
import type { Simulation } from '../simulation.ts';
import { isRegion } from '../world/regions.ts';
import { AdminError, type Route, readBody } from './route.ts';

const deed = z.strictObject({
  account: z.string().describe('Whoever acts, as its root.'),
  region: z
    .string()
    .refine(isRegion, 'is not a simulated Region')
    .default('us-east-1')
    .describe('us-east-1 by default.'),
  service: z
    .enum(serviceNames)
    .default('ec2')
    .describe(`ec2 by default; or ${serviceNames.filter((name) => name !== 'ec2').join(', ')}.`),
  action: z.string().describe('For example DeleteVpcEndpoints.'),
  input: z
    .record(z.string(), z.unknown())
    .default({})
    .describe('As the AWS SDK for JavaScript takes it.'),
});

type Deed = z.output<typeof deed>;

export const consoleRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: 'console',
    takes: deed,
    about: 'Does anything as an account: {"account": "…", "action": "…", "input": {…}}.',
    answer: ({ simulation }, { body, request }) =>
      performByHand(simulation, readBody(deed, body), request),
  },
];

async function performByHand(
  simulation: Simulation,
  done: Deed,
  request: WireRequest,
): Promise<object> {
  const { calls, clock, world } = simulation;
  const { account, region, service, action } = done;
  if (!world.accounts.has(account)) {
    const known = [...world.accounts.keys()].join(', ');
    throw new AdminError(400, `There is no account ${account}; there are ${known}.`);
  }
  let outcome = 'ok';
  try {
    return await perform(simulation, done, request);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    outcome = error.code;
    throw new AdminError(error.status, `${error.code}: ${error.message}`);
  } finally {
    calls.add({
      account,
      service,
      region,
      action,
      outcome,
      tokensLeft: null,
      fault: null,
      at: clock.now().toISOString(),
      callerArn: rootCaller(account).arn,
      mutating: isMutating(action),
      performed: outcome === 'ok',
      byHand: true,
      requestId: world.ids.uuid(),
    });
  }
}

async function perform(simulation: Simulation, done: Deed, request: WireRequest): Promise<object> {
  const { catalog, world } = simulation;
  const { account, region, action, service } = done;
  const { operations, model } = catalog[service];
  const schema = model.get(action);
  const operation: Operation | undefined = operations[action];
  if (!schema || !operation) {
    const elsewhere = Object.keys(catalog).find(
      (name) => isServiceName(name) && catalog[name].operations[action] !== undefined,
    );
    const hint = elsewhere === undefined ? '' : ` Give "service": "${elsewhere}".`;
    throw new AdminError(400, `The simulator does not simulate ${service}:${action}.${hint}`);
  }
  const input = decodeJsonInput(schema.input, JSON.stringify(done.input));
  if (input.DryRun === true) throw dryRun();
  const caller = rootCaller(account);
  const output = await operation({ world, caller, account, region, input, request } as never);
  return jsonMembers(schema.output, output);
}
