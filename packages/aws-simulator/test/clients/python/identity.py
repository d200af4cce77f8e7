"""Who a caller is: wrong credentials, STS, assumed roles, and identities proven by a URL."""

import base64
import hashlib
import json
import unittest
import urllib.error
import urllib.request

from botocore.signers import RequestSigner
from lab import ENDPOINT, OTHER_REGION, REGION, Account, Customer, Vendor, knows, refusal, too_old

CHALLENGE = 'x-vendor-challenge'


class Credentials(unittest.TestCase):
    def test_when_the_secret_is_wrong_each_service_words_it_in_its_own_way(self):
        forged = Account('x', (Vendor().id, 'guessed', None))
        self.assertEqual(refusal(forged.ec2.describe_vpcs)[0], 'AuthFailure')
        self.assertEqual(refusal(forged.sts.get_caller_identity)[0], 'SignatureDoesNotMatch')
        self.assertEqual(refusal(forged.route53.list_hosted_zones)[0], 'SignatureDoesNotMatch')

    def test_when_the_key_is_unknown_each_service_words_it_in_its_own_way(self):
        unknown = Account('x', ('AKIAUNKNOWNKEY000000', 'simulator', None))
        self.assertEqual(refusal(unknown.ec2.describe_vpcs)[0], 'AuthFailure')
        self.assertEqual(refusal(unknown.sts.get_caller_identity)[0], 'InvalidClientTokenId')
        self.assertEqual(refusal(unknown.route53.list_hosted_zones)[0], 'InvalidClientTokenId')


class Roles(unittest.TestCase):
    def setUp(self):
        self.vendor = Vendor()
        self.partner = self.vendor.partner()
        self.arn = f'arn:aws:iam::{self.vendor.id}:role/partner'

    def assume(self, account, **parameters):
        return account.sts.assume_role(
            RoleArn=self.arn, RoleSessionName='test', **parameters
        )

    def session(self, account, role, **parameters):
        """Whoever a role's session is."""
        given = account.sts.assume_role(
            RoleArn=f'arn:aws:iam::{account.id}:role/{role}', RoleSessionName='test', **parameters
        )['Credentials']
        credentials = (given['AccessKeyId'], given['SecretAccessKey'], given['SessionToken'])
        return Account(account.id, credentials)

    def test_when_a_role_may_only_read_it_reads_and_is_refused_the_rest(self):
        service = self.vendor.offer()['ServiceId']
        reader = self.session(self.vendor, 'reader')
        seen = reader.ec2.describe_vpc_endpoint_service_configurations(ServiceIds=[service])
        self.assertEqual(seen['ServiceConfigurations'][0]['ServiceId'], service)
        for call in (
            lambda: reader.ec2.modify_vpc_endpoint_service_permissions(
                ServiceId=service, AddAllowedPrincipals=['*']),
            lambda: reader.ec2.delete_vpc_endpoint_service_configurations(ServiceIds=[service]),
            lambda: reader.ec2.modify_vpc_endpoint_service_configuration(
                ServiceId=service, AcceptanceRequired=False, DryRun=True),
        ):
            self.assertEqual(refusal(call)[0], 'UnauthorizedOperation')
        code, _ = refusal(reader.route53.list_hosted_zones)
        self.assertEqual(code, 'AccessDenied')
        self.assertEqual(reader.sts.get_caller_identity()['Account'], self.vendor.id)

    def test_when_a_customer_may_not_connect_across_regions_it_is_refused(self):
        if not knows(self.vendor.ec2, 'CreateVpcEndpoint', 'ServiceRegion'):
            self.skipTest(too_old('ec2 CreateVpcEndpoint ServiceRegion'))
        customer = Customer()
        service = self.vendor.offer(customer.root, SupportedRegions=[OTHER_REGION])
        vpc = customer.vpcs(OTHER_REGION)[0]
        wanted = {
            'VpcEndpointType': 'Interface',
            'VpcId': vpc,
            'SubnetIds': customer.subnets(vpc, OTHER_REGION)[:1],
            'ServiceName': service['ServiceName'],
            'ServiceRegion': REGION,
        }
        homely = self.session(customer, 'one-region').client('ec2', OTHER_REGION)
        code, _ = refusal(lambda: homely.create_vpc_endpoint(**wanted))
        self.assertEqual(code, 'UnauthorizedOperation')
        answer = customer.client('ec2', OTHER_REGION).create_vpc_endpoint(**wanted)
        self.assertEqual(answer['VpcEndpoint']['ServiceRegion'], REGION)

    def test_when_a_role_is_assumed_with_its_external_id_its_credentials_work(self):
        answer = self.assume(self.partner, ExternalId='shared-word')
        arn = f'arn:aws:sts::{self.vendor.id}:assumed-role/partner/test'
        self.assertEqual(answer['AssumedRoleUser']['Arn'], arn)
        given = answer['Credentials']
        session = Account(self.vendor.id, (
            given['AccessKeyId'], given['SecretAccessKey'], given['SessionToken']
        ))
        identity = session.sts.get_caller_identity()
        self.assertEqual((identity['Account'], identity['Arn']), (self.vendor.id, arn))
        service = self.vendor.offer()['ServiceId']
        seen = session.ec2.describe_vpc_endpoint_service_configurations()
        self.assertEqual([one['ServiceId'] for one in seen['ServiceConfigurations']], [service])
        forged = Account('x', (given['AccessKeyId'], given['SecretAccessKey'], 'x' * 100))
        self.assertEqual(refusal(forged.ec2.describe_vpcs)[0], 'AuthFailure')

    def test_when_the_external_id_or_the_caller_is_wrong_it_is_denied(self):
        for what, account, parameters in [
            ('another external id', self.partner, {'ExternalId': 'guessed'}),
            ('no external id', self.partner, {}),
            ('a stranger', Customer(), {'ExternalId': 'shared-word'}),
        ]:
            with self.subTest(what):
                code, message = refusal(lambda: self.assume(account, **parameters))
                self.assertEqual(code, 'AccessDenied')
                self.assertIn(account.root, message)

    def test_when_the_session_is_to_last_too_long_it_is_refused(self):
        code, _ = refusal(lambda: self.assume(
            self.partner, ExternalId='shared-word', DurationSeconds=50_000
        ))
        self.assertEqual(code, 'ValidationError')


