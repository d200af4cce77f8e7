// The Route 53 operations that are simulated.

import type { Operations } from '../call.ts';
import { createZone, getZone, listZones, listZonesByName } from './hosted-zones.ts';
import { changeRecordSets, getChange, listRecordSets } from './records.ts';

export const route53Operations: Operations = {
  ChangeResourceRecordSets: changeRecordSets,
  CreateHostedZone: createZone,
  GetChange: getChange,
  GetHostedZone: getZone,
  ListHostedZones: listZones,
  ListHostedZonesByName: listZonesByName,
  ListResourceRecordSets: listRecordSets,
};
