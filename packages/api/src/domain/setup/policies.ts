// The policies that a change request names: what making the endpoint takes, and no more, and what a
// guard rail of the organisation must let through. Actions, resources and condition keys are those
// of the service authorization reference of AWS.

import { resolvedName, type SetupModel } from './model.ts';

interface Statement {
  Sid: string;
  Effect: 'Allow' | 'Deny';
  Action: string[];
  Resource: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

export interface Policy {
  Version: '2012-10-17';
  Statement: Statement[];
}

/** For whoever makes the endpoint, and undoes it. */
export function leastPrivilege(model: SetupModel): Policy {
  const { region, serviceName } = model;
  const arn = (kind: string) => `arn:${model.partition}:ec2:${region}:${model.accountId}:${kind}`;
  const ofService = { StringEquals: { 'ec2:VpceServiceName': serviceName } };
  const vpc = arn(`vpc/${model.vpcId ?? '*'}`);
  const parts = ['subnet/*', 'security-group/*'].map(arn);
  return policy([
    allow('Look', ['ec2:Describe*', 'sts:GetCallerIdentity'], '*'),
    {
      ...allow('MakeTheEndpoint', ['ec2:CreateVpcEndpoint'], arn('vpc-endpoint/*')),
      Condition: ofService,
    },
    allow('InThisNetwork', ['ec2:CreateVpcEndpoint'], [vpc, ...parts]),
    allow('ChangeTheEndpoint', ['ec2:ModifyVpcEndpoint'], [arn('vpc-endpoint/*'), ...parts]),
    { ...allow('UndoIt', ['ec2:DeleteVpcEndpoints'], arn('vpc-endpoint/*')), Condition: ofService },
    {
      ...allow(
        'TagWhatIsMade',
        ['ec2:CreateTags'],
        ['vpc-endpoint/*', 'security-group/*'].map(arn),
      ),
      Condition: {
        StringEquals: { 'ec2:CreateAction': ['CreateVpcEndpoint', 'CreateSecurityGroup'] },
      },
    },
    ...securityGroup(model, arn('security-group/*'), vpc),
    ...acrossRegions(model, arn('vpc-endpoint/*')),
    ...hostedZone(model),
    ...proofRole(model),
  ]);
}

/** What guard rails that only let known endpoints be made have to let through, as exceptions. */
export function guardRail(model: SetupModel): Policy {
  return policy([
    {
      Sid: 'OnlyEndpointsOfKnownServices',
      Effect: 'Deny',
      Action: ['ec2:CreateVpcEndpoint'],
      Resource: `arn:${model.partition}:ec2:*:*:vpc-endpoint/*`,
      Condition: {
        StringNotEquals: {
          'ec2:VpceServiceOwner': ['amazon', model.vendorAccountId],
        },
      },
    },
  ]);
}

function policy(statements: Statement[]): Policy {
  return { Version: '2012-10-17', Statement: statements };
}

function allow(sid: string, actions: string[], resource: string | string[]): Statement {
  return { Sid: sid, Effect: 'Allow', Action: actions, Resource: resource };
}

function securityGroup(model: SetupModel, group: string, vpc: string): Statement[] {
  if (model.securityGroupIds.length > 0) return [];
  const change = [
    'AuthorizeSecurityGroupIngress',
    'RevokeSecurityGroupEgress',
    'DeleteSecurityGroup',
  ];
  return [
    allow('MakeItsSecurityGroup', ['ec2:CreateSecurityGroup'], [group, vpc]),
    allow(
      'OpenItsPorts',
      change.map((action) => `ec2:${action}`),
      group,
    ),
  ];
}

/** An action that is only a permission: no call is named so. */
function acrossRegions({ serviceRegion }: SetupModel, endpoint: string): Statement[] {
  if (serviceRegion === null) return [];
  return [allow('ToAnotherRegion', ['vpce:AllowMultiRegion'], endpoint)];
}

function hostedZone(model: SetupModel): Statement[] {
  const { dns, partition } = model;
  if (resolvedName(model) === null || dns === 'endpoint') return [];
  const records = ['GetHostedZone', 'ChangeResourceRecordSets', 'ListResourceRecordSets'];
  const zones = ['ListHostedZonesByVPC', 'CreateHostedZone', 'AssociateVPCWithHostedZone'];
  const inZone = [...records, 'DeleteHostedZone', 'ChangeTagsForResource', 'ListTagsForResource'];
  const route53 = (actions: string[]) => actions.map((action) => `route53:${action}`);
  const profiles = ['AssociateResourceToProfile', 'DisassociateResourceFromProfile'];
  const looks = ['ListProfileResourceAssociations', 'GetProfileResourceAssociation'];
  return [
    allow('MakeTheZone', [...route53(zones), 'route53:GetChange'], '*'),
    allow('NameTheEndpoint', route53(inZone), `arn:${partition}:route53:::hostedzone/*`),
    ...(dns === 'profile'
      ? [
          allow(
            'ShareTheZone',
            [...profiles, ...looks].map((action) => `route53profiles:${action}`),
            '*',
          ),
        ]
      : []),
  ];
}

function proofRole({ proofRole: role, partition, accountId }: SetupModel): Statement[] {
  if (!role) return [];
  const actions = ['CreateRole', 'GetRole', 'DeleteRole', 'UpdateAssumeRolePolicy', 'TagRole'];
  const looks = ['ListRolePolicies', 'ListAttachedRolePolicies', 'ListInstanceProfilesForRole'];
  return [
    allow(
      'MakeTheRoleThatProvesTheAccount',
      [...actions, ...looks].map((action) => `iam:${action}`),
      `arn:${partition}:iam::${accountId}:role/${role.roleName}`,
    ),
  ];
}
