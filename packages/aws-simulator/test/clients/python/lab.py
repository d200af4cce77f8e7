"""Accounts of a simulator, their unmodified boto3 clients, and expectations about answers.

Every test takes a vendor and a customer that no other test has, so that tests can share a
simulator, in any order. Needs the standard library and boto3 only, of whatever version.
"""

import itertools
import json
import os
import time
import urllib.request

import boto3
import botocore
from botocore.config import Config
from botocore.exceptions import ClientError

ENDPOINT = os.environ['SIMULATOR']
REGION = 'us-east-1'
OTHER_REGION = 'eu-west-1'

# Services that boto3 calls otherwise than their signatures do.
NAMES = {'elasticloadbalancing': 'elbv2', 'monitoring': 'cloudwatch'}

# One attempt, so that an error is the answer to the call and not to its third repetition.
ONCE = Config(retries={'mode': 'standard', 'total_max_attempts': 1})

_session = boto3.session.Session()
_vendors = itertools.count(100000000000)
_customers = itertools.count(200000000000)


class Account:
    """An account's root, or whoever has the credentials that are given."""

    def __init__(self, account_id, credentials=None):
        self.id = account_id
        self.root = f'arn:aws:iam::{account_id}:root'
        self._credentials = credentials or (account_id, 'simulator', None)
        self._clients = {}

    def client(self, service, region=REGION, config=ONCE):
        """The client of a service; the same one for the same Region and settings."""
        key = (service, region, config)
        if key not in self._clients:
            key_id, secret, token = self._credentials
            self._clients[key] = _session.client(
                service,
                region_name=region,
                endpoint_url=ENDPOINT,
                aws_access_key_id=key_id,
                aws_secret_access_key=secret,
                aws_session_token=token,
                config=config,
            )
        return self._clients[key]

    @property
    def ec2(self):
        return self.client('ec2')

    @property
    def route53(self):
        return self.client('route53')

    @property
    def sts(self):
        return self.client('sts')


class Vendor(Account):
    """A fresh vendor: load balancers, and the public zone `zone_name`."""

    def __init__(self):
        super().__init__(str(next(_vendors)))
        self.zone_name = f'vendor-{self.id}.example'

    def partner(self):
        """The account that the vendor's role `partner` trusts; no test has it as a customer."""
        return Account(f'3{self.id[1:]}')

    def zone_id(self):
        return self.route53.list_hosted_zones()['HostedZones'][0]['Id']

    def load_balancers(self, region=REGION):
        """The ARNs of the account's load balancers in a Region, in their order."""
        with urllib.request.urlopen(f'{ENDPOINT}/_simulator/load-balancers') as response:
            listed = json.load(response)['load_balancers']
        return [
            balancer['arn']
            for balancer in listed
            if balancer['account'] == self.id and balancer['region'] == region
        ]

    def offer(self, *principals, **parameters):
        """A service behind the first load balancer; its ServiceConfiguration."""
        parameters.setdefault('NetworkLoadBalancerArns', self.load_balancers()[:1])
        service = self.ec2.create_vpc_endpoint_service_configuration(**parameters)
        service = service['ServiceConfiguration']
        if principals:
            self.ec2.modify_vpc_endpoint_service_permissions(
                ServiceId=service['ServiceId'], AddAllowedPrincipals=list(principals)
            )
        return service

    def service(self, service_id):
        """The service as it is now."""
        found = self.ec2.describe_vpc_endpoint_service_configurations(ServiceIds=[service_id])
        return found['ServiceConfigurations'][0]

    def publish(self, label, value, domain=None):
        """Publishes a TXT value and waits until Route 53 says INSYNC, with boto3's waiter."""
        record = {
            'Name': f'{label}.{domain or self.zone_name}',
            'Type': 'TXT',
            'TTL': 60,
            'ResourceRecords': [{'Value': f'"{value}"'}],
        }
        change = self.route53.change_resource_record_sets(
            HostedZoneId=self.zone_id(),
            ChangeBatch={'Changes': [{'Action': 'UPSERT', 'ResourceRecordSet': record}]},
        )
        waiter = self.route53.get_waiter('resource_record_sets_changed')
        waiter.wait(Id=change['ChangeInfo']['Id'], WaiterConfig={'Delay': 0.2, 'MaxAttempts': 50})

    def verify(self, service_id):
        """Brings a service's private DNS name to `verified`."""
        dns = self.service(service_id)['PrivateDnsNameConfiguration']
        self.publish(dns['Name'], dns['Value'])
        self.ec2.start_vpc_endpoint_service_private_dns_verification(ServiceId=service_id)
        until(lambda: self.dns_state(service_id), 'verified')

    def dns_state(self, service_id):
        return self.service(service_id)['PrivateDnsNameConfiguration'].get('State')


class Customer(Account):
    """A fresh customer: a VPC with a subnet per zone, and one with DNS hostnames off."""

    def __init__(self):
        super().__init__(str(next(_customers)))

    def vpcs(self, region=REGION):
        found = self.client('ec2', region).describe_vpcs()['Vpcs']
        return [vpc['VpcId'] for vpc in found]

    def subnets(self, vpc_id=None, region=REGION):
        """Ids of the subnets of a VPC; of the first VPC by default."""
        wanted = vpc_id or self.vpcs(region)[0]
        found = self.client('ec2', region).describe_subnets(
            Filters=[{'Name': 'vpc-id', 'Values': [wanted]}]
        )
        return [subnet['SubnetId'] for subnet in found['Subnets']]

    def connect(self, service_name, **parameters):
        """An endpoint in the first subnet of the first VPC."""
        parameters.setdefault('VpcId', self.vpcs()[0])
        parameters.setdefault('SubnetIds', self.subnets()[:1])
        created = self.ec2.create_vpc_endpoint(
            VpcEndpointType='Interface', ServiceName=service_name, **parameters
        )
        return created['VpcEndpoint']

    def endpoint(self, endpoint_id):
        """The endpoint as it is now."""
        found = self.ec2.describe_vpc_endpoints(VpcEndpointIds=[endpoint_id])
        return found['VpcEndpoints'][0]

    def state(self, endpoint_id):
        return self.endpoint(endpoint_id)['State']


def until(look, wanted, seconds=15):
    """Looks until it sees what is wanted; returns every different thing it saw on the way."""
    seen = []
    deadline = time.monotonic() + seconds
    while True:
        found = look()
        if not seen or seen[-1] != found:
            seen.append(found)
        if found == wanted:
            return seen
        if time.monotonic() > deadline:
            raise AssertionError(f'waited {seconds} s for {wanted!r} and saw {seen}')
        time.sleep(0.02)


def refusal(call):
    """The error of a call that AWS refuses: its code and message."""
    try:
        answer = call()
    except ClientError as error:
        return error.response['Error']['Code'], error.response['Error']['Message']
    raise AssertionError(f'the call was expected to fail, and it answered {answer}')


def item_codes(answer):
    """The codes of a batch operation's `Unsuccessful`, by resource."""
    return {item['ResourceId']: item['Error']['Code'] for item in answer['Unsuccessful']}


def knows(client, operation, member=None):
    """Whether this version of boto3 has an operation, or an input member of it."""
    model = client.meta.service_model
    if operation not in model.operation_names:
        return False
    shape = model.operation_model(operation).input_shape
    return member is None or (shape is not None and member in shape.members)


def too_old(what):
    """The reason to skip a test that needs a newer client."""
    return f'boto3 {boto3.__version__} (botocore {botocore.__version__}) does not know {what}'
