// Values of examples about the proof of an account.

const principal = 'arn:aws:iam::111111111111:role/Sallyport';
const external = 'sallyport-cus_01kaqy0v5ne4rvk3z4m5t6w7x8';

export const proofValues: Record<string, unknown> = {
  'ProofRole.role_arn': 'arn:aws:iam::222222222222:role/sallyport-proof',
  'ProofRole.role_name': 'sallyport-proof',
  'ProofRole.external_id': external,
  access_key_id: 'AKIAIOSFODNN7EXAMPLE',
  amz_date: '20261123T120000Z',
  session_token: 'IQoJb3JpZ2luX2VjEXAMPLE',
  challenge: 'sallyport-1.Zm9yIHRoaXMgYWNjb3VudCBvbmx5',
  signature: 'b3d1c2f4a5968778695a4b3c2d1e0f00112233445566778899aabbccddeeff00',
  'Challenge.audience': 'https://sallyport.vendor.example',
  'Attestation.outcome': 'attested',
  'Attestation.error': null,
  method: 'signature',
  request_tag_key: 'sallyport-challenge',
  role_name: 'sallyport-proof',
  web_identity_token: 'eyJhbGciOiJSUzI1NiJ9.e30.c2lnbmF0dXJl',
  proof_method: 'signature',
  renews_at: null,
  required_role: 'NetworkAdmin',
  trust_policy: JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: principal },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': external } },
      },
    ],
  }),
  trusted_principal: principal,
};
