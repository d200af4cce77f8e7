// Makes the example call in each method's documentation. Values come from the contract's own
// examples where it has them; ids stand as variables, since no made-up id would exist.
import { camelCase, singular } from './names.ts';
import { type Operation, resolveSchema, type Schema, type Spec } from './spec.ts';

/** Lines of code that call the operation on a `client`. */
export function exampleCall(spec: Spec, operation: Operation): string {
  const call = `client.${[...operation.resource, operation.name].join('.')}`;
  const args = [
    ...exampleIds(operation),
    ...exampleBody(spec, operation),
    ...exampleQuery(spec, operation),
  ].join(', ');
  const one = resultName(operation);
  if (operation.paginated) {
    return `for await (const ${one} of ${call}(${args})) {\n  console.log(${one});\n}`;
  }
  return operation.response ? `const ${one} = await ${call}(${args});` : `await ${call}(${args});`;
}

/** The same for the operation's waiter. */
export function exampleWait(operation: Operation): string {
  const { resource, waiter } = operation;
  const args = [...exampleIds(operation), '{ timeoutMs: 120_000 }'].join(', ');
  const call = `client.${[...resource, waiter!.name].join('.')}(${args})`;
  return `const ${resultName(operation)} = await ${call};`;
}

/** The variables that stand for ids, as in `connectionId`. */
export function exampleIds(operation: Operation): string[] {
  const { path, pathParameters } = operation;
  return pathParameters.map(({ name }) => {
    const before = path.split(`/{${name}}`)[0]!.split('/').at(-1)!;
    const word = camelCase(name);
    if (word === 'id') return `${singular(before)}Id`;
    return word === resultName(operation) ? `${word}Key` : word;
  });
}

function resultName({ response, resource, paginated }: Operation): string {
  const reference = response?.schema.$ref?.split('/').at(-1);
  const name = reference ?? (paginated ? 'item' : resource.at(-1)!);
  const variable = name.charAt(0).toLowerCase() + name.slice(1);
  return reservedWords.has(variable) ? 'result' : variable;
}

/** Words of JavaScript that resources are called by as well. */
const reservedWords = new Set(['import', 'export', 'delete', 'default', 'package']);

/** One argument, or none when the body may be left out. */
function exampleBody(spec: Spec, { body }: Operation): string[] {
  if (!body) return [];
  const value = body.example ?? exampleValue(spec, body.schema);
  return codeOf(value) === '{}' ? [] : [argumentOf(value)];
}

/** A long one gets a line for each member. */
function argumentOf(value: unknown): string {
  const text = codeOf(value);
  if (text.length <= 44 || typeof value !== 'object' || value === null) return text;
  const lines = Object.entries(value).map(([key, member]) => `  ${key}: ${codeOf(member)},\n`);
  return `{\n${lines.join('')}}`;
}

/** What the query must have, if anything. */
function exampleQuery(spec: Spec, { query }: Operation): string[] {
  const members = query
    .filter(({ required }) => required)
    .map(({ name, example, schema }) => [name, example ?? exampleValue(spec, schema)]);
  return members.length === 0 ? [] : [argumentOf(Object.fromEntries(members))];
}

function exampleValue(spec: Spec, unresolved: Schema): unknown {
  const schema = resolveSchema(spec, unresolved);
  const given = schema.example ?? schema.examples?.[0];
  if (given !== undefined) return given;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const member = (schema.anyOf ?? schema.oneOf)?.[0];
  if (member) return exampleValue(spec, member);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'object') {
    const required = schema.required ?? [];
    return Object.fromEntries(
      required.map((key) => [key, exampleValue(spec, schema.properties?.[key] ?? {})]),
    );
  }
  if (type === 'array') return [exampleValue(spec, schema.items ?? {})];
  if (type === 'boolean') return true;
  if (type === 'integer' || type === 'number') return schema.minimum ?? 1;
  return exampleText(schema.format);
}

function exampleText(format: string | undefined): string {
  if (format === 'date-time') return '2027-01-31T12:00:00Z';
  if (format === 'email') return 'ops@customer.example';
  return format === 'uri' ? 'https://customer.example' : '…';
}

/** JSON as one writes it in TypeScript. */
function codeOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(codeOf).join(', ')}]`;
  if (typeof value === 'string')
    return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, member]) => {
    const name = /^[A-Za-z_$][\w$]*$/.test(key) ? key : codeOf(key);
    return `${name}: ${codeOf(member)}`;
  });
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}
