"""A vendor lets a customer in and parts with it again: with boto3."""

import os
import time

import boto3


def client(service, account):
    return boto3.client(
        service,
        endpoint_url=os.environ.get('SIMULATOR', 'http://127.0.0.1:4566'),
        region_name='us-east-1',
        aws_access_key_id=account,
        aws_secret_access_key='simulator',
    )


def wait_for(wanted, look):
    deadline = time.monotonic() + 60
    while (seen := look()) != wanted:
        if time.monotonic() > deadline:
            raise TimeoutError(f'waited for {wanted}, and it is {seen}')
        time.sleep(0.1)


vendor = client('ec2', '111111111111')
customer = client('ec2', '222222222222')
route53 = client('route53', '111111111111')
elbv2 = client('elbv2', '111111111111')

# 1. The vendor makes a service of a load balancer and allows the customer's account.
balancer = elbv2.describe_load_balancers(Names=['api-1'])['LoadBalancers'][0]
service = vendor.create_vpc_endpoint_service_configuration(
    NetworkLoadBalancerArns=[balancer['LoadBalancerArn']], PrivateDnsName='api.vendor.example'
)['ServiceConfiguration']
service_id, name = service['ServiceId'], service['ServiceName']
vendor.modify_vpc_endpoint_service_permissions(
    ServiceId=service_id, AddAllowedPrincipals=['arn:aws:iam::222222222222:root']
)

# 2. The vendor proves that it owns the private name: a TXT record, and a verification.
proof = service['PrivateDnsNameConfiguration']
record = {
    'Name': f'{proof["Name"]}.vendor.example',
    'Type': 'TXT',
    'TTL': 60,
    'ResourceRecords': [{'Value': f'"{proof["Value"]}"'}],
}
change = route53.change_resource_record_sets(
    HostedZoneId=route53.list_hosted_zones()['HostedZones'][0]['Id'],
    ChangeBatch={'Changes': [{'Action': 'UPSERT', 'ResourceRecordSet': record}]},
)['ChangeInfo']
# The waiter asks every 30 seconds, unless it is told otherwise.
route53.get_waiter('resource_record_sets_changed').wait(
    Id=change['Id'], WaiterConfig={'Delay': 1}
)
vendor.start_vpc_endpoint_service_private_dns_verification(ServiceId=service_id)


def verification():
    found = vendor.describe_vpc_endpoint_service_configurations(ServiceIds=[service_id])
    return found['ServiceConfigurations'][0]['PrivateDnsNameConfiguration']['State']


wait_for('verified', verification)
print('the private name is verified')

# 3. The customer sees the service and connects.
seen = customer.describe_vpc_endpoint_services(ServiceNames=[name])['ServiceDetails'][0]
print('the customer sees', seen['PrivateDnsName'])
subnet = customer.describe_subnets()['Subnets'][0]
endpoint_id = customer.create_vpc_endpoint(
    VpcEndpointType='Interface',
    ServiceName=name,
    VpcId=subnet['VpcId'],
    SubnetIds=[subnet['SubnetId']],
)['VpcEndpoint']['VpcEndpointId']


def endpoint():
    return customer.describe_vpc_endpoints(VpcEndpointIds=[endpoint_id])['VpcEndpoints'][0]


# 4. The vendor sees who asks, and accepts.
connection = vendor.describe_vpc_endpoint_connections(
    Filters=[{'Name': 'service-id', 'Values': [service_id]}]
)['VpcEndpointConnections'][0]
print(connection['VpcEndpointOwner'], 'is', connection['VpcEndpointState'])
decision = {'ServiceId': service_id, 'VpcEndpointIds': [endpoint_id]}
assert not vendor.accept_vpc_endpoint_connections(**decision)['Unsuccessful']
wait_for('available', lambda: endpoint()['State'])

# 5. Only now can the customer switch the private name on.
customer.modify_vpc_endpoint(VpcEndpointId=endpoint_id, PrivateDnsEnabled=True)
wait_for('available', lambda: endpoint()['State'])
print('the endpoint is available as', endpoint()['DnsEntries'][-1]['DnsName'])

# 6. They part. As long as there are connections, the service stays.
refused = vendor.delete_vpc_endpoint_service_configurations(ServiceIds=[service_id])
print(refused['Unsuccessful'][0]['Error']['Code'])
assert not vendor.reject_vpc_endpoint_connections(**decision)['Unsuccessful']
assert not customer.delete_vpc_endpoints(VpcEndpointIds=[endpoint_id])['Unsuccessful']
deleted = vendor.delete_vpc_endpoint_service_configurations(ServiceIds=[service_id])
assert not deleted['Unsuccessful']
print('they have parted')
