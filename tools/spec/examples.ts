// Examples of what is sent and answered: composed from the schemas and one ledger of values, so
// that each of them is of the contract, and all of them are of one story.

import type { Spec } from './document.ts';
import { exampleId, exampleValues, idKinds, omitted } from './example-values.ts';
import { story } from './story.ts';

interface Schema {
  $ref?: string;
  title?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  format?: string;
  minimum?: number;
}

interface Media {
  schema?: Schema;
  examples?: object;
}

/**
 * An example for each schema that is sent or answered, by its name, and one by the name of the
 * operation where the story says something of it; media types refer to them.
 */
export function addExamples(spec: Spec): void {
  const missing = new Set<string>();
  const compose = composer(spec, missing);
  const examples: Record<string, { value: unknown }> = {};
  for (const { media, name: ownName, told } of mediaTypes(spec)) {
    const name = nameOf(media.schema);
    if (name === null || media.examples) continue;
    const usual = () => compose({ $ref: media.schema!.$ref! }, '', name);
    const key = told === undefined ? name : ownName;
    examples[key] ??= { value: told === undefined ? usual() : retold(usual(), told) };
    media.examples = { typical: { $ref: `#/components/examples/${key}` } };
  }
  if (missing.size > 0) {
    throw new Error(`tools/spec/example-values.ts has no value for ${[...missing].join(', ')}.`);
  }
  spec.components.examples = Object.fromEntries(
    Object.entries(examples).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

interface Holder {
  content?: Record<string, Media>;
}

interface Place {
  media: Media;
  /** Of an example that is this operation's alone. */
  name: string;
  /** What the story says of it. */
  told: Record<string, unknown> | undefined;
}

function mediaTypes(spec: Spec): Place[] {
  const operations = Object.values(spec.paths).flatMap((item) => Object.values(item));
  const own = operations.flatMap(({ operationId, requestBody, responses }) => {
    const { sent, answered, made } = story[operationId] ?? {};
    const answers = Object.entries(responses).flatMap(([status, response]) => {
      const told = status === '201' ? (made ?? answered) : answered;
      const suffix = status === '201' && made ? 'Made' : '';
      return placesIn(response, `${operationId}${suffix}`, told);
    });
    return [...placesIn(requestBody, `${operationId}Body`, sent), ...answers];
  });
  const shared: unknown[] = Object.values(spec.components.responses ?? {});
  return [...own, ...shared.flatMap((response) => placesIn(response, '', undefined))];
}

function placesIn(holder: unknown, name: string, told: Place['told']): Place[] {
  const { content = {} } = (holder ?? {}) as Holder;
  return Object.values(content).map((media) => ({ media, name, told }));
}

/** A page has what is told in its item. */
function retold(usual: unknown, told: Record<string, unknown>): unknown {
  const { items } = usual as { items?: object[] };
  const isPage = Array.isArray(items) && !('items' in told);
  return { ...(usual as object), ...(isPage ? { items: [{ ...items[0], ...told }] } : told) };
}

type Compose = (schema: Schema, member: string, owner: string) => unknown;

function composer(spec: Spec, missing: Set<string>): Compose {
  const compose: Compose = (schema, member, owner) => {
    const name = nameOf(schema);
    if (name !== null) {
      const given = valueOf(owner, member);
      if (given !== undefined) return given;
      return compose(spec.components.schemas[name] as Schema, member, name);
    }
    const given = valueOf(owner, member);
    if (given !== undefined) return given;
    if (schema.const !== undefined) return schema.const;
    if (schema.enum) return schema.enum[0];
    const [first] = schema.anyOf ?? schema.oneOf ?? [];
    if (first) return compose(first, member, owner);
    return byType(schema, member, owner);
  };
  const byType: Compose = (schema, member, owner) => {
    const types = [schema.type ?? 'object'].flat();
    if (types.includes('null') && schema.properties === undefined) return null;
    const [type] = types;
    if (type === 'array') return schema.items ? [compose(schema.items, member, owner)] : [];
    if (type === 'boolean') return false;
    if (type === 'integer' || type === 'number') return schema.minimum ?? 0;
    if (type === 'string') return void missing.add(`${owner}.${member}`);
    const left = omitted[owner] ?? [];
    const members = Object.entries(schema.properties ?? {}).filter(([key]) => !left.includes(key));
    const holder = schema.title ?? owner;
    return Object.fromEntries(members.map(([key, one]) => [key, compose(one, key, holder)]));
  };
  return compose;
}

function valueOf(owner: string, member: string): unknown {
  for (const key of [`${owner}.${member}`, member]) {
    if (key in exampleValues) return exampleValues[key];
  }
  if (member !== 'id') return undefined;
  const kind = Object.keys(idKinds).find((name) => owner === name || isVariant(owner, name));
  return kind === undefined ? undefined : exampleId(idKinds[kind]!);
}

/** `ApiKeyWithSecret` is an `ApiKey`. */
function isVariant(owner: string, name: string): boolean {
  return owner.startsWith(name) && /^(With|Resumed|Token)/.test(owner.slice(name.length));
}

function nameOf(schema: Schema | undefined): string | null {
  return schema?.$ref?.split('/').at(-1) ?? null;
}