class Proofs(unittest.TestCase):
    def test_when_root_asks_who_it_is_it_is_told(self):
        customer = Customer()
        identity = customer.sts.get_caller_identity()
        self.assertEqual(identity['Account'], customer.id)
        self.assertEqual(identity['Arn'], customer.root)

    def test_when_anybody_opens_a_presigned_url_it_tells_who_signed_it(self):
        customer = Customer()
        url = customer.sts.generate_presigned_url('get_caller_identity', HttpMethod='GET')
        self.assertTrue(url.startswith(ENDPOINT))
        status, body = read(url, {'Accept': 'application/json'})
        result = json.loads(body)['GetCallerIdentityResponse']['GetCallerIdentityResult']
        self.assertEqual((status, result['Account']), (200, customer.id))
        self.assertIn(f'<Account>{customer.id}</Account>', read(url, {})[1])
        status, body = read(url.replace(customer.id, Customer().id), {})
        self.assertEqual(status, 403)
        self.assertIn('SignatureDoesNotMatch', body)

    def test_when_a_url_is_signed_for_a_challenge_it_proves_nothing_without_it(self):
        customer = Customer()
        url = presigned(customer, {CHALLENGE: 'nonce'})
        self.assertEqual(read(url, {CHALLENGE: 'nonce'})[0], 200)
        for headers in ({}, {CHALLENGE: 'another'}):
            status, body = read(url, headers)
            self.assertEqual(status, 403)
            self.assertIn('SignatureDoesNotMatch', body)


class Tokens(unittest.TestCase):
    def test_when_an_account_states_who_it_is_its_issuer_bears_it_out(self):
        customer = Customer()
        if not knows(customer.sts, 'GetWebIdentityToken'):
            self.skipTest(too_old('sts GetWebIdentityToken'))
        token = customer.sts.get_web_identity_token(
            Audience=['https://vendor.example'], SigningAlgorithm='RS256', DurationSeconds=300
        )['WebIdentityToken']
        head, body, signature = token.split('.')
        claims = json.loads(unpadded(body))
        self.assertEqual(claims['aud'], 'https://vendor.example')
        self.assertEqual(claims['https://sts.amazonaws.com/']['aws_account'], customer.id)
        self.assertEqual(claims['exp'] - claims['iat'], 300)
        status, keys = read(f'{ENDPOINT}/_simulator/oidc/{customer.id}/.well-known/jwks.json', {})
        self.assertEqual(status, 200)
        wanted = json.loads(unpadded(head))['kid']
        key = next(one for one in json.loads(keys)['keys'] if one['kid'] == wanted)
        signed = f'{head}.{body}'.encode()
        self.assertTrue(is_signed(signed, unpadded(signature), key))
        self.assertFalse(is_signed(signed + b'x', unpadded(signature), key))


def unpadded(text):
    return base64.urlsafe_b64decode(text + '=' * (-len(text) % 4))


def is_signed(message, signature, key):
    """RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, 8.2.2)."""
    modulus, exponent = (int.from_bytes(unpadded(key[part]), 'big') for part in ('n', 'e'))
    size = (modulus.bit_length() + 7) // 8
    found = pow(int.from_bytes(signature, 'big'), exponent, modulus).to_bytes(size, 'big')
    algorithm = bytes.fromhex('3031300d060960864801650304020105000420')
    ending = algorithm + hashlib.sha256(message).digest()
    padding = b'\xff' * (size - len(ending) - 3)
    return found == b'\x00\x01' + padding + b'\x00' + ending


def presigned(account, headers):
    """A URL as `aws eks get-token` makes it, bound to signed headers."""
    sts = account.sts
    signer = RequestSigner(
        sts.meta.service_model.service_id, REGION, 'sts', 'v4',
        sts._request_signer._credentials, sts.meta.events,
    )
    request = {
        'method': 'GET',
        'url': f'{ENDPOINT}/?Action=GetCallerIdentity&Version=2011-06-15',
        'body': {},
        'headers': headers,
        'context': {},
    }
    return signer.generate_presigned_url(
        request, region_name=REGION, expires_in=60, operation_name=''
    )


def read(url, headers):
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


if __name__ == '__main__':
    unittest.main()
