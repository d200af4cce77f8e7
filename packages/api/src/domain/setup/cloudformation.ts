// The setup as CloudFormation. AWS refuses private DNS before the vendor has let the endpoint in:
// it is a parameter, and switched on by a second deployment.

import { unknownClients, unknownNetwork } from './placeholders.ts';
import {
  resolvedName,
  type Setup,
  type SetupFile,
  type SetupModel,
  type SetupProofRole,
} from './model.ts';
import { oneLine } from './text.ts';
import { yaml, type Data } from './yaml.ts';

export function renderCloudFormation(model: SetupModel): Setup {
  const placeholders = [...unknownNetwork(model), ...unknownClients(model)];
  const given = placeholders.map(({ name }) => `${parameterOf[name]!}=${name}`);
  const deploy = (...more: string[]) => {
    const overrides = [...given, ...more];
    const parameters = overrides.length > 0 ? ` --parameter-overrides ${overrides.join(' ')}` : '';
    return (
      `aws cloudformation deploy --region ${model.region} --stack-name ${model.name} ` +
      `--template-file endpoint.yaml${parameters}`
    );
  };
  const isTwice = resolvedName(model) !== null && model.dns === 'endpoint';
  const wait: Setup['steps'] = [
    {
      actor: 'customer',
      action: 'Wait until the vendor has let the endpoint in.',
      command:
        `aws ec2 describe-vpc-endpoints --region ${model.region} ` +
        `--filters Name=service-name,Values=${model.serviceName} --query 'VpcEndpoints[].State'`,
    },
  ];
  return {
    files: [{ name: 'endpoint.yaml', content: yaml(template(model)) }, ...roleFiles(model)],
    steps: [
      ...roleSteps(model),
      { actor: 'customer', action: 'Make the endpoint.', command: deploy() },
      ...wait,
      ...(isTwice
        ? ([
            {
              actor: 'customer',
              action: 'Switch the private name on.',
              command: deploy('PrivateDnsEnabled=true'),
            },
          ] as const)
        : []),
    ],
    placeholders,
  };
}

/** The role that proves the account: for a StackSet too, as the template has no parameter. */
export function roleFiles({ proofRole }: SetupModel): SetupFile[] {
  return proofRole ? [{ name: 'proof-role.yaml', content: yaml(roleTemplate(proofRole)) }] : [];
}

export function roleSteps({ proofRole, region, name }: SetupModel): Setup['steps'] {
  if (!proofRole) return [];
  const command =
    `aws cloudformation deploy --region ${region} --stack-name ${name}-proof ` +
    '--template-file proof-role.yaml --capabilities CAPABILITY_NAMED_IAM';
  return [{ actor: 'customer', action: 'Make the role that proves whose account it is.', command }];
}

const parameterOf: Record<string, string> = {
  VPC_ID: 'VpcId',
  SUBNET_IDS: 'SubnetIds',
  PROFILE_ID: 'ProfileId',
  CLIENT_CIDR: 'ClientCidr',
};

function template(model: SetupModel): Data {
  const name = resolvedName(model);
  const hasZone = name !== null && model.dns !== 'endpoint';
  const makesGroup = model.securityGroupIds.length === 0;
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: oneLine(`${model.title}: a VPC endpoint`).slice(0, 200),
    Parameters: parameters(model),
    Resources: {
      ...(makesGroup && { SecurityGroup: securityGroup(model) }),
      Endpoint: endpoint(model, makesGroup),
      ...(hasZone && zone(model, name)),
    },
    Outputs: {
      VpcEndpointId: { Value: { Ref: 'Endpoint' } },
      DnsName: { Value: name ?? dnsEntry(1) },
    },
  };
}

