"""CloudWatch: the metrics of PrivateLink, read by whichever protocol this boto3 speaks."""

import datetime
import json
import unittest
import urllib.request

from lab import ENDPOINT, Customer, Vendor, until

NAMESPACE = 'AWS/PrivateLinkServices'
MINUTES = 60_000


class Metrics(unittest.TestCase):
    def test_when_a_service_has_endpoints_their_count_is_published(self):
        vendor, customer = Vendor(), Customer()
        service = vendor.offer(customer.root, AcceptanceRequired=False)
        dimensions = [{'Name': 'Service Id', 'Value': service['ServiceId']}]
        for _ in range(2):
            endpoint_id = customer.connect(service['ServiceName'])['VpcEndpointId']
            until(lambda: customer.state(endpoint_id), 'available')
        now = advance(20 * MINUTES)
        cloudwatch = vendor.client('cloudwatch')
        listed = cloudwatch.list_metrics(Namespace=NAMESPACE, MetricName='EndpointsCount')
        self.assertIn(dimensions, [metric['Dimensions'] for metric in listed['Metrics']])

        query = {
            'Id': 'endpoints',
            'MetricStat': {
                'Metric': {
                    'Namespace': NAMESPACE,
                    'MetricName': 'EndpointsCount',
                    'Dimensions': dimensions,
                },
                'Period': 300,
                'Stat': 'Maximum',
            },
        }
        window = {
            'StartTime': now - datetime.timedelta(minutes=20),
            'EndTime': now + datetime.timedelta(minutes=5),
        }
        whole = cloudwatch.get_metric_data(MetricDataQueries=[query], **window)
        result = whole['MetricDataResults'][0]
        self.assertEqual((result['Id'], result['StatusCode']), ('endpoints', 'Complete'))
        self.assertEqual(result['Values'][0], 2)
        self.assertEqual(len(result['Values']), len(result['Timestamps']))
        pages = cloudwatch.get_paginator('get_metric_data').paginate(
            MetricDataQueries=[query], PaginationConfig={'PageSize': 1}, **window
        )
        values = [page['MetricDataResults'][0]['Values'] for page in pages]
        self.assertEqual([value for page in values for value in page], result['Values'])

        stranger = Vendor().client('cloudwatch')
        empty = stranger.get_metric_data(MetricDataQueries=[query], **window)
        self.assertEqual(empty['MetricDataResults'][0]['Values'], [])


def advance(milliseconds):
    """Moves the simulator's clock; returns the time that it has then."""
    request = urllib.request.Request(
        f'{ENDPOINT}/_simulator/clock',
        method='POST',
        data=json.dumps({'advanceMs': milliseconds}).encode(),
        headers={'content-type': 'application/json'},
    )
    with urllib.request.urlopen(request) as response:
        now = json.load(response)['now']
    return datetime.datetime.strptime(now, '%Y-%m-%dT%H:%M:%S.%f%z')


if __name__ == '__main__':
    unittest.main()
