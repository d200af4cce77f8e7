// The errors of Route 53: each that its model names for an operation.

import {
  AssociateVPCWithHostedZoneCommand as Associate,
  ChangeTagsForResourceCommand as ChangeTags,
  CreateHostedZoneCommand as CreateZone,
  CreateVPCAssociationAuthorizationCommand as Authorize,
  DeleteHostedZoneCommand as DeleteZone,
  DeleteVPCAssociationAuthorizationCommand as Deauthorize,
  DisassociateVPCFromHostedZoneCommand as Disassociate,
  GetChangeCommand as GetChange,
  GetHostedZoneCommand as GetZone,
  ListHostedZonesByNameCommand as ListByName,
  ListHostedZonesByVPCCommand as ListByVpc,
  ListHostedZonesCommand as ListZones,
  ListResourceRecordSetsCommand as ListRecords,
  ListTagsForResourceCommand as ListTags,
  ListTagsForResourcesCommand as ListManyTags,
  ListVPCAssociationAuthorizationsCommand as ListAuthorizations,
  type Route53Client,
  TestDNSAnswerCommand as TestAnswer,
  UpdateHostedZoneCommentCommand as UpdateComment,
  type VPC,
} from '@aws-sdk/client-route-53';
import type { SimulatorOptions } from '../../../src/index.ts';
import { CUSTOMER, OTHER_CUSTOMER, openLab, VENDOR } from '../../lab.ts';
import {
  change,
  create,
  newZone,
  recordSet,
  shareZone,
  vpcOf,
} from '../../services/route53/zones.ts';
import { bent, body } from '../bends.ts';
import {
  alone,
  type Attempt,
  errorsOf,
  inService,
  inWorld,
  type Scene,
  type Way,
} from '../ledger.ts';

interface ZoneScene extends Scene {
  readonly client: Route53Client;
  /** Public, with a record of its own. */
  readonly open: string;
  /** Private, in one VPC of the customer's. */
  readonly inner: string;
  readonly vpc: VPC;
  /** The customer's other VPC, in another Region. */
  readonly second: VPC;
  readonly stranger: VPC;
}

const TOO_LONG = 'Z'.repeat(33);
const NOBODY = 'ZNONE';
const SECOND = 1000;
// Few enough to run out of.
const quotas = { zonesPerAccount: 5, zonesPerName: 1, vpcsPerZone: 2, authorizationsPerZone: 1 };
const noVpc: VPC = { VPCId: 'vpc-0123456789abcdef0', VPCRegion: 'us-east-1' };
const halfVpc: VPC = { VPCId: 'vpc-0123456789abcdef0' };

const someTags = { AddTags: [{ Key: 'team', Value: 'a' }] };
const other = { account: OTHER_CUSTOMER };
const openAgain = new CreateZone({ Name: 'open.example', CallerReference: 'again' });

function tagged(ResourceId: string) {
  return { ResourceType: 'hostedzone', ResourceId } as const;
}

function asked(HostedZoneId: string) {
  return { HostedZoneId, RecordName: 'a.open.example', RecordType: 'A' } as const;
}

function newZoneNamed(Name: string, vpc?: VPC): CreateZone {
  return new CreateZone({ Name, CallerReference: Name, VPC: vpc });
}

