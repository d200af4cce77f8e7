// The log where whoever reads it stalls.

import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createDestination } from '../src/log.ts';

it('when nobody reads for long, lines are dropped and counted, and none is torn', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'log-'));
  const pipe = path.join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const reader = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK);
  onTestFinished(() => {
    closeSync(reader);
    closeSync(writer);
    rmSync(folder, { recursive: true });
  });
  const log = createDestination(writer, 20_000);
  const lines = 5_000;
  for (let nth = 0; nth < lines; nth++) {
    log.write(`${JSON.stringify({ nth, text: 'x'.repeat(80) })}\n`);
    if (nth % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  let text = '';
  const told = () =>
    text
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Told);
  await vi.waitFor(
    () => {
      text += readAll(reader);
      expect(told().some(({ dropped }) => dropped)).toBe(true);
    },
    { timeout: 5_000 },
  );
  const read = told();
  const dropped = read.reduce((sum, line) => sum + (line.dropped ?? 0), 0);
  expect(dropped).toBeGreaterThan(lines / 2);
  expect(read.filter(({ nth }) => nth !== undefined).length + dropped).toBe(lines);
});

interface Told {
  nth?: number;
  dropped?: number;
}

/** What is there by now. */
function readAll(reader: number): string {
  const part = Buffer.alloc(65_536);
  let text = '';
  for (;;) {
    try {
      const size = readSync(reader, part);
      if (size === 0) return text;
      text += part.toString('utf8', 0, size);
    } catch {
      return text;
    }
  }
}
