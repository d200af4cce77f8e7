"""Elastic Load Balancing, as far as an endpoint service needs it."""

import unittest

from lab import OTHER_REGION, Vendor, refusal


class Balancers(unittest.TestCase):
    def setUp(self):
        self.vendor = Vendor()
        self.elbv2 = self.vendor.client('elbv2')

    def test_when_load_balancers_are_described_they_are_network_ones_in_their_zones(self):
        found = self.elbv2.describe_load_balancers(Names=['api-1'])['LoadBalancers'][0]
        self.assertEqual(found['Type'], 'network')
        self.assertEqual(found['State']['Code'], 'active')
        self.assertEqual(found['LoadBalancerArn'], self.vendor.load_balancers()[0])
        self.assertEqual(len(found['AvailabilityZones']), 3)
        abroad = self.vendor.client('elbv2', OTHER_REGION).describe_load_balancers()
        names = [one['LoadBalancerName'] for one in abroad['LoadBalancers']]
        self.assertEqual(names, ['two-zones'])
        self.assertEqual(len(abroad['LoadBalancers'][0]['AvailabilityZones']), 2)

    def test_when_targets_are_looked_at_they_are_healthy(self):
        balancer = self.vendor.load_balancers()[0]
        groups = self.elbv2.describe_target_groups(LoadBalancerArn=balancer)['TargetGroups']
        health = self.elbv2.describe_target_health(TargetGroupArn=groups[0]['TargetGroupArn'])
        states = {one['TargetHealth']['State'] for one in health['TargetHealthDescriptions']}
        self.assertEqual(states, {'healthy'})
        listeners = self.elbv2.describe_listeners(LoadBalancerArn=balancer)['Listeners']
        self.assertEqual(
            listeners[0]['DefaultActions'][0]['TargetGroupArn'], groups[0]['TargetGroupArn']
        )

    def test_when_a_service_uses_a_load_balancer_it_cannot_be_deleted(self):
        balancer = self.vendor.load_balancers()[0]
        self.vendor.offer()
        code, _ = refusal(lambda: self.elbv2.delete_load_balancer(LoadBalancerArn=balancer))
        self.assertEqual(code, 'ResourceInUse')
        self.assertIn(balancer, self.vendor.load_balancers())

    def test_when_a_load_balancer_is_not_there_it_is_refused(self):
        for what in ({'Names': ['absent']}, {'LoadBalancerArns': Vendor().load_balancers()[:1]}):
            code, _ = refusal(lambda: self.elbv2.describe_load_balancers(**what))
            self.assertEqual(code, 'LoadBalancerNotFound')
        group = f'arn:aws:elasticloadbalancing:us-east-1:{self.vendor.id}:targetgroup/absent/01'
        code, _ = refusal(lambda: self.elbv2.describe_target_health(TargetGroupArn=group))
        self.assertIn(code, ('TargetGroupNotFound', 'ValidationError'))


if __name__ == '__main__':
    unittest.main()
