"""boto3's paginators: small pages together give what one big answer gives, each thing once."""

import json
import os
import unittest

from botocore.exceptions import PaginationError
from lab import NAMES, Customer, Vendor, too_old
from notifications import publishable_topic
from tables import stripped

PAGE = 5

# Operation, what it lists, names of parameters, how many there are at least: two pages or more.
VENDOR = {
    'ec2': [
        ('describe_vpc_endpoint_service_configurations', 'ServiceConfigurations', [], 6),
        ('describe_vpc_endpoint_service_permissions', 'AllowedPrincipals', ['ServiceId'], 13),
        ('describe_vpc_endpoint_connections', 'VpcEndpointConnections', [], 12),
        ('describe_tags', 'Tags', [], 11),
        ('describe_vpc_endpoint_connection_notifications', 'ConnectionNotificationSet', [], 6),
    ],
    'elbv2': [
        ('describe_load_balancers', 'LoadBalancers', [], 6),
        ('describe_listeners', 'Listeners', ['LoadBalancerArn'], 6),
    ],
    'route53': [
        ('list_hosted_zones', 'HostedZones', [], 8),
        ('list_resource_record_sets', 'ResourceRecordSets', ['HostedZoneId'], 14),
        ('list_vpc_association_authorizations', 'VPCs', ['PrivateZoneId'], 6),
    ],
    'sqs': [
        ('list_queues', 'QueueUrls', [], 7),
        ('list_dead_letter_source_queues', 'queueUrls', ['QueueUrl'], 6),
    ],
}
CUSTOMER = {
    'ec2': [
        ('describe_vpc_endpoints', 'VpcEndpoints', [], 12),
        ('describe_vpc_endpoint_services', 'ServiceDetails', [], 6),
        ('describe_subnets', 'Subnets', [], 7),
        ('describe_network_interfaces', 'NetworkInterfaces', [], 12),
    ],
}
# What the vendor's paginators need whose page size is AWS's own.
NEEDED = {'list_subscriptions_by_topic': ['TopicArn']}

