// AWS's quotas as far as the simulated operations meet them.

import { z } from 'zod';

const most = (initially: number, about: string) =>
  z.int().min(0).default(initially).describe(about);

export const quotasSchema = z.strictObject({
  endpointsPerVpc: most(
    50,
    'Interface endpoints per VPC; 50, adjustable (Guide, vpc-limits-endpoints).',
  ),
  tagsPerResource: most(50, 'Tags per resource; 50 (from memory).'),
  recordsPerZone: most(
    10_000,
    'Records per hosted zone; 10,000 (Route 53 Developer Guide, DNSLimitations).',
  ),
  zonesPerAccount: most(
    500,
    'Hosted zones per account; 500 (Route 53 Developer Guide, DNSLimitations).',
  ),
  zonesPerName: most(
    512,
    'Public hosted zones of one name in all accounts; not published. Route 53 has 2,048 ' +
      'name servers (from memory) and gives each zone of a name four of its own.',
  ),
  vpcsPerZone: most(300, 'VPCs of a private hosted zone; 300 (from memory).'),
  authorizationsPerZone: most(
    1000,
    'VPCs that may be associated with a private hosted zone; 1,000 (from memory).',
  ),
  vpcsPerRegion: most(5, 'VPCs per Region; 5, adjustable (VPC guide, quotas).'),
  subnetsPerVpc: most(200, 'Subnets per VPC; 200 (VPC guide, quotas).'),
  securityGroupsPerRegion: most(2500, 'Security groups per Region; 2,500 (VPC guide, quotas).'),
  rulesPerSecurityGroup: most(
    60,
    'Rules per security group and direction; 60 (VPC guide, quotas).',
  ),
  securityGroupsPerInterface: most(
    5,
    'Security groups per network interface; 5 (VPC guide, quotas).',
  ),
  messagesInFlight: most(
    120_000,
    'Messages of a queue that are in flight; 120,000 (SQS developer guide, message quotas).',
  ),
  packedSessionBytes: most(
    2048,
    "Characters of a session's policies and tags that are 100 percent of their packed size; how " +
      'AWS packs them is not documented.',
  ),
  webIdentityTokenBytes: most(
    8192,
    'Bytes of claims in a web identity token; the limit is documented without a number.',
  ),
});

export type Quotas = Readonly<z.output<typeof quotasSchema>>;

export const defaultQuotas: Quotas = quotasSchema.parse({});
