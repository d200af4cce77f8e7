"""boto3's paginators: small pages together give what one big answer gives, each thing once."""

import os
import unittest

from lab import Customer, Vendor, too_old

PAGE = 5

# Operation, what it lists, parameters, items to expect at least. The scene has two pages or more
# of each.
EC2_OF_VENDOR = [
    ('describe_vpc_endpoint_service_configurations', 'ServiceConfigurations', {}, 6),
    ('describe_vpc_endpoint_service_permissions', 'AllowedPrincipals', {'ServiceId': None}, 13),
    ('describe_vpc_endpoint_connections', 'VpcEndpointConnections', {}, 12),
    ('describe_tags', 'Tags', {}, 11),
]
EC2_OF_CUSTOMER = [
    ('describe_vpc_endpoints', 'VpcEndpoints', {}, 12),
    ('describe_vpc_endpoint_services', 'ServiceDetails', {}, 6),
    ('describe_subnets', 'Subnets', {}, 7),
    ('describe_network_interfaces', 'NetworkInterfaces', {}, 12),
]
# Fewer than a page: what is asked is only that the paginator ends.
ENDING = [
    ('describe_vpcs', 'Vpcs', {}, 2),
    ('describe_security_groups', 'SecurityGroups', {}, 2),
]
ROUTE53 = [
    ('list_hosted_zones', 'HostedZones', {}, 8),
    ('list_resource_record_sets', 'ResourceRecordSets', {'HostedZoneId': None}, 14),
]


class Pages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.vendor, cls.customer = Vendor(), Customer()
        ec2 = cls.vendor.ec2
        services = [
            cls.vendor.offer(cls.customer.root, NetworkLoadBalancerArns=[arn])
            for arn in cls.vendor.load_balancers()
        ]
        cls.service_id = services[0]['ServiceId']
        others = [f'arn:aws:iam::{900000000000 + number}:root' for number in range(12)]
        ec2.modify_vpc_endpoint_service_permissions(
            ServiceId=cls.service_id, AddAllowedPrincipals=others
        )
        for number in range(12):
            cls.customer.connect(services[number % 6]['ServiceName'])
        ec2.create_tags(
            Resources=[cls.service_id],
            Tags=[{'Key': f'key-{number}', 'Value': str(number)} for number in range(11)],
        )
        cls.name_things()

    @classmethod
    def name_things(cls):
        route53 = cls.vendor.route53
        cls.zone_id = cls.vendor.zone_id()
        for number in range(7):
            name = f'zone-{number}.example'
            route53.create_hosted_zone(Name=name, CallerReference=name)
        records = [
            {'Name': f'r{number}.{cls.vendor.zone_name}', 'Type': 'A', 'TTL': 60,
             'ResourceRecords': [{'Value': f'192.0.2.{number}'}]}
            for number in range(12)
        ]
        route53.change_resource_record_sets(HostedZoneId=cls.zone_id, ChangeBatch={
            'Changes': [{'Action': 'CREATE', 'ResourceRecordSet': one} for one in records]
        })

    def play(self, client, rows):
        given = {'ServiceId': self.service_id, 'HostedZoneId': self.zone_id}
        for name, key, parameters, least in rows:
            with self.subTest(name):
                parameters = {name: given[name] for name in parameters}
                if not client.can_paginate(name):
                    self.skipTest(too_old(f'a paginator of {name}'))
                whole = getattr(client, name)(**parameters)[key]
                self.assertGreaterEqual(len(whole), least)
                pages = list(client.get_paginator(name).paginate(
                    PaginationConfig={'PageSize': PAGE}, **parameters
                ))
                sizes = [len(page[key]) for page in pages]
                self.assertEqual([one for page in pages for one in page[key]], whole)
                self.assertEqual(sizes[:-1], [PAGE] * (len(sizes) - 1))
                self.assertLessEqual(sizes[-1], PAGE)
                self.assertEqual(len(sizes), -(-len(whole) // PAGE))

    def test_when_a_vendor_pages_it_sees_each_thing_once(self):
        self.play(self.vendor.ec2, EC2_OF_VENDOR)

    def test_when_a_customer_pages_it_sees_each_thing_once(self):
        self.play(self.customer.ec2, EC2_OF_CUSTOMER + ENDING)

    def test_when_zones_and_records_are_paged_each_is_seen_once(self):
        self.play(self.vendor.route53, ROUTE53)

    def test_when_a_list_is_cut_it_goes_on_where_it_was_cut(self):
        paginator = self.customer.ec2.get_paginator('describe_vpc_endpoints')
        first = paginator.paginate(
            PaginationConfig={'PageSize': PAGE, 'MaxItems': 7}
        ).build_full_result()
        self.assertEqual(len(first['VpcEndpoints']), 7)
        rest = paginator.paginate(PaginationConfig={
            'PageSize': PAGE, 'StartingToken': first['NextToken'],
        }).build_full_result()
        both = first['VpcEndpoints'] + rest['VpcEndpoints']
        self.assertEqual(both, self.customer.ec2.describe_vpc_endpoints()['VpcEndpoints'])

    def test_when_something_is_deleted_between_pages_nothing_else_is_missed(self):
        customer = Customer()
        service = Vendor().offer(customer.root)['ServiceName']
        ids = [customer.connect(service)['VpcEndpointId'] for _ in range(12)]
        pages = iter(customer.ec2.get_paginator('describe_vpc_endpoints').paginate(
            PaginationConfig={'PageSize': PAGE}
        ))
        seen = [one['VpcEndpointId'] for one in next(pages)['VpcEndpoints']]
        customer.ec2.delete_vpc_endpoints(VpcEndpointIds=seen[:2])
        seen += [one['VpcEndpointId'] for page in pages for one in page['VpcEndpoints']]
        self.assertEqual(seen, ids)

    def test_when_an_operation_has_a_paginator_it_is_played_here(self):
        played = {
            'ec2': {row[0] for row in EC2_OF_VENDOR + EC2_OF_CUSTOMER + ENDING},
            'route53': {row[0] for row in ROUTE53},
        }
        simulated = set(os.environ['SIMULATED'].split())
        for service, rows in played.items():
            client = self.vendor.client(service)
            pages = {
                name for name, operation in client.meta.method_to_api_mapping.items()
                if f'{service}:{operation}' in simulated and client.can_paginate(name)
            }
            self.assertEqual(pages - rows, set(), f'{service}: not played')


if __name__ == '__main__':
    unittest.main()
