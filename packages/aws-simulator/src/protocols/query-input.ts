// Turns Query parameters into an operation's input, driven by the schema. What differs between
// EC2 Query and AWS Query (names and list shape) comes in as a QueryDialect.

import { AwsError } from '../aws-error.ts';
import { isBase64 } from './base64.ts';
import { elements, type Parameter, readValue } from './parameters.ts';
import { requiredMembers, type Schema } from './schema.ts';

export interface QueryDialect {
  memberKey(memberName: string, schema: Schema): string;
  /** The node that holds the numbered elements of a list. */
  listNode(node: Parameter, list: Schema): Parameter | undefined;
  missing(path: string): AwsError;
}

/** @throws AwsError when a required member is missing or a scalar cannot be read. */
export function decodeStructure(
  schema: Schema,
  node: Parameter,
  dialect: QueryDialect,
): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  if (schema.isUnitSchema()) return value;
  for (const [name, member] of schema.structIterator()) {
    const child = node.children.get(dialect.memberKey(name, member));
    const decoded = child && decodeMember(member, child, dialect);
    if (decoded !== undefined) value[name] = decoded;
  }
  for (const name of requiredMembers(schema)) {
    if (value[name] !== undefined) continue;
    const key = dialect.memberKey(name, schema.getMemberSchema(name));
    throw dialect.missing(node.path === '' ? key : `${node.path}.${key}`);
  }
  return value;
}

function decodeMember(schema: Schema, node: Parameter, dialect: QueryDialect): unknown {
  if (schema.isListSchema()) return decodeList(schema, node, dialect);
  if (schema.isMapSchema()) return decodeMap(schema, node, dialect);
  if (schema.isStructSchema()) return decodeStructure(schema, node, dialect);
  const text = readValue(node);
  return text === undefined ? undefined : decodeScalar(schema, text, node.path);
}

function decodeList(schema: Schema, node: Parameter, dialect: QueryDialect): unknown[] | undefined {
  // botocore writes an empty AWS Query list as `Name=`; any other value here stays unread.
  const empty = node.value === '';
  if (empty) node.read = true;
  const holder = dialect.listNode(node, schema);
  const items = (holder ? elements(holder) : []).map((item) =>
    decodeMember(schema.getValueSchema(), item, dialect),
  );
  return items.length > 0 || empty ? items.filter((item) => item !== undefined) : undefined;
}

// `Name.entry.1.key=…`, or `Name.1.key=…` when flattened; only AWS Query has maps. The same key
// twice is one entry, as the object that the request was written from could have it only once.
function decodeMap(schema: Schema, node: Parameter, dialect: QueryDialect): object | undefined {
  const flat = schema.getMergedTraits().xmlFlattened;
  const holder = flat ? node : node.children.get('entry');
  const [key, value] = [schema.getKeySchema(), schema.getValueSchema()];
  const keyName = key.getMergedTraits().xmlName ?? 'key';
  const valueName = value.getMergedTraits().xmlName ?? 'value';
  const entries = (holder ? elements(holder) : []).flatMap((entry) => {
    const name = readValue(entry.children.get(keyName));
    const child = entry.children.get(valueName);
    if (name === undefined || !child) return [];
    return [[name, decodeMember(value, child, dialect)] as const];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function decodeScalar(schema: Schema, text: string, path: string): unknown {
  if (schema.isBooleanSchema()) {
    if (/^true$/i.test(text)) return true;
    if (/^false$/i.test(text)) return false;
    throw invalid(path, text, 'a boolean (true or false)');
  }
  if (schema.isNumericSchema()) {
    const number = Number(text);
    if (text.trim() !== '' && Number.isFinite(number)) return number;
    throw invalid(path, text, 'a number');
  }
  if (schema.isTimestampSchema()) {
    const date = new Date(text);
    if (!Number.isNaN(date.getTime())) return date;
    throw invalid(path, text, 'an ISO 8601 timestamp');
  }
  if (schema.isBlobSchema()) {
    if (isBase64(text)) return new Uint8Array(Buffer.from(text, 'base64'));
    throw invalid(path, text, 'base64');
  }
  return text;
}

function invalid(path: string, text: string, expected: string): AwsError {
  return new AwsError(
    'InvalidParameterValue',
    `Invalid value '${text}' for ${path}. Expected ${expected}.`,
  );
}
