import fs from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { startFakeApi } from './fake-api.ts';
import { folderWith, sallyport } from './harness.ts';

const setup = {
  format: 'terraform',
  endpoint_service_id: 'svc_01kaqy0v5ne4rvk3z4m5t6w7x8',
  account_id: '222222222222',
  region: 'us-east-1',
  files: [
    { name: 'main.tf', content: '# root\n' },
    { name: 'sallyport-endpoint/wait.sh', content: '#!/bin/sh\n' },
  ],
  steps: [{ actor: 'customer', action: 'Make the endpoint.', command: 'terraform apply' }],
  placeholders: [{ name: 'VPC_ID', meaning: 'The VPC.', command: 'aws ec2 describe-vpcs' }],
};
const args = [
  'setup',
  'render',
  '--endpoint-service-id',
  'vpce-svc-0a1b2c3d4e5f60718',
  '--account-id',
  '222222222222',
  '--format',
  'terraform',
  '--to',
  'made',
];

test('when a folder is named, the files are in it, and the steps are told', async () => {
  const api = await startFakeApi({ renderSetup: { body: setup } });
  const cwd = await folderWith({});
  const { code, stdout, stderr } = await sallyport(args, { api, cwd });
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: 'made/main.tf\nmade/sallyport-endpoint/wait.sh\n',
  });
  expect(await fs.readFile(path.join(cwd, 'made/main.tf'), 'utf8')).toBe('# root\n');
  expect(stderr).toContain('VPC_ID: The VPC. aws ec2 describe-vpcs');
  expect(stderr).toContain('next: Make the endpoint. terraform apply');
});

test('when a file is there already, it stays as it is', async () => {
  const api = await startFakeApi({ renderSetup: { body: setup } });
  const cwd = await folderWith({});
  await fs.mkdir(path.join(cwd, 'made'));
  await fs.writeFile(path.join(cwd, 'made/main.tf'), '# mine\n');
  const { code, stderr } = await sallyport(args, { api, cwd });
  expect([code, stderr]).toEqual([2, expect.stringContaining('EEXIST')]);
  expect(await fs.readFile(path.join(cwd, 'made/main.tf'), 'utf8')).toBe('# mine\n');
});

test('when a service names a file outside of the folder, nothing is written', async () => {
  const files = [
    { name: 'main.tf', content: '' },
    { name: '../../evil', content: 'x' },
  ];
  const body = { ...setup, files };
  const api = await startFakeApi({ renderSetup: { body, foreign: true } });
  const cwd = await folderWith({});
  const { code, stderr } = await sallyport(args, { api, cwd });
  expect([code, stderr]).toEqual([1, expect.stringContaining('../../evil')]);
  expect(await fs.readdir(cwd)).not.toContain('made');
});
