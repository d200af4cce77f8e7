// CloudFormation as it is rendered, held to the schemas of its resources (arguments.json says where
// from), and to its own references.

import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { renderCloudFormation } from '../../../src/domain/setup/cloudformation.ts';
import { yaml, type Data } from '../../../src/domain/setup/yaml.ts';
import { cases, hostile } from './cases.ts';
import { readYaml, type Read } from './yaml-reader.ts';

interface Names {
  properties: string[];
  required: string[];
  attributes: string[];
}

const ledger = JSON.parse(
  await readFile(new URL('arguments.json', import.meta.url), 'utf8'),
) as Record<'cloudformation', { resources: Record<string, Names> }>;
const { resources } = ledger.cloudformation;

interface Template {
  Description: string;
  Parameters?: Record<string, object>;
  Resources: Record<string, { Type: string; Properties: Record<string, Read> }>;
}

describe.each(Object.keys(cases))('%s', (name) => {
  const { files } = renderCloudFormation(cases[name]!);
  const templates = files.map(({ content }) => readYaml(content) as unknown as Template);

  it('when it is read, each resource has only properties of its schema', () => {
    for (const { Type, Properties } of templates.flatMap((one) => Object.values(one.Resources))) {
      const { properties, required } = resources[Type]!;
      expect(properties).toEqual(expect.arrayContaining(Object.keys(Properties)));
      expect(Object.keys(Properties)).toEqual(expect.arrayContaining(required));
    }
  });

  it('when it refers to something, that is there', () => {
    for (const template of templates) {
      const { Parameters = {}, Resources } = template;
      const there = [...Object.keys(Parameters), ...Object.keys(Resources)];
      const { refs, attributes } = references(template as unknown as Read);
      expect(there).toEqual(expect.arrayContaining(refs));
      for (const [of, attribute] of attributes) {
        expect(resources[Resources[of!]!.Type]!.attributes).toContain(attribute);
      }
      const unused = Object.keys(Parameters).filter((key) => !refs.includes(key));
      expect(unused).toEqual([]);
    }
  });
});

it('when words mean something in YAML, they stay words', () => {
  const data: Record<string, Data> = {
    Description: hostile,
    List: [{ 'a: b': '- c' }, [], {}],
    Yes: 'on',
    Number: '0x1',
  };
  expect(readYaml(yaml(data))).toEqual(data);
});

function references(data: Read): { refs: string[]; attributes: string[][] } {
  if (typeof data !== 'object') return { refs: [], attributes: [] };
  const found = Object.entries(data).map(([key, value]) => {
    if (key === 'Ref') return { refs: [value as string], attributes: [] };
    if (key === 'Fn::GetAtt') return { refs: [], attributes: [value as string[]] };
    if (key !== 'Fn::Sub') return references(value);
    const named = [...(value as string).matchAll(/\$\{(\w+)\}/g)].map(([, one]) => one!);
    return { refs: named, attributes: [] };
  });
  return {
    refs: found.flatMap(({ refs }) => refs),
    attributes: found.flatMap(({ attributes }) => attributes),
  };
}
