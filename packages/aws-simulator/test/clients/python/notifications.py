"""Connection notifications from end to end: PrivateLink, a topic, a queue, and who reads it."""

import json
import time
import unittest

from lab import Customer, Vendor, item_codes, refusal, until

EVENTS = ['Connect', 'Accept', 'Reject', 'Delete']
ABSENT = 'vpce-nfn-0123456789abcdef0'


class Notifications(unittest.TestCase):
    def setUp(self):
        self.vendor, self.customer = Vendor(), Customer()
        self.service = self.vendor.offer(self.customer.root)
        self.id = self.service['ServiceId']
        self.topic = publishable_topic(self.vendor, 'connections')

    def notify(self, **parameters):
        parameters.setdefault('ConnectionNotificationArn', self.topic)
        parameters.setdefault('ConnectionEvents', EVENTS)
        answer = self.vendor.ec2.create_vpc_endpoint_connection_notification(**parameters)
        return answer['ConnectionNotification']

    def described(self, **parameters):
        found = self.vendor.ec2.describe_vpc_endpoint_connection_notifications(**parameters)
        return found['ConnectionNotificationSet']

    def test_when_a_connection_changes_the_queue_is_told(self):
        inbox = Inbox(self.vendor, self.topic)
        made = self.notify(ServiceId=self.id)
        self.assertRegex(made['ConnectionNotificationId'], r'^vpce-nfn-[0-9a-f]{17}$')
        self.assertEqual(made['ConnectionNotificationState'], 'Enabled')
        self.assertEqual(made['ConnectionNotificationType'], 'Topic')

        endpoint_id = self.customer.connect(self.service['ServiceName'])['VpcEndpointId']
        self.assertIn(endpoint_id, inbox.next())
        decision = {'ServiceId': self.id, 'VpcEndpointIds': [endpoint_id]}
        self.vendor.ec2.accept_vpc_endpoint_connections(**decision)
        self.assertIn(endpoint_id, inbox.next())
        until(lambda: self.customer.state(endpoint_id), 'available')
        self.vendor.ec2.reject_vpc_endpoint_connections(**decision)
        self.assertIn(endpoint_id, inbox.next())
        self.customer.ec2.delete_vpc_endpoints(VpcEndpointIds=[endpoint_id])
        self.assertIn(endpoint_id, inbox.next())

    def test_when_only_accepts_are_wanted_nothing_else_is_told(self):
        inbox = Inbox(self.vendor, self.topic)
        self.notify(ServiceId=self.id, ConnectionEvents=['Accept'])
        quiet, accepted = (
            self.customer.connect(self.service['ServiceName'])['VpcEndpointId'] for _ in range(2)
        )
        self.vendor.ec2.accept_vpc_endpoint_connections(
            ServiceId=self.id, VpcEndpointIds=[accepted]
        )
        first = inbox.next()
        self.assertIn(accepted, first)
        self.assertNotIn(quiet, first)

    def test_when_a_notification_is_changed_and_deleted_it_shows(self):
        made = self.notify(ServiceId=self.id, ConnectionEvents=['Accept'])
        notification_id = made['ConnectionNotificationId']
        self.vendor.ec2.modify_vpc_endpoint_connection_notification(
            ConnectionNotificationId=notification_id, ConnectionEvents=['Reject', 'Delete']
        )
        found = self.described(ConnectionNotificationId=notification_id)
        self.assertEqual(sorted(found[0]['ConnectionEvents']), ['Delete', 'Reject'])
        by_service = {'Name': 'service-id', 'Values': [self.id]}
        self.assertEqual(len(self.described(Filters=[by_service])), 1)
        answer = self.vendor.ec2.delete_vpc_endpoint_connection_notifications(
            ConnectionNotificationIds=[notification_id, ABSENT]
        )
        self.assertEqual(item_codes(answer), {ABSENT: 'InvalidConnectionNotification'})
        self.assertEqual(self.described(), [])

    def test_when_a_notification_is_wrong_it_is_refused(self):
        ec2 = self.vendor.ec2
        absent = self.topic.replace('connections', 'absent')
        for what, code, call in [
            ('a service that is not there', ('InvalidVpcEndpointServiceId.NotFound',),
             lambda: self.notify(ServiceId='vpce-svc-0123456789abcdef0')),
            # With which code is not documented.
            ('a topic that is not there', ('InvalidParameter', 'InvalidConnectionNotification'),
             lambda: self.notify(ServiceId=self.id, ConnectionNotificationArn=absent)),
            ('an event that is none', ('InvalidParameter', 'InvalidParameterValue'),
             lambda: self.notify(ServiceId=self.id, ConnectionEvents=['Wave'])),
            ('a notification to describe', ('InvalidConnectionNotification',),
             lambda: self.described(ConnectionNotificationId=ABSENT)),
            ('a notification to change', ('InvalidConnectionNotification',),
             lambda: ec2.modify_vpc_endpoint_connection_notification(
                 ConnectionNotificationId=ABSENT, ConnectionEvents=['Accept'])),
        ]:
            with self.subTest(what):
                self.assertIn(refusal(call)[0], code)
        self.assertEqual(self.described(), [])