# Paginated, and with parameters that only their own tests can give.
ELSEWHERE = {'get_metric_data'}


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
        cls.given = {}
        cls.name_things()
        cls.listen()
        cls.tell()

    @classmethod
    def tell(cls):
        """Topics, queues that are subscribed to one, and notifications."""
        sqs, sns = cls.vendor.client('sqs'), cls.vendor.client('sns')
        topics = [publishable_topic(cls.vendor, f'topic-{number}') for number in range(6)]
        cls.given['TopicArn'] = topics[0]
        cls.given['QueueUrl'] = sqs.create_queue(QueueName='dead')['QueueUrl']
        arn = f'arn:aws:sqs:us-east-1:{cls.vendor.id}:'
        redrive = json.dumps({'deadLetterTargetArn': f'{arn}dead', 'maxReceiveCount': 3})
        for number, topic in enumerate(topics):
            name = f'queue-{number}'
            sqs.create_queue(QueueName=name, Attributes={'RedrivePolicy': redrive})
            sns.subscribe(TopicArn=topics[0], Protocol='sqs', Endpoint=f'{arn}{name}')
            cls.vendor.ec2.create_vpc_endpoint_connection_notification(
                ServiceId=cls.service_id,
                ConnectionNotificationArn=topic,
                ConnectionEvents=['Accept'],
            )

    @classmethod
    def listen(cls):
        elbv2 = cls.vendor.client('elbv2')
        balancer = cls.vendor.load_balancers()[0]
        cls.given['LoadBalancerArn'] = balancer
        group = elbv2.describe_target_groups(LoadBalancerArn=balancer)['TargetGroups'][0]
        action = {'Type': 'forward', 'TargetGroupArn': group['TargetGroupArn']}
        for port in range(9000, 9005):
            elbv2.create_listener(
                LoadBalancerArn=balancer, Protocol='TCP', Port=port, DefaultActions=[action]
            )

    @classmethod
    def name_things(cls):
        route53 = cls.vendor.route53
        zone_id = cls.vendor.zone_id()
        cls.given.update({'ServiceId': cls.service_id, 'HostedZoneId': zone_id})
        for number in range(7):
            name = f'zone-{number}.example'
            route53.create_hosted_zone(Name=name, CallerReference=name)
        records = [
            {'Name': f'r{number}.{cls.vendor.zone_name}', 'Type': 'A', 'TTL': 60,
             'ResourceRecords': [{'Value': f'192.0.2.{number}'}]}
            for number in range(12)
        ]
        route53.change_resource_record_sets(HostedZoneId=zone_id, ChangeBatch={
            'Changes': [{'Action': 'CREATE', 'ResourceRecordSet': one} for one in records]
        })
        cls.share_a_private_zone()

    @classmethod
    def share_a_private_zone(cls):
        """A private zone that VPCs of other accounts may be associated with."""
        route53, others = cls.vendor.route53, [Customer() for _ in range(3)]
        own = cls.vendor.ec2.create_vpc(CidrBlock='10.99.0.0/16')['Vpc']['VpcId']
        cls.given['PrivateZoneId'] = route53.create_hosted_zone(
            Name='private.example', CallerReference='private',
            VPC={'VPCId': own, 'VPCRegion': 'us-east-1'},
        )['HostedZone']['Id']
        for other in others:
            for vpc in other.vpcs():
                route53.create_vpc_association_authorization(
                    HostedZoneId=cls.given['PrivateZoneId'],
                    VPC={'VPCId': vpc, 'VPCRegion': 'us-east-1'},
                )

    def play(self, account, table):
        for service, rows in table.items():
            client = account.client(service)
            for name, key, wanted, least in rows:
                with self.subTest(name):
                    if not client.can_paginate(name):
                        self.skipTest(too_old(f'a paginator of {name}'))
                    parameters = {
                        one.replace('PrivateZoneId', 'HostedZoneId'): self.given[one]
                        for one in wanted
                    }
                    self.check(client, name, key, parameters, least)

    def check(self, client, name, key, parameters, least):
        whole = getattr(client, name)(**parameters)[key]
        self.assertGreaterEqual(len(whole), least)
        paginator = client.get_paginator(name)
        try:
            pages = list(paginator.paginate(PaginationConfig={'PageSize': PAGE}, **parameters))
        except PaginationError:
            # boto3 does not know by which member pages of this operation are sized.
            pages = list(paginator.paginate(MaxResults=str(PAGE), **parameters))
        sizes = [len(page[key]) for page in pages]
        self.assertEqual([one for page in pages for one in page[key]], whole)
        self.assertEqual(sizes[:-1], [PAGE] * (len(sizes) - 1))
        self.assertLessEqual(sizes[-1], PAGE)
        self.assertEqual(len(sizes), -(-len(whole) // PAGE))

    def test_when_a_vendor_pages_it_sees_each_thing_once(self):
        self.play(self.vendor, VENDOR)

    def test_when_a_customer_pages_it_sees_each_thing_once(self):
        self.play(self.customer, CUSTOMER)

    def test_when_nothing_is_asked_for_every_other_paginator_comes_to_its_end(self):
        for account in (self.vendor, self.customer):
            for client, name in paginators(account):
                if account is self.customer and name in NEEDED:
                    continue
                with self.subTest(name):
                    parameters = {one: self.given[one] for one in NEEDED.get(name, [])}
                    whole = stripped(getattr(client, name)(**parameters))
                    paginator = client.get_paginator(name)
                    try:
                        found = read(paginator, {'PageSize': PAGE}, parameters)
                    except PaginationError:
                        # AWS alone decides how large these pages are.
                        found = read(paginator, {}, parameters)
                    lists = [key for key, value in whole.items() if isinstance(value, list)]
                    self.assertEqual({key: found[key] for key in lists},
                                     {key: whole[key] for key in lists})

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


def read(paginator, config, parameters):
    return paginator.paginate(PaginationConfig=config, **parameters).build_full_result()


def paginators(account):
    """The simulated paginated operations without a row, by client and method name."""
    rows = {row[0] for table in (VENDOR, CUSTOMER) for rows in table.values() for row in rows}
    for spoken in os.environ['SIMULATED'].split():
        service, operation = spoken.split(':')
        client = account.client(NAMES.get(service, service))
        methods = client.meta.method_to_api_mapping
        for name in [name for name, known in methods.items() if known == operation]:
            if client.can_paginate(name) and name not in rows | ELSEWHERE:
                yield client, name


if __name__ == '__main__':
    unittest.main()
