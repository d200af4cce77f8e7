// What importing the SDK adds to the start of a process, beside the AWS client that it spares.

import { fileURLToPath } from 'node:url';
import { measureImports } from '../sdk-comparison/measurement.ts';
import { milliseconds, type Figure } from './figure.ts';

const directory = fileURLToPath(new URL('../..', import.meta.url));

export async function sdkImportFigures(): Promise<Figure[]> {
  const modules = ['@sallyport/sdk', '@aws-sdk/client-ec2'].map((module) => ({
    directory,
    module,
  }));
  const [sdk, aws] = await measureImports(modules);
  return [
    {
      name: 'SDK, import',
      value: milliseconds(sdk!),
      beside: `over bare Node; goal ≤ 10 ms; @aws-sdk/client-ec2: ${milliseconds(aws!)}`,
    },
  ];
}
