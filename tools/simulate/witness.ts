// Sees every call to AWS that changes something, at the moment before it is sent, and looks whether
// its intent is there: one of its own for each call.

import type { Stage } from '../../packages/api/test/reconcile/stage.ts';
import type { PortCall } from './trouble.ts';

export interface Witness {
  see: (call: PortCall) => Promise<void>;
  /** Calls without an intent, and such that should never be made; taken away by this. */
  take: () => { unintended: string[]; open: string[] };
}

export function createWitness({ db }: Pick<Stage, 'db'>): Witness {
  const used = new Set<string>();
  const seen = { unintended: [] as string[], open: [] as string[] };
  return {
    see: async (call) => {
      if (!call.mutating) return;
      if (JSON.stringify(call.args).includes('"*"')) seen.open.push(call.name);
      const intent = intentOf(call);
      const rows = await db.query<{ id: string }>(
        `SELECT id FROM effects WHERE action = $1 AND (request = $2::jsonb
           OR action IN ('create_service', 'mark_service') AND request @> $2::jsonb)
         ORDER BY id DESC`,
        [intent.action, JSON.stringify(intent.request)],
      );
      const own = rows.find(({ id }) => !used.has(id));
      if (own) used.add(own.id);
      else seen.unintended.push(`${call.name} ${JSON.stringify(intent.request)}`);
    },
    take: () => {
      const taken = { ...seen };
      Object.assign(seen, { unintended: [], open: [] });
      return taken;
    },
  };
}

/** The effect that a call of a port belongs to, as `effects` keeps it. */
function intentOf({ name, args }: PortCall): { action: string; request: object } {
  const [first, second, third] = args;
  switch (name) {
    case 'createService':
      return { action: 'create_service', request: {} };
    case 'mark':
      return { action: 'mark_service', request: { mark: second } };
    case 'changePrincipals':
      return { action: 'change_principals', request: second as object };
    case 'accept':
    case 'reject': {
      const request = { serviceId: first, vpcEndpointIds: second };
      return { action: `${name}_connections`, request };
    }
    case 'setPrivateDnsName':
      return { action: 'set_private_dns_name', request: { name: second } };
    case 'startPrivateDnsVerification':
      return { action: 'start_verification', request: { serviceId: first } };
    case 'deleteService':
      return { action: 'delete_service', request: { serviceId: first } };
    default: {
      const action = name === 'addTxtValue' ? 'add_txt_value' : 'remove_txt_value';
      return { action, request: { zoneId: first, recordName: second, value: third } };
    }
  }
}
