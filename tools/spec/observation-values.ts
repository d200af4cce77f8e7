// Those values of the contract's examples that tell of what a customer sees.

const name = 'api.vendor.example';
const random = '0Ab1Cd2Ef3Gh4Ij5Kl6Mn7Op8Qr9St0Uv1Wx2Yz3Ab4Cd5Ef6';

export const observationValues: Record<string, unknown> = {
  'NetworkObservation.private_dns_enabled': true,
  'Connection.dns': 'endpoint',
  'ConnectionUpdate.dns': 'hosted-zone',
  dns_support: true,
  dns_hostnames: true,
  vpc_id: 'vpc-0a1b2c3d4e5f60718',
  vantage: 'bastion in 10.0.1.0/24',
  addresses: ['10.0.1.17'],
  address: '10.0.1.17',
  resolver: '10.0.0.2',
  scope: 'private',
  'DnsObservation.name': name,
  'DnsObservation.outcome': 'answered',
  'ObservedDns.name': name,
  'ObservedDns.outcome': 'answered',
  'TcpObservation.outcome': 'connected',
  'TlsObservation.outcome': 'negotiated',
  'TlsObservation.version': 'TLSv1.3',
  alpn: 'h2',
  server_name: name,
  port: 443,
  latency_ms: 3,
  names: [name],
  trusted: true,
  'SecurityGroupsObservation.ids': ['sg-0a1b2c3d4e5f60718'],
  ingress: 'open',
  egress: 'open',
  source: 'customer',
  received_at: '2026-11-23T12:00:00Z',
  'ObservationToken.expires_at': '2026-11-23T12:15:00Z',
  'ObservationToken.token': `sallyport_observation_${random}`,
  'ObservationUpload.token': `sallyport_observation_${random}`,
};
