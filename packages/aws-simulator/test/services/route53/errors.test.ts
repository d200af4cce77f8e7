// Every error that AWS's model names for an operation: the real SDK sees its name, or there is a
// reason why the simulator cannot give it.

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
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { route53Operations } from '../../../src/services/route53/operations.ts';
import { CUSTOMER, failure, type Lab, OTHER_CUSTOMER, openLab, VENDOR } from '../../lab.ts';
import { modelledErrors } from './modelled-errors.ts';
import { change, create, newZone, recordSet, shareZone, vpcOf } from './zones.ts';

interface Scene {
  readonly lab: Lab & { close(): Promise<void> };
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

type Attempt = (scene: Scene) => Promise<unknown>;

const TOO_LONG = 'Z'.repeat(33);
const NOBODY = 'ZNONE';
const SECOND = 1000;
// Few enough to run out of.
const quotas = { zonesPerAccount: 5, zonesPerName: 1, vpcsPerZone: 2, authorizationsPerZone: 1 };
const noVpc: VPC = { VPCId: 'vpc-0123456789abcdef0', VPCRegion: 'us-east-1' };
const halfVpc: VPC = { VPCId: 'vpc-0123456789abcdef0' };

let scene: Scene;
beforeAll(async () => {
  scene = await prepare();
});
afterAll(() => scene.lab.close());

const attempts: Readonly<Record<string, Readonly<Record<string, Attempt>>>> = {
  AssociateVPCWithHostedZone: {
    ConflictingDomainExists: ({ client, inner, vpc }) =>
      client.send(new Associate({ HostedZoneId: inner, VPC: vpc })),
    InvalidInput: ({ client, inner }) =>
      client.send(new Associate({ HostedZoneId: inner, VPC: halfVpc })),
    InvalidVPCId: ({ client, inner }) =>
      client.send(new Associate({ HostedZoneId: inner, VPC: noVpc })),
    LimitsExceeded: async ({ lab, client, inner, second, stranger }) => {
      await client.send(new Associate({ HostedZoneId: inner, VPC: second }));
      const owner = { zoneId: inner, owner: CUSTOMER };
      await shareZone(lab, owner, { vpc: stranger, account: OTHER_CUSTOMER });
    },
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
    NoSuchDelegationSet: ({ client }) =>
      client.send(
        new CreateZone({ Name: 'x.example', CallerReference: 'x', DelegationSetId: 'N1' }),
      ),
    TooManyHostedZones: async ({ lab }) => {
      for (const name of 'abcdef') await newZone(lab, `${name}.other.example`, other);
    },
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
    TooManyVPCAssociationAuthorizations: async ({ client, inner, second, stranger }) => {
      await client.send(new Authorize({ HostedZoneId: inner, VPC: stranger }));
      await client.send(new Authorize({ HostedZoneId: inner, VPC: second }));
    },
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
    LastVPCAssociation: async ({ lab, client, vpc }) => {
      const { Id } = await newZone(lab, 'last.example', { vpc });
      await client.send(new Disassociate({ HostedZoneId: Id, VPC: vpc }));
    },
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
  GetHostedZoneCount: {},
  ListHostedZones: {
    InvalidInput: ({ client }) => client.send(new ListZones({ MaxItems: 0 })),
    NoSuchDelegationSet: ({ client }) => client.send(new ListZones({ DelegationSetId: 'N1' })),
  },
  ListHostedZonesByName: {
    InvalidDomainName: ({ client }) => client.send(new ListByName({ DNSName: 'a..b' })),
    InvalidInput: ({ client, open }) => client.send(new ListByName({ HostedZoneId: open })),
  },
  ListHostedZonesByVPC: {
    InvalidInput: ({ client }) =>
      client.send(new ListByVpc({ VPCId: 'vpc-1', VPCRegion: 'mars-1' as 'us-east-1' })),
    InvalidPaginationToken: ({ client, vpc }) =>
      client.send(new ListByVpc({ VPCId: vpc.VPCId, VPCRegion: vpc.VPCRegion, NextToken: 'none' })),
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
    NoSuchHostedZone: ({ client }) => client.send(new ListAuthorizations({ HostedZoneId: NOBODY })),
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
};

const noReusableSets = 'there are no reusable delegation sets, so that none can be the wrong kind';
const throttled = 'throttling is the business of the token buckets, whose code is Throttling';
const readsAreFree = 'a busy zone refuses changes; why AWS lists it for reading is not documented';

/** `operation code`: why the simulator never answers it. */
const unreachable: Readonly<Record<string, string>> = {
  'CreateHostedZone DelegationSetNotReusable': noReusableSets,
  'ListHostedZones DelegationSetNotReusable': noReusableSets,
  'ChangeTagsForResource ThrottlingException': throttled,
  'ListTagsForResource ThrottlingException': throttled,
  'ListTagsForResources ThrottlingException': throttled,
  'ListTagsForResource PriorRequestNotComplete': readsAreFree,
  'ListTagsForResources PriorRequestNotComplete': readsAreFree,
  'DeleteHostedZone InvalidDomainName': 'the request has an id and no domain name',
  'GetHostedZoneCount InvalidInput': 'the request has no members that could be wrong',
};

describe('every error of the model is given', () => {
  const pairs = Object.entries(attempts).flatMap(([operation, codes]) =>
    Object.entries(codes).map(([code, attempt]) => ({ operation, code, attempt })),
  );
  test.each(pairs)('$operation $code', async ({ code, attempt }) => {
    const found = await failure(attempt(scene));
    expect(found).toMatchObject({ code, message: expect.stringMatching(/\w+ \w+/) });
  });
});

test('when the model names an error, it is in the table or has a reason not to be', () => {
  const modelled = Object.keys(route53Operations).flatMap((operation) =>
    modelledErrors(operation).map((code) => `${operation} ${code}`),
  );
  const covered = Object.entries(attempts).flatMap(([operation, codes]) =>
    Object.keys(codes).map((code) => `${operation} ${code}`),
  );
  expect([...covered, ...Object.keys(unreachable)].toSorted()).toEqual(modelled.toSorted());
});

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

/** In a world of its own, in which a zone is busy for a second after a change. */
function busy(attempt: Attempt): Attempt {
  return async () => {
    const own = await prepare(SECOND);
    try {
      await attempt(own);
    } finally {
      await own.lab.close();
    }
  };
}

async function prepare(zoneBusy = 0): Promise<Scene> {
  const lab = await openLab({ quotas, delays: { zoneBusy, recordsInSync: 2 * SECOND } });
  const { route53: client } = lab.as(CUSTOMER);
  const vpc = await vpcOf(lab);
  const made = await client.send(new CreateZone({ Name: 'open.example', CallerReference: 'open' }));
  const open = made.HostedZone?.Id ?? '';
  const { Id: inner } = await newZone(lab, 'inner.example', { vpc });
  const record = recordSet('TXT', 'kept.open.example', '"x"');
  await change(lab, open, [create(record)], CUSTOMER);
  lab.advance(2 * SECOND);
  return {
    lab,
    client,
    open,
    inner,
    vpc,
    second: await vpcOf(lab, CUSTOMER, 'eu-west-1'),
    stranger: await vpcOf(lab, OTHER_CUSTOMER),
  };
}
