// What may stand for each argument: wherever an id goes, the natural key goes too.

import type { ArgumentName } from '../generated/commands.ts';

export const argumentHelp: Record<ArgumentName, string> = {
  account: 'Its id (acct_…) or the 12-digit AWS account number.',
  'api-key': 'Its id (key_…).',
  connection: "Its id (con_…) or the endpoint's (vpce-…).",
  customer: 'Its id (cus_…) or your external id of it.',
  diagnose: "AWS's id of the endpoint (vpce-…), seen or not.",
  'endpoint-service': "Its id (svc_…) or AWS's (vpce-svc-…).",
  'delivery-id': 'Its id (dlv_…).',
  event: 'Its id (evt_…).',
  grant: 'Its id (grt_…).',
  'invite-id': 'Its id (inv_…).',
  'note-id': 'Its id (note_…).',
  operation: 'Its id (op_…).',
  principal: 'Its id (prn_…).',
  'provider-account': 'Its id (pacc_…) or the 12-digit AWS account number.',
  webhook: 'Its id (whk_…).',
};
