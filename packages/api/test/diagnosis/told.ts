// A diagnosis as a golden file has it: what is told to people, with ids, moments and ages that
// differ from run to run written as what they are.

import { expect } from 'vitest';
import type { Diagnosis } from '../../src/domain/diagnosis.ts';

/** What a cause is to be told as, in a file of its own name. */
export async function expectTold(cause: string, diagnosis: Diagnosis): Promise<void> {
  await expect(told(cause, diagnosis)).toMatchFileSnapshot(`./causes/${cause}.txt`);
}

export function told(cause: string, { path, ...diagnosis }: Diagnosis): string {
  const { works, summary, turn, next, checks } = diagnosis;
  const broken = path.hops.find(({ isBroken }) => isBroken);
  const open = checks.filter(({ result }) => result === 'fail' || result === 'warn');
  const lines = [
    `cause:   ${cause}`,
    `works:   ${works}`,
    `hop:     ${broken?.name ?? 'none'}`,
    `turn:    ${turn}`,
    `summary: ${summary}`,
    `action:  ${next?.action ?? 'none'}`,
    `command: ${next?.command ?? 'none'}`,
    `checks:  ${open.map(({ name, result }) => `${name} ${result}`).join(', ') || 'none'}`,
    '',
    path.text,
    '',
  ];
  return lines.map(stable).join('\n');
}

const stablePatterns: [RegExp, string][] = [
  [/vpce-svc-[0-9a-f]{17}/g, 'vpce-svc-0a1b2c3d4e5f60718'],
  [/vpce-[0-9a-f]{17}/g, 'vpce-0a1b2c3d4e5f60718'],
  [/\b(con|svc|cus|grt|acct|key)_[0-9a-z]{26}/g, '$1_01kaqy0v5ne4rvk3z4m5t6w7x8'],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '2026-11-23T12:00:00.000Z'],
  [/read \d+ s ago/g, 'read 1 s ago'],
  [/Reported \d+ minutes/g, 'Reported 0 minutes'],
  [/\b2222222223\d\d\b/g, '222222222222'],
  [/\bbank-\d+/g, 'acme'],
  [/_[a-z0-9]{20}\./g, '_6e86v84tqgqubxbwii1m.'],
  [/"vpce:\w+"/g, '"vpce:value"'],
  [/targetgroup\/[\w/-]+/g, 'targetgroup/api/0a1b2c3d4e5f6071'],
  [/loadbalancer\/net\/[\w/-]+/g, 'loadbalancer/net/api/0a1b2c3d4e5f6071'],
];

function stable(text: string): string {
  return stablePatterns.reduce((line, [pattern, by]) => line.replaceAll(pattern, by), text);
}
