"""Every refusal that a provider of an endpoint service meets, by its code."""

import unittest

from lab import OTHER_REGION, Customer, Vendor, item_codes, until
from tables import Case, play, stripped

ABSENT_SERVICE = 'vpce-svc-0123456789abcdef0'
ABSENT_ENDPOINT = 'vpce-0123456789abcdef0'
NO_SERVICE = 'InvalidVpcEndpointServiceId.NotFound'
ARN = 'arn:aws:elasticloadbalancing:us-east-1:{}:loadbalancer/net/absent/0123456789abcdef'


class Scene:
    """A service with a connection in each state, and one without name and connections."""

    def __init__(self):
        self.vendor = Vendor()
        self.customer = Customer()
        self.balancers = self.vendor.load_balancers()
        self.service = self.vendor.offer(
            self.customer.root, PrivateDnsName=f'api.{self.vendor.zone_name}'
        )
        self.id = self.service['ServiceId']
        self.unnamed = self.vendor.offer(NetworkLoadBalancerArns=self.balancers[1:2])['ServiceId']
        connect = self.customer.connect
        self.waiting, self.live, self.rejected = (
            connect(self.service['ServiceName'])['VpcEndpointId'] for _ in range(3)
        )
        self.decide('accept', self.live)
        self.decide('reject', self.rejected)
        until(lambda: self.customer.state(self.live), 'available')

    @property
    def ec2(self):
        return self.vendor.ec2

    def decide(self, verb, *endpoint_ids, service_id=None):
        decide = getattr(self.ec2, f'{verb}_vpc_endpoint_connections')
        return decide(ServiceId=service_id or self.id, VpcEndpointIds=list(endpoint_ids))

    def create(self, **parameters):
        return self.ec2.create_vpc_endpoint_service_configuration(**parameters)

    def create_on(self, *arns, **parameters):
        return self.create(NetworkLoadBalancerArns=list(arns), **parameters)

    def describe(self, **parameters):
        return self.ec2.describe_vpc_endpoint_service_configurations(**parameters)

    def modify(self, service_id=None, **parameters):
        return self.ec2.modify_vpc_endpoint_service_configuration(
            ServiceId=service_id or self.id, **parameters
        )

    def allow(self, *principals, service_id=None):
        return self.ec2.modify_vpc_endpoint_service_permissions(
            ServiceId=service_id or self.id, AddAllowedPrincipals=list(principals)
        )

    def look(self):
        return [
            stripped(self.describe()),
            stripped(self.ec2.describe_vpc_endpoint_connections()),
            stripped(self.ec2.describe_vpc_endpoint_service_permissions(ServiceId=self.id)),
            stripped(self.ec2.describe_tags()),
        ]


CREATE = [
    Case('no load balancer', ('InvalidParameter', 'MissingParameter'), lambda s: s.create()),
    Case('an ARN that is none', 'InvalidNetworkLoadBalancerArn.Malformed',
         lambda s: s.create_on('arn:aws:nothing')),
    Case('an application load balancer', 'InvalidNetworkLoadBalancerArn.Malformed',
         lambda s: s.create_on(ARN.format(s.vendor.id).replace('/net/', '/app/'))),
    Case('a load balancer that is not there', 'InvalidNetworkLoadBalancerArn.NotFound',
         lambda s: s.create_on(ARN.format(s.vendor.id))),
    Case("another account's load balancer", 'InvalidNetworkLoadBalancerArn.NotFound',
         lambda s: s.create_on(Vendor().load_balancers()[0])),
    Case("another Region's load balancer", 'InvalidNetworkLoadBalancerArn.NotFound',
         lambda s: s.create_on(s.vendor.load_balancers(OTHER_REGION)[0])),
    Case("another service's load balancer", 'InvalidParameter',
         lambda s: s.create_on(s.balancers[0]), 'already associated with another'),
    Case('a private name in capitals', 'InvalidParameter',
         lambda s: s.create_on(s.balancers[2], PrivateDnsName='API.vendor.example')),
    Case('a private name with a label of 64', 'InvalidParameter',
         lambda s: s.create_on(s.balancers[2], PrivateDnsName=f'{"a" * 64}.example')),
    Case('IPv6 without dualstack load balancers', 'InvalidParameter',
         lambda s: s.create_on(s.balancers[2], SupportedIpAddressTypes=['ipv6'])),
    Case('an address type that is none', ('InvalidParameterValue', 'InvalidParameter'),
         lambda s: s.create_on(s.balancers[2], SupportedIpAddressTypes=['ipv5'])),
    Case('a Region that is none', ('InvalidParameterValue', 'InvalidParameter'),
         lambda s: s.create_on(s.balancers[2], SupportedRegions=['mars-north-1']),
         needs=('CreateVpcEndpointServiceConfiguration', 'SupportedRegions')),
    Case('a token of 65 characters', 'InvalidClientToken',
         lambda s: s.create_on(s.balancers[2], ClientToken='x' * 65)),
    Case('tags of another resource type', 'InvalidParameterValue',
         lambda s: s.create_on(s.balancers[2], TagSpecifications=[
             {'ResourceType': 'vpc', 'Tags': [{'Key': 'a', 'Value': 'b'}]}])),
    Case('a tag that AWS keeps for itself', 'InvalidParameterValue',
         lambda s: s.create_on(s.balancers[2], TagSpecifications=[
             {'ResourceType': 'vpc-endpoint-service',
              'Tags': [{'Key': 'aws:a', 'Value': 'b'}]}])),
]

