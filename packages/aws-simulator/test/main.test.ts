// The simulator as a program: its one line, its flags, and every way it is told to stop.

import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));

function start(flags: string[], stdio: StdioOptions = ['pipe', 'pipe', 'pipe']): ChildProcess {
  const child = spawn(process.execPath, [MAIN, ...flags], { stdio });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function firstLine(child: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    text += chunk.toString();
    if (text.includes('\n')) return text;
  }
  throw new Error(`The program ended without a line: ${text}`);
}

async function readyAt(child: ChildProcess): Promise<string> {
  const line = await firstLine(child);
  expect(line).toMatch(/^\{"endpoint":"http:\/\/127\.0\.0\.1:\d+"\}\n$/);
  return (JSON.parse(line) as { endpoint: string }).endpoint;
}

async function exitCode(child: ChildProcess): Promise<unknown> {
  const [code] = await once(child, 'exit');
  return code;
}

async function output(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = '';
  for await (const chunk of stream ?? []) text += chunk.toString();
  return text;
}

test('when it is ready, it prints one line, answers, and SIGTERM ends it', async () => {
  const child = start(['--port', '0', '--profile', 'aws']);
  const endpoint = await readyAt(child);
  const health = await (await fetch(`${endpoint}/_simulator/health`)).json();
  expect(health).toMatchObject({ status: 'ok', profile: 'aws' });
  child.kill('SIGTERM');
  expect(await exitCode(child)).toBe(0);
});

test('when its standard input or its parent goes away, it ends if it was asked to', async () => {
  const withStdin = start(['--port', '0', '--exit-with-stdin']);
  const forked = start(['--port', '0'], ['ignore', 'pipe', 'pipe', 'ipc']);
  await Promise.all([readyAt(withStdin), readyAt(forked)]);
  withStdin.stdin?.end();
  expect(await exitCode(withStdin)).toBe(0);
  forked.disconnect();
  expect(await exitCode(forked)).toBe(0);
});

test('when a flag is wrong or the port is taken, it says so and fails', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const cases: [string[], number, RegExp][] = [
    [['--port', 'http'], 2, /--port takes a number.*Usage: aws-simulator/s],
    [['--profile', 'fast'], 2, /compressed or aws/],
    [['--ports', '1'], 2, /--ports.*Usage: aws-simulator/s],
    [['--port', String(port)], 1, /port \d+ is in use.*--port/],
  ];
  await Promise.all(
    cases.map(async ([flags, wanted, message]) => {
      const child = start(flags);
      const [text, code] = await Promise.all([output(child.stderr), exitCode(child)]);
      expect(code).toBe(wanted);
      expect(text).toMatch(message);
    }),
  );
});

test('when it logs, a line tells of each call, also of faults and hands', async () => {
  const child = start(['--port', '0', '--log']);
  const endpoint = await readyAt(child);
  const log = output(child.stderr);
  const post = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json' };
    const url = `${endpoint}/_simulator/${path}`;
    const { ok } = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    expect(ok).toBe(true);
  };
  await post('faults', { name: 'slow', delayMs: 1 });
  await post('console', { account: '222222222222', action: 'DescribeSubnets' });
  const credentials = { accessKeyId: '111111111111', secretAccessKey: 'simulator' };
  const ec2 = new EC2Client({ endpoint, region: 'us-east-1', credentials });
  await ec2.send(new DescribeVpcsCommand({}));
  ec2.destroy();
  child.kill('SIGTERM');
  expect((await log).trimEnd().split('\n')).toEqual([
    expect.stringMatching(/Z ec2:DescribeSubnets us-east-1 \S+222222222222:root ok \(by hand\)$/),
    expect.stringMatching(/Z ec2:DescribeVpcs us-east-1 \S+111111111111:root ok \(fault: slow\)$/),
  ]);
});
