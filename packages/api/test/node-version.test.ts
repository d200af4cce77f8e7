// Which Node the service asks for, and that it can still say so under one that is too old.

import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { neededNode, nodeComplaint } from '../src/node-version.ts';

it.each(['20.20.2', '22.21.1', '18.0.0'])('when Node is %s, it says what to do', (version) => {
  expect(nodeComplaint(version, '/usr/bin/node')).toMatch(
    `Node ${neededNode} or newer is needed; this is ${version} (/usr/bin/node).`,
  );
});

it.each(['22.22.0', '22.100.0', '24.0.0', '26.1.0'])('when Node is %s, all is well', (version) => {
  expect(nodeComplaint(version, '/usr/bin/node')).toBeNull();
});

it('when the package asks for another Node, so does the service', async () => {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  const { engines } = JSON.parse(text) as { engines: { node: string } };
  expect(engines.node).toBe(`>=${neededNode}`);
});
