// Reads a REST-XML request body into an operation's input, driven by the schema. Elements the
// schema does not know are errors, as they are for Route 53's own XML schema validation.

import { XMLParser } from 'fast-xml-parser';
import { AwsError } from '../aws-error.ts';
import { requiredMembers, type Schema } from './schema.ts';

type XmlNode = string | { [tag: string]: XmlNode | XmlNode[] };

/**
 * Reads the members that travel in the body (those without an HTTP binding of their own).
 * @throws AwsError InvalidInput for XML that is not well-formed, elements that do not belong or
 * are missing, and scalars that cannot be read; MalformedInput for another root element.
 */
export function decodeXmlBody(schema: Schema, body: string): Record<string, unknown> {
  const [tag, root] = parseDocument(body);
  const expected = schema.getMergedTraits().xmlName ?? schema.getName() ?? tag;
  if (tag !== expected) {
    // Code and text are from the field.
    throw new AwsError('MalformedInput', `${tag} is not valid, expected ${expected}`);
  }
  return decodeStructure(schema, root, isBodyMember);
}

function parseDocument(body: string): [tag: string, root: XmlNode] {
  if (/<!DOCTYPE/i.test(body)) throw invalidXml('a document type declaration is not allowed');
  const parser = new XMLParser({
    ignoreAttributes: true,
    ignoreDeclaration: true,
    removeNSPrefix: true,
    parseTagValue: false,
    trimValues: false,
  });
  const document = parsed(parser, body);
  const root = Object.entries(document).find(([tag]) => tag !== '#text');
  if (root === undefined) throw invalidXml('the document is empty');
  return root;
}

function parsed(parser: XMLParser, body: string): Record<string, XmlNode> {
  try {
    // It still checks that the XML is well-formed; the replacement is one more dependency.
    // oxlint-disable-next-line typescript/no-deprecated
    return parser.parse(body, true) as Record<string, XmlNode>;
  } catch (error) {
    throw invalidXml(error instanceof Error ? error.message : 'not well-formed');
  }
}

function decodeStructure(
  schema: Schema,
  node: XmlNode,
  belongs: (member: Schema) => boolean,
): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  const children = childElements(node);
  for (const [name, member] of schema.structIterator()) {
    if (!belongs(member)) continue;
    const tag = member.getMergedTraits().xmlName ?? name;
    const found = children.get(tag);
    if (found) value[name] = decodeMember(member, tag, found);
    children.delete(tag);
    if (!found && requiredMembers(schema).includes(name)) {
      throw invalidXml(`the element '${tag}' is missing in '${schema.getName() ?? ''}'`);
    }
  }
  const [stranger] = children.keys();
  if (stranger !== undefined) throw invalidXml(`the element '${stranger}' is not expected here`);
  return value;
}

function decodeMember(schema: Schema, tag: string, nodes: XmlNode[]): unknown {
  if (schema.isListSchema()) return decodeList(schema, nodes);
  const [node, second] = nodes;
  if (node === undefined || second !== undefined) throw invalidXml(`'${tag}' must occur once`);
  if (schema.isStructSchema()) return decodeStructure(schema, node, () => true);
  return decodeScalar(schema, tag, textOf(node));
}

function decodeList(schema: Schema, nodes: XmlNode[]): unknown[] {
  const item = schema.getValueSchema();
  const itemTag = item.getMergedTraits().xmlName ?? 'member';
  const items = schema.getMergedTraits().xmlFlattened
    ? nodes
    : nodes.flatMap((node) => listItems(node, itemTag));
  return items.map((node) => decodeMember(item, itemTag, [node]));
}

function listItems(node: XmlNode, itemTag: string): XmlNode[] {
  const children = childElements(node);
  const items = children.get(itemTag) ?? [];
  children.delete(itemTag);
  const [stranger] = children.keys();
  if (stranger !== undefined) throw invalidXml(`expected '${itemTag}', found '${stranger}'`);
  return items;
}

function decodeScalar(schema: Schema, tag: string, text: string): unknown {
  if (schema.isBooleanSchema()) {
    if (text === 'true' || text === 'false') return text === 'true';
    throw invalidXml(`'${text}' is not a boolean in '${tag}'`);
  }
  if (schema.isNumericSchema()) {
    const number = Number(text);
    if (text.trim() !== '' && Number.isFinite(number)) return number;
    throw invalidXml(`'${text}' is not a number in '${tag}'`);
  }
  return text;
}

function childElements(node: XmlNode): Map<string, XmlNode[]> {
  if (typeof node === 'string') {
    if (node.trim() === '') return new Map();
    throw invalidXml(`the text '${node.trim()}' is not expected here`);
  }
  const children = new Map<string, XmlNode[]>();
  for (const [tag, child] of Object.entries(node)) {
    if (tag !== '#text') children.set(tag, Array.isArray(child) ? child : [child]);
  }
  return children;
}

function textOf(node: XmlNode): string {
  if (typeof node === 'string') return node;
  const text = node['#text'];
  return typeof text === 'string' ? text : '';
}

function isBodyMember(member: Schema): boolean {
  const traits = member.getMergedTraits();
  return !traits.httpLabel && !traits.httpQuery && !traits.httpHeader;
}

function invalidXml(reason: string): AwsError {
  return new AwsError('InvalidInput', `Invalid XML ; ${reason}`);
}
