"""The two-account story: a vendor lets a customer in under a private name, and lets it go."""

import unittest

from lab import Customer, Vendor, item_codes, knows, refusal, too_old, until


class Story(unittest.TestCase):
    def setUp(self):
        self.vendor = Vendor()
        self.customer = Customer()

    def offer(self, **parameters):
        return self.vendor.offer(self.customer.root, **parameters)

    def decide(self, verb, service, endpoint_id):
        decide = getattr(self.vendor.ec2, f'{verb}_vpc_endpoint_connections')
        return decide(ServiceId=service['ServiceId'], VpcEndpointIds=[endpoint_id])

    def test_when_a_vendor_lets_a_customer_in_it_connects_and_resolves(self):
        name = f'api.{self.vendor.zone_name}'
        service = self.offer(PrivateDnsName=name)
        service_id = service['ServiceId']
        self.assertRegex(service_id, r'^vpce-svc-[0-9a-f]{17}$')
        self.assertTrue(service['AcceptanceRequired'])
        self.assertEqual(self.vendor.dns_state(service_id), 'pendingVerification')
        self.assertEqual(self.vendor.service(service_id)['ServiceState'], 'Available')

        self.vendor.verify(service_id)
        seen = self.customer.ec2.describe_vpc_endpoint_services(
            ServiceNames=[service['ServiceName']]
        )['ServiceDetails'][0]
        self.assertEqual(seen['Owner'], self.vendor.id)
        self.assertEqual(seen['PrivateDnsName'], name)
        self.assertEqual(seen['PrivateDnsNameVerificationState'], 'verified')

        endpoint = self.customer.connect(
            service['ServiceName'], SubnetIds=self.customer.subnets()
        )
        endpoint_id = endpoint['VpcEndpointId']
        self.assertEqual(endpoint['State'], 'pendingAcceptance')
        self.assertEqual(len(endpoint['NetworkInterfaceIds']), 3)
        self.accept_and_switch_private_dns_on(service, endpoint_id, name)

    def accept_and_switch_private_dns_on(self, service, endpoint_id, name):
        connection = self.connections(service)[0]
        self.assertEqual(connection['VpcEndpointId'], endpoint_id)
        self.assertEqual(connection['VpcEndpointOwner'], self.customer.id)
        self.assertEqual(connection['VpcEndpointState'], 'pendingAcceptance')

        self.assertEqual(self.decide('accept', service, endpoint_id)['Unsuccessful'], [])
        states = until(lambda: self.customer.state(endpoint_id), 'available')
        self.assertEqual(states, ['pending', 'available'])

        self.customer.ec2.modify_vpc_endpoint(VpcEndpointId=endpoint_id, PrivateDnsEnabled=True)
        states = until(lambda: self.customer.state(endpoint_id), 'available')
        self.assertEqual(states, ['pending', 'available'])
        live = self.customer.endpoint(endpoint_id)
        self.assertTrue(live['PrivateDnsEnabled'])
        self.assertIn(name, [entry['DnsName'] for entry in live['DnsEntries']])
        self.assertEqual(self.connections(service)[0]['VpcEndpointState'], 'available')

    def connections(self, service):
        found = self.vendor.ec2.describe_vpc_endpoint_connections(
            Filters=[{'Name': 'service-id', 'Values': [service['ServiceId']]}]
        )
        return found['VpcEndpointConnections']

    def test_when_a_customer_leaves_the_service_can_be_deleted_after_it(self):
        service = self.offer()
        endpoint_id = self.customer.connect(service['ServiceName'])['VpcEndpointId']
        self.decide('accept', service, endpoint_id)
        until(lambda: self.customer.state(endpoint_id), 'available')

        self.vendor.ec2.modify_vpc_endpoint_service_permissions(
            ServiceId=service['ServiceId'], RemoveAllowedPrincipals=[self.customer.root]
        )
        self.assertEqual(self.customer.state(endpoint_id), 'available')
        code, message = refusal(lambda: self.customer.connect(service['ServiceName']))
        self.assertEqual(code, 'InvalidServiceName')
        self.assertEqual(
            message, f"The Vpc Endpoint Service '{service['ServiceName']}' does not exist"
        )

        remove = self.vendor.ec2.delete_vpc_endpoint_service_configurations
        ids = [service['ServiceId']]
        refused = item_codes(remove(ServiceIds=ids))
        self.assertEqual(refused, {ids[0]: 'ExistingVpcEndpointConnections'})
        self.assertEqual(self.decide('reject', service, endpoint_id)['Unsuccessful'], [])
        self.assertEqual(self.customer.state(endpoint_id), 'rejected')
        self.assertEqual(remove(ServiceIds=ids)['Unsuccessful'], [])
        until(lambda: self.vendor.ec2.describe_vpc_endpoint_service_configurations()[
            'ServiceConfigurations'
        ], [])

    def test_when_an_endpoint_is_deleted_it_goes_with_its_interfaces(self):
        service = self.offer(AcceptanceRequired=False)
        endpoint = self.customer.connect(service['ServiceName'])
        endpoint_id = endpoint['VpcEndpointId']
        self.assertEqual(endpoint['State'], 'pending')
        until(lambda: self.customer.state(endpoint_id), 'available')
        interfaces = self.customer.ec2.describe_network_interfaces
        found = interfaces(NetworkInterfaceIds=endpoint['NetworkInterfaceIds'])
        self.assertEqual(found['NetworkInterfaces'][0]['InterfaceType'], 'vpc_endpoint')

        answer = self.customer.ec2.delete_vpc_endpoints(VpcEndpointIds=[endpoint_id])
        self.assertEqual(answer['Unsuccessful'], [])
        self.assertIn(self.customer.state(endpoint_id), ('deleting', 'deleted'))
        until(lambda: interfaces()['NetworkInterfaces'], [])

    def test_when_a_customer_is_in_another_region_it_connects_across(self):
        if not knows(self.vendor.ec2, 'CreateVpcEndpoint', 'ServiceRegion'):
            self.skipTest(too_old('ec2 CreateVpcEndpoint ServiceRegion'))
        region = 'eu-west-1'
        service = self.offer(SupportedRegions=[region], AcceptanceRequired=False)
        vpc_id = self.customer.vpcs(region)[0]
        abroad = self.customer.client('ec2', region)
        endpoint = abroad.create_vpc_endpoint(
            VpcEndpointType='Interface',
            VpcId=vpc_id,
            SubnetIds=self.customer.subnets(vpc_id, region)[:1],
            ServiceName=service['ServiceName'],
            ServiceRegion='us-east-1',
        )['VpcEndpoint']
        self.assertEqual(endpoint['ServiceRegion'], 'us-east-1')
        self.assertEqual(self.connections(service)[0]['VpcEndpointRegion'], region)


if __name__ == '__main__':
    unittest.main()
