// The Route 53 operations that are simulated.

import type { Operations } from '../call.ts';
import { getChange } from './changes.ts';
import { testDnsAnswer } from './dns-answers.ts';
import { countZones, createZone, deleteZone, getZone, updateZoneComment } from './hosted-zones.ts';
import { changeRecordSets, listRecordSets } from './records.ts';
import { changeTags, listTags, listTagsOfMany } from './tags.ts';
import { associateZoneVpc, disassociateZoneVpc } from './vpc-associations.ts';
import { authorizeVpc, deauthorizeVpc, listAuthorizations } from './vpc-authorizations.ts';
import { listZones, listZonesByName, listZonesByVpc } from './zone-listings.ts';

export const route53Operations: Operations = {
  AssociateVPCWithHostedZone: associateZoneVpc,
  ChangeResourceRecordSets: changeRecordSets,
  ChangeTagsForResource: changeTags,
  CreateHostedZone: createZone,
  CreateVPCAssociationAuthorization: authorizeVpc,
  DeleteHostedZone: deleteZone,
  DeleteVPCAssociationAuthorization: deauthorizeVpc,
  DisassociateVPCFromHostedZone: disassociateZoneVpc,
  GetChange: getChange,
  GetHostedZone: getZone,
  GetHostedZoneCount: countZones,
  ListHostedZones: listZones,
  ListHostedZonesByName: listZonesByName,
  ListHostedZonesByVPC: listZonesByVpc,
  ListResourceRecordSets: listRecordSets,
  ListTagsForResource: listTags,
  ListTagsForResources: listTagsOfMany,
  ListVPCAssociationAuthorizations: listAuthorizations,
  TestDNSAnswer: testDnsAnswer,
  UpdateHostedZoneComment: updateZoneComment,
};
