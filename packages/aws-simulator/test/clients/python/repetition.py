"""Calls that are made twice under one client token, and calls that are only tried."""

import unittest

from lab import Customer, Vendor, refusal, until
from tables import stripped


class ClientTokens(unittest.TestCase):
    def setUp(self):
        self.vendor = Vendor()
        self.customer = Customer()

    def test_when_a_service_is_created_again_under_its_token_it_is_the_same(self):
        first, second = (
            self.vendor.offer(ClientToken='once', AcceptanceRequired=True)['ServiceId']
            for _ in range(2)
        )
        self.assertEqual(first, second)
        code, _ = refusal(lambda: self.vendor.offer(ClientToken='once', AcceptanceRequired=False))
        self.assertEqual(code, 'IdempotentParameterMismatch')
        listed = self.vendor.ec2.describe_vpc_endpoint_service_configurations()
        self.assertEqual(len(listed['ServiceConfigurations']), 1)

    def test_when_an_endpoint_is_created_again_under_its_token_it_is_the_same(self):
        service = self.vendor.offer(self.customer.root)['ServiceName']
        first, second = (
            self.customer.connect(service, ClientToken='once')['VpcEndpointId'] for _ in range(2)
        )
        self.assertEqual(first, second)
        tags = [{'ResourceType': 'vpc-endpoint', 'Tags': [{'Key': 'a', 'Value': 'b'}]}]
        code, _ = refusal(
            lambda: self.customer.connect(service, ClientToken='once', TagSpecifications=tags)
        )
        self.assertEqual(code, 'IdempotentParameterMismatch')
        self.assertEqual(len(self.customer.ec2.describe_vpc_endpoints()['VpcEndpoints']), 1)

    def test_when_no_token_is_given_a_second_create_makes_a_second_endpoint(self):
        service = self.vendor.offer(self.customer.root)['ServiceName']
        first, second = (self.customer.connect(service)['VpcEndpointId'] for _ in range(2))
        self.assertNotEqual(first, second)


class DryRuns(unittest.TestCase):
    def test_when_a_call_is_only_tried_it_is_dry_run_and_changes_nothing(self):
        vendor, customer = Vendor(), Customer()
        name = f'api.{vendor.zone_name}'
        service = vendor.offer(customer.root, PrivateDnsName=name)
        service_id = service['ServiceId']
        endpoint_id = customer.connect(service['ServiceName'])['VpcEndpointId']
        decision = {'ServiceId': service_id, 'VpcEndpointIds': [endpoint_id]}
        spare = vendor.offer(NetworkLoadBalancerArns=vendor.load_balancers()[2:3])['ServiceId']
        tags = {'Resources': [service_id], 'Tags': [{'Key': 'a', 'Value': 'b'}]}
        calls = [
            (vendor, 'create_vpc_endpoint_service_configuration',
             {'NetworkLoadBalancerArns': vendor.load_balancers()[1:2]}),
            (vendor, 'modify_vpc_endpoint_service_configuration',
             {'ServiceId': service_id, 'AcceptanceRequired': False}),
            (vendor, 'modify_vpc_endpoint_service_permissions',
             {'ServiceId': service_id, 'AddAllowedPrincipals': ['*']}),
            (vendor, 'start_vpc_endpoint_service_private_dns_verification',
             {'ServiceId': service_id}),
            (vendor, 'accept_vpc_endpoint_connections', decision),
            (vendor, 'reject_vpc_endpoint_connections', decision),
            (vendor, 'delete_vpc_endpoint_service_configurations', {'ServiceIds': [spare]}),
            (vendor, 'describe_vpc_endpoint_service_configurations', {}),
            (vendor, 'describe_vpc_endpoint_service_permissions', {'ServiceId': service_id}),
            (vendor, 'describe_vpc_endpoint_connections', {}),
            (vendor, 'create_tags', tags),
            (vendor, 'delete_tags', tags),
            (customer, 'describe_vpc_endpoint_services', {}),
            (customer, 'describe_vpc_endpoints', {}),
            (customer, 'modify_vpc_endpoint',
             {'VpcEndpointId': endpoint_id, 'PolicyDocument': '{}'}),
            (customer, 'delete_vpc_endpoints', {'VpcEndpointIds': [endpoint_id]}),
            (customer, 'create_vpc_endpoint',
             {'VpcEndpointType': 'Interface', 'ServiceName': service['ServiceName'],
              'VpcId': customer.vpcs()[0], 'SubnetIds': customer.subnets()[:1]}),
        ]
        until(lambda: vendor.service(service_id)['ServiceState'], 'Available')
        before = look(vendor, customer)
        for account, name, parameters in calls:
            with self.subTest(name):
                code, _ = refusal(lambda: getattr(account.ec2, name)(DryRun=True, **parameters))
                self.assertEqual(code, 'DryRunOperation')
        self.assertEqual(look(vendor, customer), before)


def look(vendor, customer):
    return [
        stripped(vendor.ec2.describe_vpc_endpoint_service_configurations()),
        stripped(vendor.ec2.describe_vpc_endpoint_connections()),
        stripped(vendor.ec2.describe_tags()),
        stripped(customer.ec2.describe_vpc_endpoints()),
        stripped(customer.ec2.describe_vpc_endpoint_services()),
    ]


if __name__ == '__main__':
    unittest.main()
