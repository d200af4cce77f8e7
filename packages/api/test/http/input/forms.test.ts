import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatInWords, patternInWords } from '../../../src/http/input/forms.ts';

interface Schema {
  $ref?: string;
  pattern?: string;
  format?: string;
  [member: string]: unknown;
}
interface Operation {
  parameters?: { name: string; schema: Schema }[];
  requestBody?: { content: { 'application/json': { schema: Schema } } };
}

const file = new URL('../../../../../openapi.json', import.meta.url);
const contract = JSON.parse(readFileSync(file, 'utf8')) as {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
};

describe('what the contract takes', () => {
  const { patterns, formats } = formsOfInputs();

  it.each([...patterns])('when a text does not match %s, words say what is wanted', (pattern) => {
    expect(patternInWords(pattern)).not.toContain(pattern);
    expect(patternInWords(pattern)).toMatch(/^be /);
  });

  it.each([...formats])('when a value has not the format %s, words say what is wanted', (name) => {
    expect(formatInWords(name)).not.toBe(`be a valid ${name}`);
  });

  it('when it is a moment, by its name, the contract says its form', () => {
    const moments = Object.values(contract.paths)
      .flatMap((path) => Object.values(path).flatMap(({ parameters = [] }) => parameters))
      .filter(({ name }) => /(^|_)(at|since|until)$/.test(name));
    expect(moments.length).toBeGreaterThan(7);
    for (const { schema } of moments) expect(schema.format).toBe('date-time');
  });

  it('when it is searched for forms, it has many', () => {
    expect(patterns.size).toBeGreaterThan(15);
    expect(formats.size).toBeGreaterThan(1);
  });
});

function formsOfInputs(): { patterns: Set<string>; formats: Set<string> } {
  const [patterns, formats, seen] = [new Set<string>(), new Set<string>(), new Set<unknown>()];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    const { $ref, pattern, format } = value as Schema;
    if (typeof pattern === 'string') patterns.add(pattern);
    if (typeof format === 'string') formats.add(format);
    if (typeof $ref === 'string') visit(contract.components.schemas[$ref.split('/').at(-1)!]);
    for (const member of Object.values(value)) visit(member);
  };
  for (const operation of Object.values(contract.paths).flatMap((path) => Object.values(path))) {
    for (const { schema } of operation.parameters ?? []) visit(schema);
    visit(operation.requestBody?.content['application/json'].schema);
  }
  return { patterns, formats };
}
