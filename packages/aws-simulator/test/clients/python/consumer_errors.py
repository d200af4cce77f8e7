"""Every refusal that a consumer of an endpoint service meets, by its code."""

import unittest

from botocore.config import Config
from lab import ONCE, OTHER_REGION, Customer, Vendor, item_codes, refusal, until
from tables import Case, play, stripped

ABSENT = '0123456789abcdef0'
# What boto3 would refuse to send is sent, and the service refuses it.
UNCHECKED = Config(parameter_validation=False)


class Scene:
    """A verified service and its live endpoint, an unverified one, an unnamed one, one abroad."""

    def __init__(self):
        self.vendor = Vendor()
        self.customer = Customer()
        balancers = self.vendor.load_balancers()
        zone = self.vendor.zone_name
        self.verified, self.unverified, self.unnamed = (
            self.vendor.offer(
                self.customer.root,
                NetworkLoadBalancerArns=[balancers[number]],
                AcceptanceRequired=False,
                **({'PrivateDnsName': name} if name else {}),
            )
            for number, name in enumerate([f'api.{zone}', f'b.{zone}', None])
        )
        self.vendor.verify(self.verified['ServiceId'])
        self.strict = self.vendor.offer(
            self.customer.root,
            NetworkLoadBalancerArns=[balancers[3]],
            PrivateDnsName=f'strict.{zone}',
        )
        self.vendor.verify(self.strict['ServiceId'])
        self.abroad = self.offer_abroad()
        self.vpc, self.other_vpc = self.customer.vpcs()
        self.live = self.customer.connect(self.name, PrivateDnsEnabled=True)['VpcEndpointId']
        self.waiting = self.customer.connect(self.strict['ServiceName'])['VpcEndpointId']
        until(lambda: self.customer.state(self.live), 'available')

    def offer_abroad(self):
        ec2 = self.vendor.client('ec2', OTHER_REGION)
        service = ec2.create_vpc_endpoint_service_configuration(
            NetworkLoadBalancerArns=self.vendor.load_balancers(OTHER_REGION)
        )['ServiceConfiguration']
        ec2.modify_vpc_endpoint_service_permissions(
            ServiceId=service['ServiceId'], AddAllowedPrincipals=[self.customer.root]
        )
        return service['ServiceName']

    @property
    def ec2(self):
        return self.customer.ec2

    @property
    def name(self):
        return self.verified['ServiceName']

    def connect(self, service_name=None, **parameters):
        return self.customer.connect(service_name or self.unnamed['ServiceName'], **parameters)

    def create(self, **parameters):
        return self.ec2.create_vpc_endpoint(
            VpcId=self.vpc, ServiceName=self.unnamed['ServiceName'], **parameters
        )

    def connect_abroad(self, number):
        vpc = self.customer.vpcs(OTHER_REGION)[0]
        ec2 = self.customer.client('ec2', OTHER_REGION)
        subnets = ec2.describe_subnets(
            Filters=[{'Name': 'availability-zone-id', 'Values': [f'euw1-az{number}']}]
        )['Subnets']
        return ec2.create_vpc_endpoint(
            VpcEndpointType='Interface', VpcId=vpc, ServiceName=self.abroad,
            SubnetIds=[subnets[0]['SubnetId']],
        )

    def subnets_in(self, zone_id):
        found = self.ec2.describe_subnets(Filters=[
            {'Name': 'vpc-id', 'Values': [self.other_vpc]},
            {'Name': 'availability-zone-id', 'Values': [zone_id]},
        ])['Subnets']
        return [subnet['SubnetId'] for subnet in found]

    def security_group(self, vpc):
        found = self.ec2.describe_security_groups(Filters=[{'Name': 'vpc-id', 'Values': [vpc]}])
        return found['SecurityGroups'][0]['GroupId']

    def modify(self, endpoint_id, **parameters):
        return self.ec2.modify_vpc_endpoint(VpcEndpointId=endpoint_id, **parameters)

    def look(self):
        return [
            stripped(self.ec2.describe_vpc_endpoints()),
            stripped(self.ec2.describe_network_interfaces()),
            stripped(self.ec2.describe_subnets()),
        ]


SERVICE = [
    Case('a name that is none', 'InvalidServiceName', lambda s: s.connect('x'), 'does not exist'),
    Case('a service that does not allow it', 'InvalidServiceName',
         lambda s: s.connect(Vendor().offer()['ServiceName']), 'does not exist'),
    Case('a service of another Region', 'InvalidServiceName', lambda s: s.connect(s.abroad)),
    Case('a service without the zone of the subnet', 'InvalidParameter',
         lambda s: s.connect_abroad(3), 'does not support the availability zone of the subnet'),
    Case('a look at a service that does not allow it', 'InvalidServiceName',
         lambda s: s.ec2.describe_vpc_endpoint_services(
             ServiceNames=[Vendor().offer()['ServiceName']]), 'does not exist'),
    Case('a look by a filter that is none', 'InvalidFilter',
         lambda s: s.ec2.describe_vpc_endpoint_services(
             Filters=[{'Name': 'vpc-id', 'Values': ['x']}])),
]

