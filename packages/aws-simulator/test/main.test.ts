// The simulator as a program: its one line, its flags, and every way it is told to stop.

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