DESCRIBE = [
    Case('a service that is not there', NO_SERVICE,
         lambda s: s.describe(ServiceIds=[ABSENT_SERVICE])),
    Case('a service of another account', NO_SERVICE,
         lambda s: s.describe(ServiceIds=[Vendor().offer()['ServiceId']])),
    Case('a service of another Region', NO_SERVICE,
         lambda s: s.vendor.client('ec2', OTHER_REGION)
         .describe_vpc_endpoint_service_configurations(ServiceIds=[s.id])),
    # The error overview prints the first; the other is what it most likely means.
    Case('an id that is none',
         ('InvalidVpcEndpointServiceIdId.Malformed', 'InvalidVpcEndpointServiceId.Malformed'),
         lambda s: s.describe(ServiceIds=['vpce-svc-x'])),
    Case('a filter that is none', 'InvalidFilter',
         lambda s: s.describe(Filters=[{'Name': 'vpc-id', 'Values': ['x']}]),
         "The filter 'vpc-id' is invalid"),
    Case('a token that nobody gave', ('InvalidNextToken', 'InvalidPaginationToken'),
         lambda s: s.describe(NextToken='x')),
    Case('a page of 4', ('InvalidMaxResults', 'InvalidParameterValue'),
         lambda s: s.describe(MaxResults=4)),
    Case('connections by a filter that is none', 'InvalidFilter',
         lambda s: s.ec2.describe_vpc_endpoint_connections(
             Filters=[{'Name': 'tag:a', 'Values': ['x']}])),
    Case('connections in a page of 4', ('InvalidMaxResults', 'InvalidParameterValue'),
         lambda s: s.ec2.describe_vpc_endpoint_connections(MaxResults=4)),
    Case('permissions of a service that is not there', NO_SERVICE,
         lambda s: s.ec2.describe_vpc_endpoint_service_permissions(ServiceId=ABSENT_SERVICE)),
    Case('permissions by a filter that is none', 'InvalidFilter',
         lambda s: s.ec2.describe_vpc_endpoint_service_permissions(
             ServiceId=s.id, Filters=[{'Name': 'owner', 'Values': ['x']}])),
]

