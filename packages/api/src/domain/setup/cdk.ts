// The setup as an app of the AWS CDK: what is known as data in front, the stack itself behind.

import { setupTexts } from '../generated/setup-texts.ts';
import { roleFiles, roleSteps } from './cloudformation.ts';
import { unknownClients, unknownNetwork } from './placeholders.ts';
import { resolvedName, type Setup, type SetupModel } from './model.ts';
import { jsonText, oneLine } from './text.ts';

export function renderCdk(model: SetupModel): Setup {
  const placeholders = [...unknownNetwork(model), ...unknownClients(model)];
  const deploy = 'npx cdk deploy --app "npx tsx endpoint-stack.ts"';
  const isTwice = model.dns === 'endpoint' && resolvedName(model) !== null;
  const again: Setup['steps'] = [
    {
      actor: 'customer',
      action: 'Once the vendor has let the endpoint in, switch the private name on.',
      command: `${deploy} -c privateDns=on`,
    },
  ];
  return {
    files: [{ name: 'endpoint-stack.ts', content: app(model) }, ...roleFiles(model)],
    steps: [
      ...roleSteps(model),
      {
        actor: 'customer',
        action: 'Get what it is written with.',
        command: 'npm install aws-cdk-lib constructs aws-cdk tsx',
      },
      { actor: 'customer', action: 'Make the endpoint.', command: deploy },
      ...(isTwice ? again : []),
    ],
    placeholders,
  };
}

function app(model: SetupModel): string {
  const { accountId, region, partition, name, serviceName, serviceRegion, ports, dns } = model;
  const { securityGroupIds, dnsVpcIds, privateDnsName } = model;
  const clients = model.clientCidrs.length > 0 ? model.clientCidrs : ['CLIENT_CIDR'];
  const known = {
    name,
    accountId,
    region,
    partition,
    serviceName,
    serviceRegion,
    vpcId: model.vpcId ?? 'VPC_ID',
    subnetIds: model.subnetIds.length > 0 ? model.subnetIds : ['SUBNET_IDS'],
    securityGroupIds,
    clientCidrs: clients,
    ports,
    dns,
    privateDnsName,
    dnsVpcIds,
    profileId: model.profileId ?? (dns === 'profile' ? 'PROFILE_ID' : ''),
  };
  const head = `// ${oneLine(model.title)}: the customer's side, for account ${accountId}.\n\n`;
  const data = `\ninterface Setup {${shape}}\n\nconst setup: Setup = ${jsonText(known, 2)};\n`;
  const [imports, ...rest] = setupTexts['cdk/endpoint-stack.ts.txt'].split('\n\n');
  return `${head}${imports}\n${data}\n${rest.join('\n\n')}`;
}

const shape = `
  name: string;
  accountId: string;
  region: string;
  partition: string;
  serviceName: string;
  serviceRegion: string | null;
  vpcId: string;
  subnetIds: string[];
  securityGroupIds: string[];
  clientCidrs: string[];
  ports: number[];
  dns: 'endpoint' | 'hosted-zone' | 'profile' | 'none';
  privateDnsName: string | null;
  dnsVpcIds: string[];
  profileId: string;
`;
