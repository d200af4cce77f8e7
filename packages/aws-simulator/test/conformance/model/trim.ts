// Trims one of AWS's service models, in the form that botocore ships (service-2.json), to the facts
// that the conformance table is about. Run it by hand when the model moves or an operation joins:
//
//   node model/trim.ts service-2.json 'EC2 as in botocore 1.43.67' DescribeVpcs … >> model/ec2.txt
//
// See facts.ts for the form. Facts only: of AWS's own text nothing stays but the filters it names.

import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

interface Shape {
  readonly type: string;
  readonly members?: Readonly<Record<string, Reference>>;
  readonly member?: Reference;
  readonly value?: Reference;
  readonly required?: readonly string[];
  readonly enum?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
}

interface Reference {
  readonly shape: string;
  readonly documentation?: string;
}

export interface ServiceModel {
  readonly shapes: Readonly<Record<string, Shape>>;
  readonly operations: Readonly<Record<string, { input?: Reference; output?: Reference }>>;
}

/**
 * The blocks of the named operations, then the enumerations that they use.
 * @throws Error when the model has no such operation.
 */
export function trimmed(model: ServiceModel, names: readonly string[]): string {
  const enums = new Map<string, readonly string[]>();
  const blocks = names.toSorted().map((name) => {
    const operation = model.operations[name];
    if (!operation) throw new Error(`The model has no operation ${name}`);
    return [
      name,
      ...lines(model, enums, operation.input, '<'),
      ...filters(model, operation.input).map((filter) => `  ~ ${filter}`),
      ...lines(model, enums, operation.output, '>'),
    ].join('\n');
  });
  const lists = [...enums]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, values]) => `enum ${name}\n${values.map((value) => `  = ${value}`).join('\n')}`);
  return `${[...blocks, ...lists].join('\n\n')}\n`;
}

function lines(
  model: ServiceModel,
  enums: Map<string, readonly string[]>,
  root: Reference | undefined,
  mark: string,
): string[] {
  if (!root) return [];
  const found: string[] = [];
  const walk = (name: string, path: readonly string[], open: readonly string[]) => {
    const { members = {}, required = [] } = shapeOf(model, name);
    for (const [member, reference] of Object.entries(members)) {
      const here = [...path, member];
      const need = required.includes(member) ? ' required' : '';
      const { text, inner } = described(model, enums, reference.shape);
      found.push(`  ${mark} ${here.join('.')} ${text}${need}${limits(model, reference.shape)}`);
      if (inner && !open.includes(inner)) walk(inner, here, [...open, inner]);
    }
  };
  walk(root.shape, [], [root.shape]);
  return found;
}

/** The type of a member, and the structure that its own members are in. */
function described(
  model: ServiceModel,
  enums: Map<string, readonly string[]>,
  name: string,
): { text: string; inner?: string } {
  const shape = shapeOf(model, name);
  if (shape.type === 'structure') return { text: 'struct', inner: name };
  const element = shape.member ?? shape.value;
  if (element) {
    const { text, ...inner } = described(model, enums, element.shape);
    return { text: shape.type === 'map' ? `{${text}}` : `[${text}]`, ...inner };
  }
  if (shape.enum) enums.set(name, shape.enum);
  return { text: shape.enum ? `${shape.type}:${name}` : shape.type };
}

function limits(model: ServiceModel, name: string): string {
  const { min, max, pattern } = shapeOf(model, name);
  const told = [
    min === undefined ? '' : ` min=${min}`,
    max === undefined ? '' : ` max=${max}`,
    pattern === undefined ? '' : ` pattern=${pattern}`,
  ];
  return told.join('');
}

// EC2's filters are listed in the text about the member, one `<li>` each that begins with the name.
function filters(model: ServiceModel, input: Reference | undefined): string[] {
  const text = input && shapeOf(model, input.shape).members?.['Filters']?.documentation;
  const items = [...(text ?? '').matchAll(/<li> <p> ?<code>(.*?)<\/p>/gs)].map(([, item]) => item);
  const named = items.map((item) => {
    const plain = (item ?? '').replaceAll('</code>', '').replaceAll('<code>', '');
    return (/^tag(:?\s?&lt;key&gt;|\s-)/.test(plain) ? 'tag:<key>' : plain.split(/[\s,]/)[0]) ?? '';
  });
  return [...new Set(named)];
}

function shapeOf(model: ServiceModel, name: string): Shape {
  const shape = model.shapes[name];
  if (!shape) throw new Error(`The model has no shape ${name}`);
  return shape;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [file = '', source = '', ...operations] = process.argv.slice(2);
  const model = JSON.parse(readFileSync(file, 'utf8')) as ServiceModel;
  process.stdout.write(`# ${source}\n\n${trimmed(model, operations)}`);
}
