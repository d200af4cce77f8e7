// The setup as a script of the aws command line: what is known in front, the script itself behind.

import { setupTexts } from '../generated/setup-texts.ts';
import { roleFiles, roleSteps } from './cloudformation.ts';
import { unknownNetwork } from './placeholders.ts';
import type { Setup, SetupModel } from './model.ts';
import { oneLine, sh } from './text.ts';

export function renderAwsCli(model: SetupModel): Setup {
  const placeholders = unknownNetwork(model).filter(({ name }) => name !== 'SUBNET_IDS');
  const environment = placeholders.map(({ name }) => `${name}=${name} `).join('');
  return {
    files: [{ name: 'connect.sh', content: script(model) }, ...roleFiles(model)],
    steps: [
      ...roleSteps(model),
      {
        actor: 'customer',
        action: 'Make what is missing, wait until it is let in, and switch its private name on.',
        command: `${environment}sh connect.sh`,
      },
    ],
    placeholders,
  };
}

function script(model: SetupModel): string {
  const values: Record<string, string> = {
    name: model.name,
    account_id: model.accountId,
    partition: model.partition,
    region: model.region,
    service_name: model.serviceName,
    service_region: model.serviceRegion ?? '',
    zone_ids: model.zoneIds.join(' '),
    vpc_id: model.vpcId ?? '',
    subnet_ids: model.subnetIds.join(' '),
    security_group_ids: model.securityGroupIds.join(' '),
    client_cidrs: model.clientCidrs.join(' '),
    ports: model.ports.join(' '),
    dns: model.dns,
    private_dns_name: model.privateDnsName ?? '',
    dns_vpc_ids: model.dnsVpcIds.join(' '),
    profile_id: model.profileId ?? '',
    sallyport_url: model.sallyportUrl,
  };
  const assignments = Object.entries(values).map(([name, value]) => `${name}=${sh(value)}\n`);
  const about = `${oneLine(model.title)}: the customer's side, for account ${model.accountId}.`;
  const head = `#!/bin/sh\n# ${about}\n`;
  return head + assignments.join('') + setupTexts['aws-cli/connect.sh'];
}
