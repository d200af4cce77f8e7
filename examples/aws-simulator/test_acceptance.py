"""Tests of one's own, with pytest, beside a simulator that runs."""

import json
import os
import urllib.request

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import HTTPClientError

URL = os.environ.get('SIMULATOR', 'http://127.0.0.1:4566')


def admin(method, path, body=None):
    """One of the admin paths: the clock, faults, what was called."""
    request = urllib.request.Request(f'{URL}/_simulator/{path}', method=method)
    if body is not None:
        request.data = json.dumps(body).encode()
        request.add_header('content-type', 'application/json')
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def client(service, account):
    return boto3.client(
        service,
        endpoint_url=URL,
        region_name='us-east-1',
        aws_access_key_id=account,
        aws_secret_access_key='simulator',
        config=Config(retries={'max_attempts': 0}),
    )


vendor = client('ec2', '111111111111')
customer = client('ec2', '222222222222')


@pytest.fixture
def waiting():
    """What the tests begin with: a customer who waits to be accepted."""
    admin('POST', 'reset')
    balancer = admin('GET', 'load-balancers')['load_balancers'][0]
    service = vendor.create_vpc_endpoint_service_configuration(
        NetworkLoadBalancerArns=[balancer['arn']]
    )['ServiceConfiguration']
    vendor.modify_vpc_endpoint_service_permissions(
        ServiceId=service['ServiceId'], AddAllowedPrincipals=['arn:aws:iam::222222222222:root']
    )
    subnet = customer.describe_subnets()['Subnets'][0]
    endpoint = customer.create_vpc_endpoint(
        VpcEndpointType='Interface',
        ServiceName=service['ServiceName'],
        VpcId=subnet['VpcId'],
        SubnetIds=[subnet['SubnetId']],
    )['VpcEndpoint']
    return {'ServiceId': service['ServiceId'], 'VpcEndpointIds': [endpoint['VpcEndpointId']]}


def test_when_nobody_accepts_for_a_week_the_connection_expires(waiting):
    admin('POST', 'clock', {'advanceMs': 7 * 24 * 60 * 60 * 1000})
    endpoints = customer.describe_vpc_endpoints()['VpcEndpoints']
    assert [endpoint['State'] for endpoint in endpoints] == ['expired']


def test_when_the_answer_to_an_accept_is_lost_it_was_accepted_all_the_same(waiting):
    match = {'action': 'AcceptVpcEndpointConnections'}
    admin('POST', 'faults', {'name': 'lost', 'match': match, 'answer': 'reset'})
    with pytest.raises(HTTPClientError):
        vendor.accept_vpc_endpoint_connections(**waiting)
    connections = vendor.describe_vpc_endpoint_connections()['VpcEndpointConnections']
    assert connections[0]['VpcEndpointState'] != 'pendingAcceptance'
    assert admin('GET', 'calls')['calls'][-2]['performed']
