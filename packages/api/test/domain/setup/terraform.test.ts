// Terraform as it is rendered, read by HashiCorp's own parser and held to the argument names of the
// AWS provider (arguments.json says where from).

import { readFile } from 'node:fs/promises';
import { parse } from '@cdktf/hcl2json';
import { describe, expect, it } from 'vitest';
import { renderTerraform } from '../../../src/domain/setup/terraform.ts';
import { cases, hostile } from './cases.ts';

interface Names {
  arguments: string[];
  required: string[];
  blocks: Record<string, Names>;
}

const ledger = JSON.parse(
  await readFile(new URL('arguments.json', import.meta.url), 'utf8'),
) as Record<'terraform', Record<'resources' | 'data', Record<string, Names>>>;
const { resources, data } = ledger.terraform;

/** What Terraform itself takes in every block (Terraform language, meta-arguments). */
const meta = new Set([
  'count',
  'for_each',
  'depends_on',
  'lifecycle',
  'provider',
  'dynamic',
  'provisioner',
]);
/** Terraform's own (Terraform language, "The terraform_data managed resource type"). */
const builtIn = {
  terraform_data: { arguments: ['input', 'triggers_replace'], required: [], blocks: {} },
};

type Body = Record<string, unknown>;
interface File {
  resource?: Record<string, Record<string, Body[]>>;
  data?: Record<string, Record<string, Body[]>>;
  module?: Record<string, Body[]>;
  variable?: Record<string, { default?: unknown }[]>;
  output?: Record<string, unknown>;
}

const read = async (name: string, text: string) => (await parse(name, text)) as File;

describe.each(Object.keys(cases))('%s', (name) => {
  const { files } = renderTerraform(cases[name]!);
  const ofHcl = files.filter((file) => file.name.endsWith('.tf'));

  it('when it is parsed, every resource has only arguments that the provider knows', async () => {
    for (const { name: file, content } of ofHcl) {
      const parsed = await read(file, content);
      const wrong = [
        ...oddities(parsed.resource, { ...resources, ...builtIn }),
        ...oddities(parsed.data, data),
      ];
      expect([file, wrong]).toEqual([file, []]);
    }
  });

  it('when a module is called, it gets what it needs, and nothing else', async () => {
    const { module = {} } = await read('main.tf', files[0]!.content);
    expect(Object.keys(module).length).toBeGreaterThan(0);
    for (const [{ source, ...given }] of Object.values(module) as [Body][]) {
      const folder = String(source).slice(2);
      const own = ofHcl.filter((file) => file.name.startsWith(`${folder}/`));
      const parsed = await Promise.all(own.map((file) => read(file.name, file.content)));
      const variables = Object.assign({}, ...parsed.map(({ variable }) => variable)) as NonNullable<
        File['variable']
      >;
      const needed = Object.keys(variables).filter((key) => !('default' in variables[key]![0]!));
      expect(Object.keys(variables)).toEqual(expect.arrayContaining(Object.keys(given)));
      expect(Object.keys(given)).toEqual(expect.arrayContaining(needed));
    }
  });
});

it('when words mean something in HCL, they stay words', async () => {
  const { files } = renderTerraform({ ...cases['all known']!, sallyportUrl: hostile });
  const { module } = await read('main.tf', files[0]!.content);
  const [{ sallyport_url: url }] = module!['endpoint'] as [Body];
  // The parser gives a template back as it is written: what is doubled stands for itself.
  expect(String(url).replaceAll(/([$%])\1\{/g, '$1{')).toBe(hostile);
  expect(String(url)).not.toMatch(/(?<![$%])[$%]\{/);
});

/** Arguments that are not known, and those that are missing, each by its path. */
function oddities(found: File['resource'] = {}, known: Record<string, Names>): string[] {
  return Object.entries(found).flatMap(([type, named]) => {
    const names = known[type];
    if (!names) return [`${type} is not in the ledger`];
    const bodies = Object.values(named).flat();
    return bodies.flatMap((body) => odd(type, body, names));
  });
}

function odd(path: string, body: Body, { arguments: own, required, blocks }: Names): string[] {
  const dynamic = (body['dynamic'] ?? {}) as Record<string, { content: Body[] }[]>;
  const given = Object.keys(body).filter((key) => !meta.has(key));
  const unknown = given.filter((key) => !own.includes(key) && !(key in blocks));
  const missing = required.filter((key) => !given.includes(key));
  const inner = [
    ...given.filter((key) => key in blocks).map((key) => [key, body[key] as Body[]] as const),
    ...Object.entries(dynamic).flatMap(([key, made]) =>
      made.map(({ content }) => [key, content] as const),
    ),
  ];
  // A list of objects may be written as blocks (Terraform language, "Attributes as blocks").
  const asBlocks = inner.filter(([key]) => !(key in blocks) && !own.includes(key));
  return [
    ...unknown.map((key) => `${path}.${key} is unknown`),
    ...missing.map((key) => `${path}.${key} is missing`),
    ...asBlocks.map(([key]) => `${path}.${key} is no block`),
    ...inner.flatMap(([key, bodies]) =>
      key in blocks ? bodies.flatMap((one) => odd(`${path}.${key}`, one, blocks[key]!)) : [],
    ),
  ];
}
