// The clients that ours is put beside: what is installed of each, and one call by it.

export interface ComparedClient {
  name: string;
  /** For npm: packages with their exact versions; none for ours, which is built here. */
  packages: string[];
  /** What is imported, to see how long that takes. */
  module: string;
  /** A program of one call, to see what it adds to a bundle. */
  program: string;
}

const sallyport = (name: string, program: string): ComparedClient => ({
  name,
  packages: [],
  module: '@sallyport/sdk',
  program,
});

/** Versions as they were when the features were read. */
export const comparedClients: ComparedClient[] = [
  sallyport(
    '@sallyport/sdk',
    `import { Sallyport } from '@sallyport/sdk';
    const client = new Sallyport({ baseUrl: 'https://x.example', apiKey: 'k' });
    console.log(await client.connections.get('vpce-1'));`,
  ),
  sallyport(
    '@sallyport/sdk, one resource',
    `import { ConnectionsResource, Transport } from '@sallyport/sdk';
    const transport = new Transport({ baseUrl: 'https://x.example', apiKey: 'k' });
    console.log(await new ConnectionsResource(transport).get('vpce-1'));`,
  ),
  {
    name: 'stripe-node',
    packages: ['stripe@23.1.0'],
    module: 'stripe',
    program: `import Stripe from 'stripe';
    console.log(await new Stripe('k').customers.retrieve('x'));`,
  },
  {
    name: 'openai-node',
    packages: ['openai@7.57.0'],
    module: 'openai',
    program: `import OpenAI from 'openai';
    console.log(await new OpenAI({ apiKey: 'k' }).models.retrieve('x'));`,
  },
  {
    name: 'octokit',
    packages: ['octokit@5.0.5'],
    module: 'octokit',
    program: `import { Octokit } from 'octokit';
    console.log(await new Octokit({ auth: 'k' }).rest.users.getAuthenticated());`,
  },
  {
    name: 'neon',
    packages: ['@neondatabase/api-client@2.7.3'],
    module: '@neondatabase/api-client',
    program: `import { createApiClient } from '@neondatabase/api-client';
    console.log(await createApiClient({ apiKey: 'k' }).getProject('x'));`,
  },
  {
    name: 'AWS SDK v3, EC2',
    packages: ['@aws-sdk/client-ec2@3.1169.0'],
    module: '@aws-sdk/client-ec2',
    program: `import { DescribeVpcEndpointsCommand, EC2Client } from '@aws-sdk/client-ec2';
    console.log(await new EC2Client({}).send(new DescribeVpcEndpointsCommand({})));`,
  },
];
