"""Where an error is, with boto3."""

import os

import boto3
from botocore.exceptions import ClientError

ec2 = boto3.client(
    'ec2',
    endpoint_url=os.environ.get('SIMULATOR', 'http://127.0.0.1:4566'),
    region_name='us-east-1',
    aws_access_key_id='333333333333',
    aws_secret_access_key='simulator',
)

# A refused call is an exception.
try:
    name = 'com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0'
    ec2.describe_vpc_endpoint_services(ServiceNames=[name])
except ClientError as error:
    print(error.response['Error']['Code'])

# A batch that is answered is none, whatever became of its items.
answer = ec2.delete_vpc_endpoints(VpcEndpointIds=['vpce-0123456789abcdef0'])
print(answer['Unsuccessful'][0]['Error']['Code'])
