// Listeners of network and gateway load balancers, which forward to one target group.

import type {
  Action,
  CreateListenerInput,
  CreateListenerOutput,
  DeleteListenerInput,
  DescribeListenersInput,
  DescribeListenersOutput,
  Listener as ListenerShape,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../aws-error.ts';
import type {
  Listener,
  LoadBalancer,
  TargetGroup,
} from '../../world/load-balancing/load-balancer.ts';
import { type Call, type Given, wireValue } from '../call.ts';
import { notSimulated } from '../ec2/errors.ts';
import { checkRange, validationError } from './errors.ts';
import { ownListener, ownLoadBalancer, ownTargetGroup } from './own-resources.ts';
import { pageOf } from './pages.ts';
import { tagsOnCreate } from './tags.ts';

type CreateCall = Call<Given<CreateListenerInput, 'LoadBalancerArn' | 'DefaultActions'>>;

export function createListener(call: CreateCall): CreateListenerOutput {
  const { world, account, region, input } = call;
  const loadBalancer = ownLoadBalancer(call, input.LoadBalancerArn);
  refuseOthers(input);
  const front = frontOf(input, loadBalancer);
  const group = targetOf(call, loadBalancer, input.DefaultActions);
  checkTogether(front.protocol, group, loadBalancer);
  const tags = tagsOnCreate(world, input.Tags);
  for (const { port } of world.listeners.by('loadBalancer', loadBalancer.id)) {
    if (port !== front.port) continue;
    throw new AwsError(
      'DuplicateListenerException',
      'A listener already exists on this port for this load balancer',
    );
  }
  const hash = world.ids.text('0123456789abcdef', 16);
  const listener = world.listeners.add({
    id: `${loadBalancer.id.replace(':loadbalancer/', ':listener/')}/${hash}`,
    account,
    region,
    order: world.nextOrder(),
    loadBalancerArn: loadBalancer.id,
    targetGroupArn: group.id,
    ...front,
    tags,
  });
  return { Listeners: [listenerView(listener)] };
}

/** Of a load balancer, or by ARN. */
export function describeListeners(call: Call<DescribeListenersInput>): DescribeListenersOutput {
  const { world, input } = call;
  const { LoadBalancerArn: balancer, ListenerArns: arns } = input;
  if ((balancer === undefined) === (arns === undefined)) {
    throw validationError('Specify either a load balancer or one or more listeners');
  }
  const found =
    balancer === undefined
      ? (arns ?? []).map((arn) => ownListener(call, arn)).sort((a, b) => a.order - b.order)
      : world.listeners.by('loadBalancer', ownLoadBalancer(call, balancer).id);
  const page = pageOf(call, 'DescribeListeners', found);
  return { Listeners: page.items.map(listenerView), NextMarker: page.nextMarker };
}

export function deleteListener(call: Call<Given<DeleteListenerInput, 'ListenerArn'>>): object {
  call.world.listeners.remove(ownListener(call, call.input.ListenerArn).id);
  return {};
}

type Front = Pick<Listener, 'protocol' | 'port' | 'certificateArn' | 'sslPolicy' | 'alpnPolicy'>;

function frontOf(input: CreateListenerInput, { type }: LoadBalancer): Front {
  const { Protocol: protocol, Port: port, SslPolicy: policy, Certificates: certificates } = input;
  checkRange('port', port, [1, 65_535]);
  if (type === 'gateway') {
    if (protocol === undefined && port === undefined) return plain(undefined, undefined);
    throw validationError('Protocol and port cannot be specified for gateway load balancers');
  }
  if (port === undefined) throw validationError('A listener port must be specified');
  if (protocol === undefined || !['TCP', 'TLS', 'UDP', 'TCP_UDP'].includes(protocol)) {
    throw new AwsError(
      'UnsupportedProtocolException',
      `The protocol '${String(protocol)}' is not supported. Use TCP, TLS, UDP or TCP_UDP`,
    );
  }
  if (protocol !== 'TLS') {
    if (!certificates?.length && !policy && !input.AlpnPolicy?.length) return plain(protocol, port);
    throw validationError('Certificates, SslPolicy and AlpnPolicy are for TLS listeners only');
  }
  const [certificate, another] = certificates ?? [];
  if (!certificate?.CertificateArn || another || certificate.IsDefault !== undefined) {
    throw validationError('Exactly one certificate must be specified, without IsDefault');
  }
  return {
    ...plain(protocol, port),
    certificateArn: certificate.CertificateArn,
    sslPolicy: policy ?? 'ELBSecurityPolicy-TLS13-1-2-2021-06',
    alpnPolicy: alpnPolicy(input),
  };
}

function plain(protocol: string | undefined, port: number | undefined): Front {
  const none = { certificateArn: undefined, sslPolicy: undefined, alpnPolicy: undefined };
  return { protocol, port, ...none };
}

function alpnPolicy({ AlpnPolicy: policies }: CreateListenerInput): string | undefined {
  const [policy, another] = policies ?? [];
  if (policy === undefined) return undefined;
  const known = ['HTTP1Only', 'HTTP2Only', 'HTTP2Optional', 'HTTP2Preferred', 'None'];
  if (!another && known.includes(policy)) return policy;
  throw new AwsError('ALPNPolicyNotSupportedException', `ALPN policy '${policy}' is not supported`);
}

function refuseOthers(input: CreateListenerInput): void {
  if (input.MutualAuthentication) throw notSimulated('MutualAuthentication');
}

function targetOf(
  call: CreateCall,
  loadBalancer: LoadBalancer,
  [action, another]: readonly Action[],
): TargetGroup {
  if (!action || another) throw validationError('Exactly one default action must be specified');
  if (action.Type !== 'forward') {
    throw new AwsError(
      'InvalidLoadBalancerActionException',
      `The action '${String(action.Type)}' is not valid for ${loadBalancer.type} load balancers`,
    );
  }
  for (const name of notForForward) if (action[name] !== undefined) throw notSimulated(name);
  const { ForwardConfig: config } = action;
  if (config?.TargetGroupStickinessConfig) throw notSimulated('TargetGroupStickinessConfig');
  const [forward, second] = config?.TargetGroups ?? [];
  if (second) throw notSimulated('forwarding to several target groups');
  if (forward?.Weight !== undefined) throw notSimulated('Weight of a target group');
  const arn = action.TargetGroupArn ?? forward?.TargetGroupArn;
  if (arn === undefined) throw validationError('A target group ARN must be specified');
  const group = ownTargetGroup(call, arn);
  const users = [...call.world.listeners.by('targetGroup', group.id)];
  if (users.some(({ loadBalancerArn }) => loadBalancerArn !== loadBalancer.id)) {
    throw new AwsError(
      'TargetGroupAssociationLimitException',
      `The target group '${arn}' is associated with another load balancer`,
    );
  }
  return group;
}

const notForForward = [
  'AuthenticateOidcConfig',
  'AuthenticateCognitoConfig',
  'Order',
  'RedirectConfig',
  'FixedResponseConfig',
  'JwtValidationConfig',
] as const;

// Which listeners go with which target groups: NLB guide, listeners.
function checkTogether(
  protocol: string | undefined,
  group: TargetGroup,
  loadBalancer: LoadBalancer,
): void {
  const allowed: Readonly<Record<string, readonly string[]>> = {
    TCP: ['TCP', 'TCP_UDP'],
    TLS: ['TCP', 'TLS'],
    UDP: ['UDP', 'TCP_UDP'],
    TCP_UDP: ['TCP_UDP'],
  };
  const fits = loadBalancer.type === 'gateway' ? ['GENEVE'] : (allowed[protocol ?? ''] ?? []);
  if (!fits.includes(group.protocol)) {
    throw new AwsError(
      'IncompatibleProtocolsException',
      `The listener's protocol ${protocol ?? ''} and the target group's protocol ` +
        `${group.protocol} are incompatible`,
    );
  }
  if (group.vpcId === loadBalancer.vpcId) return;
  throw new AwsError(
    'InvalidConfigurationRequestException',
    'The target group and the load balancer must be in the same VPC',
  );
}

function listenerView(listener: Listener): ListenerShape {
  const { targetGroupArn: TargetGroupArn, certificateArn, alpnPolicy: alpn } = listener;
  return {
    ListenerArn: listener.id,
    LoadBalancerArn: listener.loadBalancerArn,
    Port: listener.port,
    Protocol: listener.protocol === undefined ? undefined : wireValue(listener.protocol),
    Certificates: certificateArn === undefined ? undefined : [{ CertificateArn: certificateArn }],
    SslPolicy: listener.sslPolicy,
    DefaultActions: [
      {
        Type: 'forward',
        TargetGroupArn,
        Order: 1,
        ForwardConfig: { TargetGroups: [{ TargetGroupArn }] },
      },
    ],
    AlpnPolicy: alpn === undefined ? undefined : [alpn],
  };
}
