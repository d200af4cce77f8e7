// Writes an operation's output as XML, driven by the schema. Absent members are left out and an
// empty list is an empty element: clients read the first as undefined and the second as [].

import type { Schema } from './schema.ts';

/** The members of a structure as sibling elements, without an element around them. */
export function xmlMembers(schema: Schema, value: object): string {
  if (schema.isUnitSchema()) return '';
  let xml = '';
  for (const [name, member] of schema.structIterator()) {
    const memberValue = (value as Record<string, unknown>)[name];
    if (memberValue === undefined || memberValue === null) continue;
    xml += xmlMember(member, member.getMergedTraits().xmlName ?? name, memberValue);
  }
  return xml;
}

/** One element; the content is XML already. */
export function xmlElement(tag: string, content: string, namespace?: string): string {
  const attribute = namespace === undefined ? '' : ` xmlns="${namespace}"`;
  return content === '' ? `<${tag}${attribute}/>` : `<${tag}${attribute}>${content}</${tag}>`;
}

export function escapeXml(text: string): string {
  return text.replace(/[&<>"'\r]/g, (char) => `&#${char.charCodeAt(0)};`);
}

function xmlMember(schema: Schema, tag: string, value: unknown): string {
  if (schema.isListSchema()) return xmlList(schema, tag, value as unknown[]);
  if (schema.isMapSchema()) return xmlMap(schema, tag, value as object);
  if (schema.isStructSchema()) return xmlElement(tag, xmlMembers(schema, value as object));
  return xmlElement(tag, escapeXml(scalarText(value)));
}

function xmlList(schema: Schema, tag: string, items: readonly unknown[]): string {
  const item = schema.getValueSchema();
  if (schema.getMergedTraits().xmlFlattened) {
    return items.map((value) => xmlMember(item, tag, value)).join('');
  }
  const itemTag = item.getMergedTraits().xmlName ?? 'member';
  return xmlElement(tag, items.map((value) => xmlMember(item, itemTag, value)).join(''));
}

function xmlMap(schema: Schema, tag: string, map: object): string {
  const [key, value] = [schema.getKeySchema(), schema.getValueSchema()];
  const keyTag = key.getMergedTraits().xmlName ?? 'key';
  const valueTag = value.getMergedTraits().xmlName ?? 'value';
  const flat = schema.getMergedTraits().xmlFlattened;
  const entries = Object.entries(map).map(([name, item]) =>
    xmlElement(
      flat ? tag : 'entry',
      xmlMember(key, keyTag, name) + xmlMember(value, valueTag, item),
    ),
  );
  return flat ? entries.join('') : xmlElement(tag, entries.join(''));
}

function scalarText(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  return value instanceof Date ? value.toISOString() : String(value);
}