PRIVATE_NAMES = [
    Case('a service without a private name', 'InvalidParameter',
         lambda s: s.connect(PrivateDnsEnabled=True), 'does not provide a private DNS name.'),
    Case('a name that is not verified', 'InvalidParameter',
         lambda s: s.connect(s.unverified['ServiceName'], PrivateDnsEnabled=True),
         'has not verified the private DNS name.'),
    Case('a name that the VPC has already', 'InvalidParameter',
         lambda s: s.connect(s.name, PrivateDnsEnabled=True), 'already a conflicting DNS domain'),
    Case('a VPC without DNS hostnames', 'InvalidParameter',
         lambda s: s.connect(s.name, PrivateDnsEnabled=True, VpcId=s.other_vpc,
                             SubnetIds=s.subnets_in('use1-az2')),
         'enableDnsSupport and enableDnsHostnames'),
    # That it fails is known, its code is not.
    Case('a connection that must be accepted first', ('InvalidParameter', 'OperationNotPermitted'),
         lambda s: s.connect(s.strict['ServiceName'], PrivateDnsEnabled=True)),
    Case('a connection that waits', ('InvalidParameter', 'OperationNotPermitted'),
         lambda s: s.modify(s.waiting, PrivateDnsEnabled=True)),
]

NETWORK = [
    Case('a VPC that is not there', 'InvalidVpcID.NotFound',
         lambda s: s.connect(VpcId=f'vpc-{ABSENT}')),
    Case('a VPC id that is none', 'InvalidVpcID.Malformed', lambda s: s.connect(VpcId='vpc-x')),
    Case("another account's VPC", 'InvalidVpcID.NotFound',
         lambda s: s.connect(VpcId=Customer().vpcs()[0])),
    Case('a subnet that is not there', ('InvalidSubnetID.NotFound', 'InvalidSubnetId.NotFound'),
         lambda s: s.connect(SubnetIds=[f'subnet-{ABSENT}'])),
    Case('a subnet id that is none', ('InvalidSubnetID.Malformed', 'InvalidSubnetId.Malformed'),
         lambda s: s.connect(SubnetIds=['subnet-x'])),
    Case('a subnet of another VPC', 'InvalidParameter',
         lambda s: s.connect(SubnetIds=s.subnets_in('use1-az2'))),
    Case('two subnets in one zone', 'DuplicateSubnetsInSameZone',
         lambda s: s.connect(VpcId=s.other_vpc, SubnetIds=s.subnets_in('use1-az1')[:2])),
    Case('a subnet that is full', 'InsufficientFreeAddressesInSubnet',
         lambda s: s.connect(VpcId=s.other_vpc, SubnetIds=s.subnets_in('use1-az4'))),
    Case('a group that is not there', ('InvalidGroup.NotFound', 'InvalidSecurityGroupID.NotFound'),
         lambda s: s.connect(SecurityGroupIds=[f'sg-{ABSENT}'])),
    Case('a group id that is none', ('InvalidGroupId.Malformed', 'InvalidGroup.Malformed',
                                     'InvalidSecurityGroupId.Malformed'),
         lambda s: s.connect(SecurityGroupIds=['sg-x'])),
    Case('a group of another VPC', 'InvalidParameter',
         lambda s: s.connect(SecurityGroupIds=[s.security_group(s.other_vpc)])),
]

PARAMETERS = [
    Case('a type that is none', ('InvalidVpcEndpointType', 'InvalidParameterValue'),
         lambda s: s.create(VpcEndpointType='Exterior')),
    Case('the default type, which is a gateway', 'InvalidParameter', lambda s: s.create()),
    Case('a policy that is none', 'InvalidPolicyDocument',
         lambda s: s.connect(PolicyDocument='{')),
    Case('an address type that the service lacks', 'InvalidParameter',
         lambda s: s.connect(IpAddressType='dualstack')),
    Case('no VPC', 'MissingParameter',
         lambda s: s.customer.client('ec2', config=ONCE.merge(UNCHECKED)).create_vpc_endpoint(
             VpcEndpointType='Interface', ServiceName=s.name)),
    Case('a token of 65 characters', 'InvalidClientToken',
         lambda s: s.connect(ClientToken='x' * 65)),
]

