// YAML of what JSON can hold. Every text that could be read as anything else, or that is armed, is
// written as in JSON, which YAML 1.2 reads alike.

import { jsonLine } from './disarm.ts';

/** Nothing that a reader of YAML 1.1 or 1.2 takes for a number, a time, a truth or a mark. */
const PLAIN = /^[A-Za-z][\w./-]*$/;
const RESERVED = /^(y|n|yes|no|on|off|true|false|null|nan|inf)$/i;

export function yamlText(value: unknown): string {
  return `${block(value, 0).join('\n')}\n`;
}

function block(value: unknown, depth: number): string[] {
  const indent = '  '.repeat(depth);
  if (Array.isArray(value) && value.length > 0) {
    return value.flatMap((item) => {
      const [first = '', ...rest] = block(item, depth + 1);
      return [`${indent}- ${first.trimStart()}`, ...rest];
    });
  }
  if (isFilled(value)) {
    return Object.entries(value).flatMap(([key, member]) => {
      const name = `${indent}${scalar(key)}:`;
      const isDeep = Array.isArray(member) ? member.length > 0 : isFilled(member);
      return isDeep ? [name, ...block(member, depth + 1)] : [`${name} ${scalar(member)}`];
    });
  }
  return [indent + scalar(value)];
}

function isFilled(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

function scalar(value: unknown): string {
  const isPlain = typeof value === 'string' && PLAIN.test(value) && !RESERVED.test(value);
  return isPlain ? value : jsonLine(value);
}