class Queues(unittest.TestCase):
    def test_when_a_message_is_not_deleted_it_comes_again(self):
        vendor = Vendor()
        sqs = vendor.client('sqs')
        url = sqs.create_queue(QueueName='work', Attributes={'VisibilityTimeout': '1'})['QueueUrl']
        sqs.send_message(QueueUrl=url, MessageBody='one & <two>')
        wanted = {'QueueUrl': url, 'WaitTimeSeconds': 5}
        first, second = (sqs.receive_message(**wanted)['Messages'][0] for _ in range(2))
        self.assertEqual(first['Body'], 'one & <two>')
        self.assertEqual(first['MessageId'], second['MessageId'])
        sqs.delete_message(QueueUrl=url, ReceiptHandle=second['ReceiptHandle'])
        attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=['All'])['Attributes']
        self.assertEqual(attributes['ApproximateNumberOfMessages'], '0')

    def test_when_a_queue_or_topic_is_not_there_it_is_refused(self):
        vendor = Vendor()
        sqs, sns = vendor.client('sqs'), vendor.client('sns')
        code, _ = refusal(lambda: sqs.get_queue_url(QueueName='absent'))
        # Older clients are answered in the older protocol, with its code.
        self.assertIn(code, (
            'AWS.SimpleQueueService.NonExistentQueue', 'QueueDoesNotExist',
            'com.amazonaws.sqs#QueueDoesNotExist',
        ))
        topic = f'arn:aws:sns:us-east-1:{vendor.id}:absent'
        self.assertEqual(refusal(lambda: sns.get_topic_attributes(TopicArn=topic))[0], 'NotFound')


class Inbox:
    """A queue that is subscribed to a topic."""

    def __init__(self, vendor, topic):
        self.sqs = vendor.client('sqs')
        self.url = self.sqs.create_queue(QueueName='inbox')['QueueUrl']
        attributes = self.sqs.get_queue_attributes(QueueUrl=self.url, AttributeNames=['QueueArn'])
        arn = attributes['Attributes']['QueueArn']
        self.sqs.set_queue_attributes(QueueUrl=self.url, Attributes={
            'Policy': policy('sns.amazonaws.com', 'sqs:SendMessage', arn)
        })
        vendor.client('sns').subscribe(TopicArn=topic, Protocol='sqs', Endpoint=arn)
        self.topic = topic

    def next(self):
        """The text of the next message that the topic was told; SNS's envelope is taken off."""
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            received = self.sqs.receive_message(QueueUrl=self.url, WaitTimeSeconds=2)
            for message in received.get('Messages', []):
                self.sqs.delete_message(
                    QueueUrl=self.url, ReceiptHandle=message['ReceiptHandle']
                )
                envelope = json.loads(message['Body'])
                if envelope['Type'] != 'Notification' or envelope['TopicArn'] != self.topic:
                    raise AssertionError(f'this is no notification of the topic: {envelope}')
                return envelope['Message']
        raise AssertionError('waited 20 s for a message, and none came')


def publishable_topic(vendor, name):
    """A topic that PrivateLink may publish to; its ARN."""
    sns = vendor.client('sns')
    arn = sns.create_topic(Name=name)['TopicArn']
    sns.set_topic_attributes(
        TopicArn=arn,
        AttributeName='Policy',
        AttributeValue=policy('vpce.amazonaws.com', 'sns:Publish', arn),
    )
    return arn


def policy(service, action, resource):
    statement = {
        'Effect': 'Allow',
        'Principal': {'Service': service},
        'Action': action,
        'Resource': resource,
    }
    return json.dumps({'Version': '2012-10-17', 'Statement': [statement]})


if __name__ == '__main__':
    unittest.main()
