// How results read on a terminal. What comes from AWS or the service is disarmed first.
import type { ConnectionPlan } from '../aws/plan.ts';
import type { Check, NextStep } from '../generated/types.ts';

/**
 * Without characters that steer a terminal or turn the direction of a text: whoever can write a
 * name that we print must not be able to write over what we print.
 */
export function disarmed(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (found) =>
    found === '\n' ? '\n' : '\uFFFD',
  );
}

export function checkLines(checks: readonly Check[]): string[] {
  const width = Math.max(...checks.map(({ name }) => name.length));
  return checks.flatMap(({ name, result, evidence, next }) => [
    `${String(result).padEnd(8)} ${name.padEnd(width)}  ${evidence}`,
    ...(next && result !== 'pass' ? nextLines(next, ' '.repeat(width + 11)) : []),
  ]);
}

export function nextLines({ actor, action, command }: NextStep, indent = ''): string[] {
  return [`${indent}${actor}: ${action}`, ...(command ? [`${indent}$ ${command}`] : [])];
}

export function planLines({ works, summary, next, steps }: ConnectionPlan): string[] {
  return [
    ...steps.flatMap(({ does, step, what, command }, index) => [
      `${index + 1}. ${step.padEnd(14)} ${does.padEnd(7)} ${what}`,
      ...(command && does === 'change' ? [`${' '.repeat(26)}$ ${command}`] : []),
    ]),
    '',
    `works: ${works}. ${summary}`,
    ...(next ? nextLines(next) : []),
  ];
}