MODIFY = [
    Case('an endpoint that is not there', 'InvalidVpcEndpointId.NotFound',
         lambda s: s.modify(f'vpce-{ABSENT}', PrivateDnsEnabled=False)),
    Case('an endpoint id that is none', 'InvalidVpcEndpointId.Malformed',
         lambda s: s.modify('vpce-x', PrivateDnsEnabled=False)),
    Case('a look at an endpoint that is not there', 'InvalidVpcEndpointId.NotFound',
         lambda s: s.customer.endpoint(f'vpce-{ABSENT}')),
    Case('a look at an endpoint id that is none', 'InvalidVpcEndpointId.Malformed',
         lambda s: s.customer.endpoint('vpce-x')),
    Case("a look at another account's endpoint", 'InvalidVpcEndpointId.NotFound',
         lambda s: Customer().endpoint(s.live)),
    Case('a second subnet in its zone', ('DuplicateSubnetsInSameZone', 'InvalidParameter'),
         lambda s: s.modify(s.live, AddSubnetIds=s.subnets_in('use1-az1')[:1])),
    Case('its last security group', 'InvalidParameter',
         lambda s: s.modify(s.live, RemoveSecurityGroupIds=[s.security_group(s.vpc)])),
    Case('a new policy and none', 'InvalidParameterCombination',
         lambda s: s.modify(s.live, PolicyDocument='{}', ResetPolicy=True)),
    Case('a route table', 'InvalidParameter',
         lambda s: s.modify(s.live, AddRouteTableIds=[f'rtb-{ABSENT}'])),
]

LOOK = [
    Case('a VPC', 'InvalidVpcID.NotFound',
         lambda s: s.ec2.describe_vpcs(VpcIds=[f'vpc-{ABSENT}'])),
    Case("a VPC's attribute", 'InvalidVpcID.NotFound',
         lambda s: s.ec2.describe_vpc_attribute(
             VpcId=f'vpc-{ABSENT}', Attribute='enableDnsSupport')),
    Case('a subnet', ('InvalidSubnetID.NotFound', 'InvalidSubnetId.NotFound'),
         lambda s: s.ec2.describe_subnets(SubnetIds=[f'subnet-{ABSENT}'])),
    Case('a security group', ('InvalidGroup.NotFound', 'InvalidSecurityGroupID.NotFound'),
         lambda s: s.ec2.describe_security_groups(GroupIds=[f'sg-{ABSENT}'])),
    Case('a network interface', 'InvalidNetworkInterfaceID.NotFound',
         lambda s: s.ec2.describe_network_interfaces(NetworkInterfaceIds=[f'eni-{ABSENT}'])),
    Case('ids and a page', 'InvalidParameterCombination',
         lambda s: s.ec2.describe_network_interfaces(
             NetworkInterfaceIds=[f'eni-{ABSENT}'], MaxResults=5)),
    Case('a filter that is none', ('InvalidFilter', 'InvalidParameterValue'),
         lambda s: s.ec2.describe_vpc_endpoints(Filters=[{'Name': 'owner', 'Values': ['x']}])),
    Case('a zone', ('InvalidParameterValue', 'InvalidAvailabilityZone'),
         lambda s: s.ec2.describe_availability_zones(ZoneIds=['use1-az99'])),
]


class ConsumerErrors(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scene = Scene()

    def test_when_the_service_is_wrong_it_is_refused(self):
        play(self, SERVICE, self.scene)

    def test_when_private_dns_cannot_be_it_is_refused(self):
        play(self, PRIVATE_NAMES, self.scene)

    def test_when_the_network_is_wrong_it_is_refused(self):
        play(self, NETWORK, self.scene)

    def test_when_a_parameter_is_wrong_it_is_refused(self):
        play(self, PARAMETERS, self.scene)

    def test_when_an_endpoint_is_changed_wrongly_it_is_refused_and_not_changed(self):
        play(self, MODIFY, self.scene)

    def test_when_what_is_read_is_not_there_it_is_refused(self):
        play(self, LOOK, self.scene)

    def test_when_a_vpc_is_full_of_endpoints_it_is_refused(self):
        customer = Customer()
        service = Vendor().offer(customer.root)['ServiceName']
        vpc, subnets = customer.vpcs()[0], customer.subnets()[:1]
        for _ in range(50):
            customer.connect(service, VpcId=vpc, SubnetIds=subnets)
        code, _ = refusal(lambda: customer.connect(service, VpcId=vpc, SubnetIds=subnets))
        self.assertEqual(code, 'VpcEndpointLimitExceeded')

    def test_when_a_deletion_fails_for_an_endpoint_the_answer_lists_it(self):
        customer = Customer()
        service = Vendor().offer(customer.root)['ServiceName']
        endpoint_id = customer.connect(service)['VpcEndpointId']
        absent = f'vpce-{ABSENT}'
        answer = customer.ec2.delete_vpc_endpoints(VpcEndpointIds=[absent, endpoint_id])
        self.assertEqual(item_codes(answer), {absent: 'InvalidVpcEndpoint.NotFound'})
        self.assertIn(customer.state(endpoint_id), ('deleting', 'deleted'))


if __name__ == '__main__':
    unittest.main()