export const route53Errors = errorsOf(
  'route53.ts',
  openZones,
  inService<ZoneScene>('route53', {
    AssociateVPCWithHostedZone: {
      ConflictingDomainExists: ({ client, inner, vpc }) =>
        client.send(new Associate({ HostedZoneId: inner, VPC: vpc })),
      InvalidInput: ({ client, inner }) =>
        client.send(new Associate({ HostedZoneId: inner, VPC: halfVpc })),
      InvalidVPCId: ({ client, inner }) =>
        client.send(new Associate({ HostedZoneId: inner, VPC: noVpc })),
      LimitsExceeded: alone(async ({ lab, client, inner, second, stranger }) => {
        await client.send(new Associate({ HostedZoneId: inner, VPC: second }));
        const owner = { zoneId: inner, owner: CUSTOMER };
        await shareZone(lab, owner, { vpc: stranger, account: OTHER_CUSTOMER });
      }),
      NoSuchHostedZone: ({ client, vpc }) =>
        client.send(new Associate({ HostedZoneId: NOBODY, VPC: vpc })),
      NotAuthorizedException: ({ client, inner, stranger }) =>
        client.send(new Associate({ HostedZoneId: inner, VPC: stranger })),
      PriorRequestNotComplete: busy(async ({ client, inner, second }) => {
        await client.send(new UpdateComment({ Id: inner, Comment: 'busy' }));
        await client.send(new Associate({ HostedZoneId: inner, VPC: second }));
      }),
      PublicZoneVPCAssociation: ({ client, open, vpc }) =>
        client.send(new Associate({ HostedZoneId: open, VPC: vpc })),
    },
    ChangeResourceRecordSets: {
      InvalidChangeBatch: ({ lab, open }) =>
        change(lab, open, [create(recordSet('TXT', 'a.else.example', '"x"'))], CUSTOMER),
      InvalidInput: ({ lab, open }) => change(lab, open, [], CUSTOMER),
      NoSuchHealthCheck: ({ lab, open }) => {
        const record = { ...recordSet('A', 'h.open.example', '192.0.2.1'), HealthCheckId: 'none' };
        return change(lab, open, [create(record)], CUSTOMER);
      },
      NoSuchHostedZone: ({ lab }) =>
        change(lab, NOBODY, [create(recordSet('TXT', 'a.open.example', '"x"'))], CUSTOMER),
      PriorRequestNotComplete: busy(async ({ lab, open }) => {
        await change(lab, open, [create(recordSet('TXT', 'b1.open.example', '"x"'))], CUSTOMER);
        await change(lab, open, [create(recordSet('TXT', 'b2.open.example', '"x"'))], CUSTOMER);
      }),
    },
    ChangeTagsForResource: {
      InvalidInput: ({ client, open }) => client.send(new ChangeTags(tagged(open))),
      NoSuchHealthCheck: ({ client }) =>
        client.send(new ChangeTags({ ResourceType: 'healthcheck', ResourceId: 'h', ...someTags })),
      NoSuchHostedZone: ({ client }) =>
        client.send(new ChangeTags({ ...tagged(NOBODY), ...someTags })),
      PriorRequestNotComplete: busy(async ({ client, open }) => {
        await client.send(new UpdateComment({ Id: open, Comment: 'busy' }));
        await client.send(new ChangeTags({ ...tagged(open), ...someTags }));
      }),
    },
    CreateHostedZone: {
      ConflictingDomainExists: ({ client, vpc }) => client.send(newZoneNamed('inner.example', vpc)),
      DelegationSetNotAvailable: ({ lab }) => lab.as(VENDOR).route53.send(openAgain),
      HostedZoneAlreadyExists: ({ client }) =>
        client.send(new CreateZone({ Name: 'x.example', CallerReference: 'open' })),
      InvalidDomainName: ({ client }) => client.send(newZoneNamed('com')),
      InvalidInput: ({ client }) => client.send(newZoneNamed('x.example', halfVpc)),
      InvalidVPCId: ({ client, stranger }) => client.send(newZoneNamed('x.example', stranger)),
      MalformedInput: ({ client }) =>
        client.send(
          bent(
            newZoneNamed('x.example'),
            body((old) => old.replaceAll('CreateHostedZoneRequest', 'Zone')),
          ),
        ),
      NoSuchDelegationSet: ({ client }) =>
        client.send(
          new CreateZone({ Name: 'x.example', CallerReference: 'x', DelegationSetId: 'N1' }),
        ),
      TooManyHostedZones: alone(async ({ lab }) => {
        for (const name of 'abcdef') await newZone(lab, `${name}.other.example`, other);
      }),
    },
    CreateVPCAssociationAuthorization: {
      ConcurrentModification: busy(async ({ client, inner, stranger }) => {
        await client.send(new Authorize({ HostedZoneId: inner, VPC: stranger }));
        await client.send(new Authorize({ HostedZoneId: inner, VPC: stranger }));
      }),
      InvalidInput: ({ client, open, vpc }) =>
        client.send(new Authorize({ HostedZoneId: open, VPC: vpc })),
      InvalidVPCId: ({ client, inner }) =>
        client.send(new Authorize({ HostedZoneId: inner, VPC: noVpc })),
      NoSuchHostedZone: ({ client, vpc }) =>
        client.send(new Authorize({ HostedZoneId: NOBODY, VPC: vpc })),
      TooManyVPCAssociationAuthorizations: alone(async ({ client, inner, second, stranger }) => {
        await client.send(new Authorize({ HostedZoneId: inner, VPC: stranger }));
        await client.send(new Authorize({ HostedZoneId: inner, VPC: second }));
      }),
    },
    DeleteHostedZone: {
      HostedZoneNotEmpty: ({ client, open }) => client.send(new DeleteZone({ Id: open })),
      InvalidInput: ({ client }) => client.send(new DeleteZone({ Id: TOO_LONG })),
      NoSuchHostedZone: ({ client }) => client.send(new DeleteZone({ Id: NOBODY })),
      PriorRequestNotComplete: busy(async ({ client, inner }) => {
        await client.send(new UpdateComment({ Id: inner, Comment: 'busy' }));
        await client.send(new DeleteZone({ Id: inner }));
      }),
    },
    DeleteVPCAssociationAuthorization: {
      ConcurrentModification: busy(async ({ client, inner, stranger }) => {
        await client.send(new Authorize({ HostedZoneId: inner, VPC: stranger }));
        await client.send(new Deauthorize({ HostedZoneId: inner, VPC: stranger }));
      }),
      InvalidInput: ({ client, inner }) =>
        client.send(new Deauthorize({ HostedZoneId: inner, VPC: halfVpc })),
      InvalidVPCId: ({ client, inner }) =>
        client.send(new Deauthorize({ HostedZoneId: inner, VPC: noVpc })),
      NoSuchHostedZone: ({ client, vpc }) =>
        client.send(new Deauthorize({ HostedZoneId: NOBODY, VPC: vpc })),
      VPCAssociationAuthorizationNotFound: ({ client, inner, vpc }) =>
        client.send(new Deauthorize({ HostedZoneId: inner, VPC: vpc })),
    },
    DisassociateVPCFromHostedZone: {
      InvalidInput: ({ client, inner }) =>
        client.send(new Disassociate({ HostedZoneId: inner, VPC: halfVpc })),
      InvalidVPCId: ({ client, inner }) =>
        client.send(new Disassociate({ HostedZoneId: inner, VPC: noVpc })),
      LastVPCAssociation: alone(async ({ lab, client, vpc }) => {
        const { Id } = await newZone(lab, 'last.example', { vpc });
        await client.send(new Disassociate({ HostedZoneId: Id, VPC: vpc }));
      }),
      NoSuchHostedZone: ({ client, vpc }) =>
        client.send(new Disassociate({ HostedZoneId: NOBODY, VPC: vpc })),
      VPCAssociationNotFound: ({ client, inner, stranger }) =>
        client.send(new Disassociate({ HostedZoneId: inner, VPC: stranger })),
    },
    GetChange: {
      InvalidInput: ({ client }) => client.send(new GetChange({ Id: 'C'.repeat(6501) })),
      NoSuchChange: ({ client }) => client.send(new GetChange({ Id: 'CNONE' })),
    },
    GetHostedZone: {
      InvalidInput: ({ client }) => client.send(new GetZone({ Id: TOO_LONG })),
      NoSuchHostedZone: ({ client }) => client.send(new GetZone({ Id: NOBODY })),
    },
    ListHostedZones: {
      InvalidInput: ({ client }) => client.send(new ListZones({ MaxItems: 0 })),
      NoSuchDelegationSet: ({ client }) => client.send(new ListZones({ DelegationSetId: 'N1' })),
    },
    ListHostedZonesByName: {
      InvalidDomainName: ({ client }) => client.send(new ListByName({ DNSName: 'a..b' })),
      InvalidInput: ({ client, open }) => client.send(new ListByName({ HostedZoneId: open })),
    },
    ListHostedZonesByVPC: {
      AccessDenied: ({ client, stranger }) =>
        client.send(new ListByVpc({ VPCId: stranger.VPCId, VPCRegion: stranger.VPCRegion })),
      InvalidInput: ({ client }) =>
        client.send(new ListByVpc({ VPCId: 'vpc-1', VPCRegion: 'mars-1' as 'us-east-1' })),
      InvalidPaginationToken: ({ client, vpc }) =>
        client.send(
          new ListByVpc({ VPCId: vpc.VPCId, VPCRegion: vpc.VPCRegion, NextToken: 'none' }),
        ),
    },
    ListResourceRecordSets: {
      InvalidInput: ({ client, open }) =>
        client.send(new ListRecords({ HostedZoneId: open, StartRecordType: 'TXT' })),
      NoSuchHostedZone: ({ client }) => client.send(new ListRecords({ HostedZoneId: NOBODY })),
    },
    ListTagsForResource: {
      InvalidInput: ({ client }) => client.send(new ListTags(tagged(TOO_LONG))),
      NoSuchHealthCheck: ({ client }) =>
        client.send(new ListTags({ ResourceType: 'healthcheck', ResourceId: 'h' })),
      NoSuchHostedZone: ({ client }) => client.send(new ListTags(tagged(NOBODY))),
    },
    ListTagsForResources: {
      InvalidInput: ({ client }) =>
        client.send(new ListManyTags({ ResourceType: 'hostedzone', ResourceIds: [] })),
      NoSuchHealthCheck: ({ client }) =>
        client.send(new ListManyTags({ ResourceType: 'healthcheck', ResourceIds: ['h'] })),
      NoSuchHostedZone: ({ client, open }) =>
        client.send(new ListManyTags({ ResourceType: 'hostedzone', ResourceIds: [open, NOBODY] })),
    },
    ListVPCAssociationAuthorizations: {
      InvalidInput: ({ client, inner }) =>
        client.send(new ListAuthorizations({ HostedZoneId: inner, MaxResults: 0 })),
      InvalidPaginationToken: ({ client, inner }) =>
        client.send(new ListAuthorizations({ HostedZoneId: inner, NextToken: 'none' })),
      NoSuchHostedZone: ({ client }) =>
        client.send(new ListAuthorizations({ HostedZoneId: NOBODY })),
    },
    TestDNSAnswer: {
      InvalidInput: ({ client, inner }) => client.send(new TestAnswer(asked(inner))),
      NoSuchHostedZone: ({ client }) => client.send(new TestAnswer(asked(NOBODY))),
    },
    UpdateHostedZoneComment: {
      InvalidInput: ({ client, open }) =>
        client.send(new UpdateComment({ Id: open, Comment: 'x'.repeat(257) })),
      NoSuchHostedZone: ({ client }) => client.send(new UpdateComment({ Id: NOBODY })),
      PriorRequestNotComplete: busy(async ({ client, open }) => {
        await client.send(new UpdateComment({ Id: open, Comment: 'one' }));
        await client.send(new UpdateComment({ Id: open, Comment: 'two' }));
      }),
    },
  }),
);

/** In a world of its own, in which a zone is busy for a second after a change. */
function busy(attempt: Attempt<ZoneScene>): Way<ZoneScene> {
  return inWorld({ delays: { zoneBusy: SECOND } }, attempt);
}

async function openZones(options: SimulatorOptions): Promise<ZoneScene> {
  const delays = { zoneBusy: 0, recordsInSync: 2 * SECOND, ...options.delays };
  const lab = await openLab({ ...options, quotas, delays });
  const { route53: client } = lab.as(CUSTOMER);
  const vpc = await vpcOf(lab);
  const made = await client.send(new CreateZone({ Name: 'open.example', CallerReference: 'open' }));
  const zone = made.HostedZone?.Id ?? '';
  const { Id: inner } = await newZone(lab, 'inner.example', { vpc });
  const record = recordSet('TXT', 'kept.open.example', '"x"');
  await change(lab, zone, [create(record)], CUSTOMER);
  lab.advance(2 * SECOND);
  return {
    lab,
    client,
    open: zone,
    inner,
    vpc,
    second: await vpcOf(lab, CUSTOMER, 'eu-west-1'),
    stranger: await vpcOf(lab, OTHER_CUSTOMER),
  };
}
