// Output members of load balancers and metrics that are never seen, and why.

import type { Unseen } from './unseen.ts';

const balancing = 'elasticloadbalancing';
const actions = [
  'AuthenticateOidcConfig',
  'AuthenticateCognitoConfig',
  'RedirectConfig',
  'FixedResponseConfig',
  'ForwardConfig.TargetGroups.Weight',
  'ForwardConfig.TargetGroupStickinessConfig',
  'JwtValidationConfig',
];
const zones = ['LoadBalancers.AvailabilityZones', 'AvailabilityZones'];

export const unseenBalancerOutputs: readonly Unseen[] = [
  {
    operations: ['CreateListener', 'DescribeListeners'].map((name) => `${balancing}:${name}`),
    members: [
      ...actions.map((name) => `Listeners.DefaultActions.${name}`),
      'Listeners.MutualAuthentication',
      'Listeners.Certificates.IsDefault',
    ],
    reason: 'listeners forward to one target group here, and anything else is refused',
  },
  {
    operations: [`${balancing}:CreateLoadBalancer`],
    members: ['LoadBalancers.State.Reason'],
    reason: 'a load balancer that was just made is in no trouble',
  },
  {
    operations: ['CreateLoadBalancer', 'DescribeLoadBalancers', 'SetSubnets'].map(
      (name) => `${balancing}:${name}`,
    ),
    members: [
      ...zones.flatMap((zone) => [
        `${zone}.OutpostId`,
        `${zone}.LoadBalancerAddresses`,
        `${zone}.SourceNatIpv6Prefixes`,
      ]),
      'LoadBalancers.CustomerOwnedIpv4Pool',
      'LoadBalancers.IpamPools',
    ],
    reason: 'load balancers have no fixed addresses, pools or Outposts here, and they are refused',
  },
  {
    operations: ['CreateTargetGroup', 'DescribeTargetGroups', 'ModifyTargetGroup'].map(
      (name) => `${balancing}:${name}`,
    ),
    members: ['Matcher.GrpcCode', 'ProtocolVersion', 'TargetControlPort'].map(
      (name) => `TargetGroups.${name}`,
    ),
    reason: 'they are for application load balancers, and refused',
  },
  {
    operations: [`${balancing}:DescribeTargetHealth`],
    members: [
      'TargetHealthDescriptions.Target.QuicServerId',
      'TargetHealthDescriptions.AnomalyDetection',
    ],
    reason: 'QUIC and anomaly detection are refused',
  },
  {
    operations: ['monitoring:GetMetricData'],
    members: ['MetricDataResults.Messages', 'Messages'],
    reason: 'there is nothing that CloudWatch would have to say about these values',
  },
  {
    operations: ['monitoring:GetMetricStatistics', 'monitoring:ListMetrics'],
    members: ['Datapoints.ExtendedStatistics', 'OwningAccounts'],
    reason: 'percentiles and linked accounts are refused',
  },
  {
    operations: ['ec2:DescribeVpcEndpointConnections'],
    members: ['VpcEndpointConnections.GatewayLoadBalancerArns'],
    reason: 'endpoints of Gateway Load Balancers are refused',
  },
];
