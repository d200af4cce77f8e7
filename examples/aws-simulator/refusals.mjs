// Where an error is, with the AWS SDK for JavaScript, version 3.

import { EC2 } from '@aws-sdk/client-ec2';

const ec2 = new EC2({
  endpoint: process.env.SIMULATOR ?? 'http://127.0.0.1:4566',
  region: 'us-east-1',
  credentials: { accessKeyId: '333333333333', secretAccessKey: 'simulator' },
});

// A refused call is an exception, and its code is the name.
try {
  const name = 'com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0';
  await ec2.describeVpcEndpointServices({ ServiceNames: [name] });
} catch (error) {
  console.log(error.name);
}

// A batch that is answered is none, whatever became of its items.
const answer = await ec2.deleteVpcEndpoints({ VpcEndpointIds: ['vpce-0123456789abcdef0'] });
console.log(answer.Unsuccessful[0].Error.Code);