function parameters(model: SetupModel): { [key: string]: Data } {
  const { zoneIds, vpcId, subnetIds, profileId } = model;
  const where = zoneIds.length > 0 ? ` One each in ${zoneIds.join(', ')}.` : '';
  const clients = unknownClients(model);
  return {
    VpcId: { Type: 'AWS::EC2::VPC::Id', ...(vpcId !== null && { Default: vpcId }) },
    SubnetIds: {
      Type: 'List<AWS::EC2::Subnet::Id>',
      Description: `The subnets of the endpoint, one a zone.${where}`,
      ...(subnetIds.length > 0 && { Default: subnetIds.join(',') }),
    },
    ...(clients.length > 0 && {
      ClientCidr: { Type: 'String', Description: 'The addresses that may use the endpoint.' },
    }),
    ...(model.dns === 'endpoint' &&
      resolvedName(model) !== null && {
        PrivateDnsEnabled: {
          Type: 'String',
          AllowedValues: ['true', 'false'],
          Default: 'false',
          Description: 'True once the vendor has let the endpoint in: before, AWS refuses it.',
        },
      }),
    ...(model.dns === 'profile' &&
      resolvedName(model) !== null && {
        ProfileId: { Type: 'String', ...(profileId !== null && { Default: profileId }) },
      }),
  };
}

function securityGroup({ ports, clientCidrs }: SetupModel): Data {
  const clients: Data[] = clientCidrs.length > 0 ? clientCidrs : [{ Ref: 'ClientCidr' }];
  return {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: {
      GroupDescription: 'Who may use the VPC endpoint',
      VpcId: { Ref: 'VpcId' },
      SecurityGroupIngress: ports.flatMap((port) =>
        clients.map((client) => {
          return { IpProtocol: 'tcp', FromPort: port, ToPort: port, CidrIp: client };
        }),
      ),
    },
  };
}

function endpoint(model: SetupModel, makesGroup: boolean): Data {
  const own = makesGroup
    ? [{ 'Fn::GetAtt': ['SecurityGroup', 'GroupId'] }]
    : model.securityGroupIds;
  const isParameter = model.dns === 'endpoint' && resolvedName(model) !== null;
  return {
    Type: 'AWS::EC2::VPCEndpoint',
    Properties: {
      VpcEndpointType: 'Interface',
      ServiceName: model.serviceName,
      ...(model.serviceRegion !== null && { ServiceRegion: model.serviceRegion }),
      VpcId: { Ref: 'VpcId' },
      SubnetIds: { Ref: 'SubnetIds' },
      SecurityGroupIds: own,
      PrivateDnsEnabled: isParameter ? { Ref: 'PrivateDnsEnabled' } : false,
    },
  };
}

/** An entry is a hosted zone, a colon and a name (CloudFormation, AWS::EC2::VPCEndpoint). */
function dnsEntry(part: 0 | 1): Data {
  const first = { 'Fn::Select': [0, { 'Fn::GetAtt': ['Endpoint', 'DnsEntries'] }] };
  return { 'Fn::Select': [part, { 'Fn::Split': [':', first] }] };
}

function zone(model: SetupModel, name: string): { [key: string]: Data } {
  const vpcs: Data[] = [{ Ref: 'VpcId' }, ...model.dnsVpcIds];
  const arn = `arn:${model.partition}:route53:::hostedzone/\${Zone}`;
  return {
    Zone: {
      Type: 'AWS::Route53::HostedZone',
      Properties: {
        Name: name.replace(/^\*\./, ''),
        VPCs: vpcs.map((VPCId) => ({ VPCId, VPCRegion: model.region })),
      },
    },
    Record: {
      Type: 'AWS::Route53::RecordSet',
      Properties: {
        HostedZoneId: { Ref: 'Zone' },
        Name: name,
        Type: 'A',
        AliasTarget: { DNSName: dnsEntry(1), HostedZoneId: dnsEntry(0) },
      },
    },
    ...(model.dns === 'profile' && {
      Profile: {
        Type: 'AWS::Route53Profiles::ProfileResourceAssociation',
        DependsOn: 'Record',
        Properties: {
          Name: model.name,
          ProfileId: { Ref: 'ProfileId' },
          ResourceArn: { 'Fn::Sub': arn },
        },
      },
    }),
  };
}

function roleTemplate({ roleName, trustedPrincipal, externalId }: SetupProofRole): Data {
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'A role without permissions, which proves whose account this is',
    Resources: {
      ProofRole: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: roleName,
          Description: 'Proves whose account this is. It has no permissions, and needs none.',
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { AWS: trustedPrincipal },
                Action: 'sts:AssumeRole',
                Condition: { StringEquals: { 'sts:ExternalId': externalId } },
              },
            ],
          },
        },
      },
    },
    Outputs: { RoleArn: { Value: { 'Fn::GetAtt': ['ProofRole', 'Arn'] } } },
  };
}