MODIFY = [
    Case('a service that is not there', NO_SERVICE,
         lambda s: s.modify(ABSENT_SERVICE, AcceptanceRequired=False)),
    Case('a new private name and none', 'InvalidParameterCombination',
         lambda s: s.modify(PrivateDnsName='a.vendor.example', RemovePrivateDnsName=True)),
    Case('a load balancer taken from live connections', 'ExistingVpcEndpointConnections',
         lambda s: s.modify(AddNetworkLoadBalancerArns=s.balancers[2:3],
                            RemoveNetworkLoadBalancerArns=s.balancers[:1])),
    Case('the last load balancer', 'InvalidParameter',
         lambda s: s.modify(s.unnamed, RemoveNetworkLoadBalancerArns=s.balancers[1:2])),
    Case('a load balancer that it does not have', 'InvalidParameter',
         lambda s: s.modify(s.unnamed, RemoveNetworkLoadBalancerArns=s.balancers[2:3])),
    Case("another service's load balancer", 'InvalidParameter',
         lambda s: s.modify(AddNetworkLoadBalancerArns=s.balancers[1:2])),
    Case('a private name in capitals', 'InvalidParameter',
         lambda s: s.modify(PrivateDnsName='API.vendor.example')),
    Case('its own Region taken away', 'InvalidParameter',
         lambda s: s.modify(RemoveSupportedRegions=['us-east-1']),
         needs=('ModifyVpcEndpointServiceConfiguration', 'RemoveSupportedRegions')),
    Case('permissions of a service that is not there', NO_SERVICE,
         lambda s: s.allow('*', service_id=ABSENT_SERVICE)),
    Case('a principal that is a group', 'UnknownPrincipalType.Unsupported',
         lambda s: s.allow(f'arn:aws:iam::{s.customer.id}:group/network')),
    Case('a principal with a path', ('InvalidParameter', 'InvalidParameterValue'),
         lambda s: s.allow(f'arn:aws:iam::{s.customer.id}:role/team/network'), 'path'),
    Case('a good principal and a bad one', ('InvalidParameter', 'InvalidParameterValue'),
         lambda s: s.allow('*', 'somebody')),
    Case('acceptance for a service that is not there', NO_SERVICE,
         lambda s: s.decide('accept', s.waiting, service_id=ABSENT_SERVICE)),
    Case('rejection for a service that is not there', NO_SERVICE,
         lambda s: s.decide('reject', s.waiting, service_id=ABSENT_SERVICE)),
    Case('verification of a service that is not there', NO_SERVICE,
         lambda s: s.ec2.start_vpc_endpoint_service_private_dns_verification(
             ServiceId=ABSENT_SERVICE)),
    Case('verification without a private name', 'InvalidParameter',
         lambda s: s.ec2.start_vpc_endpoint_service_private_dns_verification(
             ServiceId=s.unnamed)),
]

TAGS = [
    Case('tags on what is not there', 'InvalidID',
         lambda s: s.ec2.create_tags(Resources=[s.id, ABSENT_SERVICE],
                                     Tags=[{'Key': 'a', 'Value': 'b'}])),
    Case('51 tags', 'TagLimitExceeded',
         lambda s: s.ec2.create_tags(
             Resources=[s.id], Tags=[{'Key': f'k{n}', 'Value': ''} for n in range(51)])),
    Case('tags taken from what is not there', 'InvalidID',
         lambda s: s.ec2.delete_tags(Resources=[ABSENT_SERVICE])),
]


class ProviderErrors(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scene = Scene()

    def test_when_a_service_is_created_wrongly_it_is_refused(self):
        play(self, CREATE, self.scene)

    def test_when_services_are_described_wrongly_it_is_refused(self):
        play(self, DESCRIBE, self.scene)

    def test_when_a_service_is_changed_wrongly_it_is_refused_and_not_changed(self):
        play(self, MODIFY, self.scene)

    def test_when_tags_are_wrong_it_is_refused(self):
        play(self, TAGS, self.scene)

    def test_when_a_decision_fails_for_an_endpoint_the_answer_lists_it(self):
        scene = Scene()
        absent = {ABSENT_ENDPOINT: 'InvalidVpcEndpointId.NotFound'}
        # The error overview has two codes for a wrong state, and does not say which one.
        wrong_state = ('InvalidState', 'IncorrectState')
        accepted = item_codes(
            scene.decide('accept', scene.waiting, scene.rejected, ABSENT_ENDPOINT)
        )
        self.assertIn(accepted.pop(scene.rejected), wrong_state)
        self.assertEqual(accepted, absent)
        self.assertIn(scene.customer.state(scene.waiting), ('pending', 'available'))
        rejected = item_codes(scene.decide('reject', ABSENT_ENDPOINT, scene.live))
        self.assertEqual(rejected, absent)
        self.assertEqual(scene.customer.state(scene.live), 'rejected')

    def test_when_a_deletion_fails_for_a_service_the_answer_lists_it(self):
        scene = self.scene
        gone = scene.create_on(scene.balancers[3])['ServiceConfiguration']['ServiceId']
        answer = scene.ec2.delete_vpc_endpoint_service_configurations(
            ServiceIds=[gone, ABSENT_SERVICE, scene.id]
        )
        self.assertEqual(item_codes(answer), {
            ABSENT_SERVICE: 'InvalidVpcEndpointService.NotFound',
            scene.id: 'ExistingVpcEndpointConnections',
        })
        until(lambda: gone in str(scene.describe()), False)


if __name__ == '__main__':
    unittest.main()
