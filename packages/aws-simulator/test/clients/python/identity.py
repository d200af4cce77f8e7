"""Who a caller is: wrong credentials, STS, assumed roles, and identities proven by a URL."""

import json
import unittest
import urllib.error
import urllib.request

from botocore.signers import RequestSigner
from lab import ENDPOINT, REGION, Account, Customer, Vendor, refusal

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
