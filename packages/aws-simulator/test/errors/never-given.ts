// Why the simulator never gives a code that AWS documents. A code is named as `service:operation
// code`, in which `*` stands for every operation that documents it.

const byReason: Readonly<Record<string, readonly string[]>> = {
  'No call is unlucky here unless a fault says so': [
    'ec2:* InternalFailure',
    'ec2:* ServiceUnavailable',
    'ec2:* Unavailable',
    'monitoring:* InternalServiceFault',
  ],
  'An old signature is a SignatureDoesNotMatch, as Signature Version 4 has it': [
    'elasticloadbalancing:* RequestExpired',
    'monitoring:* RequestExpired',
    'route53:* RequestExpired',
    'sns:* RequestExpired',
    'sqs:* RequestExpired',
    'sts:* RequestExpired',
  ],
  'A service has one code for too many calls: Throttling, and RequestThrottled for SQS': [
    'route53:* ThrottlingException',
    'sqs:* Throttling',
  ],
  'Calls are performed one after another, so that two never meet in one resource': [
    'ec2:* ConcurrentTagAccess',
    'sns:* ConcurrentAccessException',
    'sns:* StaleTagException',
  ],
  'Every account of this world may use every service at once': [
    'ec2:* Blocked',
    'ec2:* OptInRequired',
    'ec2:* PendingVerification',
  ],
  'Of two codes that the error overview has for one thing, the other one is given': [
    'ec2:* InvalidPaginationToken',
    'ec2:* InvalidSecurityGroupID.NotFound',
    'ec2:* InvalidSubnetId.NotFound',
  ],
  'Endpoints for resources are refused by name': [
    'ec2:* InvalidResourceConfigurationArn.Malformed',
    'ec2:* InvalidResourceConfigurationArn.NotFound',
  ],
  'AWS does not say for which operation it is; the knob `absentPrincipal` has InvalidParameter': [
    'ec2:ModifyVpcEndpointServicePermissions InvalidTargetArn.Unknown',
  ],
  'Tag policies are not simulated': ['ec2:* TagPolicyViolation', 'sns:* TagPolicyException'],
  'Every load balancer here forwards; there are no rules, trust stores, or certificates to look up':
    [
      'elasticloadbalancing:* RuleNotFoundException',
      'elasticloadbalancing:* TrustStoreNotFoundException',
      'elasticloadbalancing:* TrustStoreNotReadyException',
      'elasticloadbalancing:* CertificateNotFoundException',
      'elasticloadbalancing:* SSLPolicyNotFoundException',
      'elasticloadbalancing:* TooManyActionsException',
      'elasticloadbalancing:* TooManyCertificatesException',
    ],
  'The quotas of load balancers are not simulated': [
    'elasticloadbalancing:* TooManyListenersException',
    'elasticloadbalancing:* TooManyLoadBalancersException',
    'elasticloadbalancing:* TooManyRegistrationsForTargetIdException',
    'elasticloadbalancing:* TooManyTargetGroupsException',
    'elasticloadbalancing:* TooManyTargetsException',
    'elasticloadbalancing:* TooManyUniqueTargetGroupsPerLoadBalancerException',
  ],
  'Elastic IP addresses and capacity reservations are refused by name, or not simulated': [
    'elasticloadbalancing:* AllocationIdNotFoundException',
    'elasticloadbalancing:* CapacityReservationPendingException',
  ],
  'Load balancers can be in every zone, and their health is always known': [
    'elasticloadbalancing:* AvailabilityZoneNotSupportedException',
    'elasticloadbalancing:* HealthUnavailableException',
  ],
  'When AWS gives it here is not documented': [
    'elasticloadbalancing:CreateLoadBalancer OperationNotPermittedException',
    'elasticloadbalancing:CreateLoadBalancer ResourceInUseException',
    'elasticloadbalancing:DeleteListener ResourceInUseException',
    'elasticloadbalancing:DescribeListeners UnsupportedProtocolException',
    'elasticloadbalancing:RemoveTags TooManyTagsException',
    'elasticloadbalancing:SetIpAddressType InvalidConfigurationRequestException',
    'route53:* PriorRequestNotComplete',
    'sns:UntagResource TagLimitExceededException',
    'sqs:SetQueueAttributes OverLimit',
  ],
  'What is not there is deleted, deregistered or described as unused without an error': [
    'elasticloadbalancing:DeleteLoadBalancer LoadBalancerNotFoundException',
    'elasticloadbalancing:DeregisterTargets InvalidTargetException',
    'elasticloadbalancing:DescribeTargetHealth InvalidTargetException',
    'sns:DeleteTopic NotFoundException',
  ],
  'There are no reusable delegation sets, so that none can be the wrong kind': [
    'route53:* DelegationSetNotReusable',
  ],
  'The request has no member that could be wrong in this way': [
    'route53:DeleteHostedZone InvalidDomainName',
    'route53:GetHostedZoneCount InvalidInput',
  ],
  'Filter policies, archives and replays are refused by name': [
    'sns:* FilterPolicyLimitExceededException',
    'sns:* ReplayLimitExceededException',
    'sns:DeleteTopic InvalidStateException',
  ],
  'The quotas of topics and subscriptions are not simulated': [
    'sns:* SubscriptionLimitExceededException',
    'sns:* TopicLimitExceededException',
  ],
  'Platform applications and their endpoints are refused by name': [
    'sns:* EndpointDisabledException',
    'sns:* PlatformApplicationDisabledException',
  ],
  'Encryption with KMS keys is refused by name': [
    'sns:* KMSAccessDeniedException',
    'sns:* KMSDisabledException',
    'sns:* KMSInvalidStateException',
    'sns:* KMSNotFoundException',
    'sns:* KMSOptInRequired',
    'sns:* KMSThrottlingException',
    'sqs:* KmsAccessDenied',
    'sqs:* KmsDisabled',
    'sqs:* KmsInvalidKeyUsage',
    'sqs:* KmsInvalidState',
    'sqs:* KmsNotFound',
    'sqs:* KmsOptInRequired',
    'sqs:* KmsThrottled',
  ],
  'Requests are taken over plain HTTP too, and signed by Signature Version 4 only': [
    'sns:* InvalidSecurityException',
    'sqs:* InvalidSecurity',
  ],
  'A queue URL of nothing is a QueueDoesNotExist': ['sqs:* InvalidAddress'],
  'What SNS finds wrong with a message is an InvalidParameterException': [
    'sns:* ValidationException',
  ],
  'Deprecated: a handle that is none is a ReceiptHandleIsInvalid': [
    'sqs:DeleteMessage InvalidIdFormat',
  ],
  'Of the token of a trusted identity provider, and ProvidedContexts are refused by name': [
    'sts:AssumeRole ExpiredTokenException',
  ],
};

/** By `service:operation code`. */
export const neverGiven: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(byReason).flatMap(([reason, places]) => places.map((place) => [place, reason])),
);
