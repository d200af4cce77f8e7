import { createRequire } from 'node:module';
import { expect, test } from 'vitest';

type Preflight = {
  complaint: (version: string, platform: string, binary: string) => string | undefined;
};

const { complaint } = createRequire(import.meta.url)('./preflight.cjs') as Preflight;

test('when Node is new enough, it has no complaint', () => {
  for (const version of ['v22.22.0', 'v23.0.0', 'v24.21.0', 'v100.0.0']) {
    expect(complaint(version, 'darwin', '/usr/bin/node')).toBeUndefined();
  }
});

test('when Node is too old, it says what is needed, what is there and what to do', () => {
  for (const version of ['v22.21.9', 'v20.20.2', 'v18.0.0']) {
    const told = complaint(version, 'darwin', '/opt/node');
    expect(told).toContain(`needs Node 22.22 or newer. This is Node ${version}:\n  /opt/node`);
    expect(told).toContain('Install Node 24');
  }
});

test('when Node is too old on Linux, it names the command that brings the right one', () => {
  expect(complaint('v20.0.0', 'linux', '/usr/bin/node')).toContain('npx -y pnpm@12 build');
});
