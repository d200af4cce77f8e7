// Every probe there is. A new file of probes is named here.

import type { ProbeSet } from '../probe.ts';
import { connectionProbes } from './ec2/connections.ts';
import { connectionNotificationProbes } from './ec2/connection-notifications.ts';
import { endpointAddressProbes } from './ec2/endpoint-addresses.ts';
import { endpointChangeProbes } from './ec2/endpoint-changes.ts';
import { endpointCreationProbes } from './ec2/endpoint-creation.ts';
import { endpointListProbes } from './ec2/endpoint-lists.ts';
import { networkInterfaceChangeProbes } from './ec2/network-interface-changes.ts';
import { networkInterfaceProbes } from './ec2/network-interfaces.ts';
import { securityGroupRuleProbes } from './ec2/security-group-rules.ts';
import { securityGroupProbes } from './ec2/security-groups.ts';
import { serviceChangeProbes } from './ec2/service-changes.ts';
import { serviceConfigurationProbes } from './ec2/service-configurations.ts';
import { servicePayerProbes } from './ec2/service-payer.ts';
import { servicePermissionProbes } from './ec2/service-permissions.ts';
import { tagAndZoneProbes } from './ec2/tags-and-zones.ts';
import { vpcChangeProbes } from './ec2/vpc-changes.ts';
import { vpcProbes } from './ec2/vpcs.ts';
import { listenerProbes } from './elasticloadbalancing/listeners.ts';
import { loadBalancerProbes } from './elasticloadbalancing/load-balancers.ts';
import { balancerChangeProbes } from './elasticloadbalancing/subnets.ts';
import { targetGroupProbes } from './elasticloadbalancing/target-groups.ts';
import { targetProbes } from './elasticloadbalancing/targets.ts';
import { metricProbes } from './monitoring/metrics.ts';
import { hostedZoneProbes } from './route53/hosted-zones.ts';
import { recordProbes } from './route53/records.ts';
import { zoneOutputProbes } from './route53/zone-outputs.ts';
import { zoneVpcProbes } from './route53/zone-vpcs.ts';
import { deliveryProbes } from './sns/deliveries.ts';
import { topicProbes } from './sns/topics.ts';
import { messageProbes } from './sqs/messages.ts';
import { queueProbes } from './sqs/queues.ts';
import { identityTokenProbes } from './sts/identity-tokens.ts';
import { sessionExtraProbes } from './sts/session-extras.ts';
import { sessionProbes } from './sts/sessions.ts';

export const allProbes: ProbeSet = [
  ...serviceConfigurationProbes,
  ...serviceChangeProbes,
  ...servicePermissionProbes,
  ...servicePayerProbes,
  ...connectionProbes,
  ...connectionNotificationProbes,
  ...endpointCreationProbes,
  ...endpointChangeProbes,
  ...endpointListProbes,
  ...endpointAddressProbes,
  ...vpcProbes,
  ...vpcChangeProbes,
  ...securityGroupProbes,
  ...securityGroupRuleProbes,
  ...networkInterfaceProbes,
  ...networkInterfaceChangeProbes,
  ...tagAndZoneProbes,
  ...loadBalancerProbes,
  ...balancerChangeProbes,
  ...targetGroupProbes,
  ...targetProbes,
  ...listenerProbes,
  ...metricProbes,
  ...hostedZoneProbes,
  ...recordProbes,
  ...zoneVpcProbes,
  ...zoneOutputProbes,
  ...topicProbes,
  ...deliveryProbes,
  ...queueProbes,
  ...messageProbes,
  ...sessionProbes,
  ...sessionExtraProbes,
  ...identityTokenProbes,
];
