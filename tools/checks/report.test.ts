import { expect, test } from 'vitest';
import { report, timed } from './report.ts';

test('when checks ended, each has its line, and each finding its place', () => {
  const text = report([
    { name: 'types', findings: [], durationMs: 1234 },
    {
      name: 'lint',
      durationMs: 90,
      findings: [{ path: 'a.ts', line: 3, message: 'first\nsecond' }, { message: 'no place' }],
    },
  ]);
  expect(text).toBe(`ok    types  1.2 s
FAIL  lint   0.1 s  2 found

lint:
  a.ts:3: first
  second
  no place`);
});

test('when a check throws, it has failed with what it threw', async () => {
  const outcome = await timed('types', async () => {
    throw new Error('no compiler');
  });
  expect(outcome).toMatchObject({ name: 'types', findings: [{ message: 'no compiler' }] });
});
