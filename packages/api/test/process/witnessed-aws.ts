// The simulated AWS as a witness: what every call asked for and whether it was performed, which the
// log of calls alone does not tell.

import {
  type CallRecord,
  type PendingCall,
  type Simulator,
  startSimulator,
  type WorldSpec,
} from '@sallyport/aws-simulator';

export interface WitnessedAws {
  simulator: Simulator;
  /** Calls that changed something, or could have, of this account; oldest first. */
  changes(account: string): WitnessedCall[];
  /**
   * What was done to single things of the account, as `allow arn:… of vpce-svc-…`, and how often:
   * of all that was performed, whatever the caller was told.
   */
  deeds(account: string): Map<string, number>;
  /** Does something as the account's root, past all faults. @throws Error when AWS refuses */
  byHand(account: string, action: string, input: object): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

export interface WitnessedCall {
  record: CallRecord;
  input: Readonly<Record<string, unknown>>;
}

export async function startWitnessedAws(world: WorldSpec, seed: number): Promise<WitnessedAws> {
  const calls: WitnessedCall[] = [];
  let admitted: PendingCall | null = null;
  const simulator = await startSimulator({
    world,
    seed,
    admit: (call) => {
      admitted = call;
    },
    // A call is admitted, performed and recorded without a turn of the event loop in between.
    log: (record) => {
      if (record.mutating && admitted?.action === record.action) {
        calls.push({ record, input: admitted.input });
      }
      admitted = null;
    },
  });
  const changes = (account: string) => calls.filter(({ record }) => record.account === account);
  return {
    simulator,
    changes,
    deeds: (account) => {
      const performed = changes(account).filter(({ record }) => record.performed);
      return count(performed.flatMap(deedsOf));
    },
    byHand: (account, action, input) => actByHand(simulator.endpoint, { account, action, input }),
    close: () => simulator.close(),
  };
}

interface Input {
  ServiceId?: string;
  AddAllowedPrincipals?: string[];
  RemoveAllowedPrincipals?: string[];
  VpcEndpointIds?: string[];
}

function deedsOf({ record, input }: WitnessedCall): string[] {
  const { ServiceId, ...lists } = input as Input;
  const of = (verb: string, things: string[] = []) =>
    things.map((thing) => `${verb} ${thing} of ${ServiceId}`);
  switch (record.action) {
    case 'ModifyVpcEndpointServicePermissions':
      return [
        ...of('allow', lists.AddAllowedPrincipals),
        ...of('disallow', lists.RemoveAllowedPrincipals),
      ];
    case 'AcceptVpcEndpointConnections':
      return of('accept', lists.VpcEndpointIds);
    case 'RejectVpcEndpointConnections':
      return of('reject', lists.VpcEndpointIds);
    // Of two runs that mark a service at a time, the one that was overtaken repeats the last mark,
    // and a creation that is sent again has the same token, which AWS takes once.
    case 'CreateTags':
    case 'CreateVpcEndpointServiceConfiguration':
      return [];
    default:
      return [`${record.action} ${JSON.stringify(input)}`];
  }
}

function count(texts: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

async function actByHand(endpoint: string, deed: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${endpoint}/_simulator/console`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(deed),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  if (!response.ok) throw new Error(`${JSON.stringify(deed)}: ${JSON.stringify(answer)}`);
  return answer;
}
