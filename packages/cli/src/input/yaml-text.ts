// Reads the YAML that people write by hand: maps, lists, texts, numbers, comments, and lists and
// maps in brackets on one line. What else YAML has (anchors, tags, texts of many lines) is refused
// by its line. A library for all of YAML would make the one file of this program a third larger.

export class YamlError extends Error {}

interface Line {
  indent: number;
  text: string;
  number: number;
}

/** @throws YamlError that names the line */
export function yamlValue(source: string): unknown {
  const lines = linesOf(source);
  if (lines.length === 0) return null;
  const reader = { lines, at: 0 };
  const value = block(reader, lines[0]!.indent);
  const rest = lines[reader.at];
  if (rest) refuse(rest, 'it stands further left or right than what it belongs to');
  return value;
}

interface Reader {
  lines: Line[];
  at: number;
}

function linesOf(source: string): Line[] {
  const lines = source.split(/\r?\n/).map((raw, at) => {
    const text = withoutComment(raw).trimEnd();
    const line = { indent: text.search(/\S/), text: text.trimStart(), number: at + 1 };
    if (/^ *\t/.test(raw) && line.text !== '') refuse(line, 'use blanks, and no tabs, before it');
    return line;
  });
  const filled = lines.filter(({ text }) => text !== '');
  if (filled[0]?.text === '---') filled.shift();
  const mark = filled.find(({ text, indent }) => indent === 0 && /^(---|\.\.\.|%)/.test(text));
  if (mark) refuse(mark, 'a file has one document');
  return filled;
}

/** A `#` begins a comment at the start of a line and behind a blank, but not in quotes. */
function withoutComment(text: string): string {
  const parts = text.matchAll(/"(?:[^"\\]|\\.)*"|(?<=^|[\s,[{:-])'(?:[^']|'')*'|(^|\s)#.*$/g);
  for (const { 0: part, index } of parts) {
    if (/^\s?#/.test(part)) return text.slice(0, index);
  }
  return text;
}

function block(reader: Reader, indent: number): unknown {
  const { text } = reader.lines[reader.at]!;
  if (isItem(text)) return list(reader, indent);
  return entryOf(text) ? map(reader, indent) : alone(reader);
}

function alone(reader: Reader): unknown {
  const line = reader.lines[reader.at]!;
  reader.at += 1;
  return inline(line, line.text);
}

function list(reader: Reader, indent: number): unknown[] {
  const items: unknown[] = [];
  for (;;) {
    const line = reader.lines[reader.at];
    if (line?.indent !== indent || !isItem(line.text)) return items;
    const rest = line.text.slice(1).trimStart();
    if (rest === '') {
      reader.at += 1;
      items.push(below(reader, indent + 1));
    } else {
      // What begins behind the dash goes on below it, as if the dash were a blank.
      const moved = indent + line.text.length - rest.length;
      reader.lines[reader.at] = { ...line, indent: moved, text: rest };
      items.push(block(reader, moved));
    }
  }
}

function map(reader: Reader, indent: number): Record<string, unknown> {
  const members: [string, unknown][] = [];
  for (;;) {
    const line = reader.lines[reader.at];
    if (line?.indent !== indent || isItem(line.text)) return Object.fromEntries(members);
    const entry = entryOf(line.text) ?? refuse(line, 'it is neither `name: value` nor `- item`');
    const name = String(inline(line, entry.name));
    if (members.some(([other]) => other === name)) refuse(line, `${name} is there twice`);
    reader.at += 1;
    members.push([name, entry.rest === '' ? under(reader, indent) : inline(line, entry.rest)]);
  }
}

/** A list below a name may stand as far left as the name. */
function under(reader: Reader, indent: number): unknown {
  const next = reader.lines[reader.at];
  const isList = next?.indent === indent && isItem(next.text);
  return isList ? list(reader, indent) : below(reader, indent + 1);
}

function below(reader: Reader, least: number): unknown {
  const next = reader.lines[reader.at];
  return next && next.indent >= least ? block(reader, next.indent) : null;
}

function isItem(text: string): boolean {
  return text === '-' || text.startsWith('- ');
}

const NAME = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'[\]{}#&*!|>%@`,-][^:]*?)\s*:(?:\s+(.*))?$/;

function entryOf(text: string): { name: string; rest: string } | undefined {
  const [, name, rest = ''] = NAME.exec(text) ?? [];
  return name === undefined ? undefined : { name, rest };
}

/** A value on one line. */
function inline(line: Line, text: string): unknown {
  const tokens = [...text.matchAll(TOKEN)]
    .map(([token]) => token)
    .filter((token) => /\S/.test(token));
  if (!/^[[{]/.test(text)) return scalar(line, text);
  const value = flow(line, tokens);
  if (tokens.length > 0) refuse(line, 'something stands behind the bracket');
  return value;
}

const TOKEN = new RegExp(
  [
    '[[\\]{},]',
    ':(?=\\s)',
    // A name as in JSON has its colon at once behind it.
    '"(?:[^"\\\\]|\\\\.)*":?',
    "'(?:[^']|'')*'",
    '(?:[^[\\]{},:"\'\\s]|:(?!\\s)|(?<=\\S)["\']|[^\\S\\n]+(?=[^[\\]{},:\\s]))+',
    '\\s+',
  ].join('|'),
  'g',
);

function flow(line: Line, tokens: string[]): unknown {
  const token = tokens.shift() ?? refuse(line, 'a bracket is not closed on this line');
  if (token === '[') return flowItems(line, tokens, ']', () => flow(line, tokens));
  if (token !== '{') return scalar(line, token.trim());
  const members = flowItems(line, tokens, '}', () => {
    const word = tokens.shift()!.trim();
    const isJson = word.length > 1 && word.endsWith(':');
    if (!isJson && tokens.shift() !== ':')
      refuse(line, 'a name in braces needs a colon and a blank');
    return [scalar(line, isJson ? word.slice(0, -1) : word), flow(line, tokens)] as const;
  });
  return Object.fromEntries(members);
}

function flowItems<T>(line: Line, tokens: string[], end: string, read: () => T): T[] {
  const items: T[] = [];
  while (tokens[0] !== end) {
    if (tokens.length === 0) refuse(line, 'a bracket is not closed on this line');
    items.push(read());
    if (tokens[0] === ',') tokens.shift();
    else if (tokens.length > 0 && tokens[0] !== end)
      refuse(line, 'a comma is missing between brackets');
  }
  tokens.shift();
  return items;
}

function scalar(line: Line, text: string): unknown {
  if (text.startsWith('"')) return quoted(line, text);
  if (text.startsWith("'")) {
    if (!/^'(?:[^']|'')*'$/.test(text)) refuse(line, 'a quote is not closed on this line');
    return text.slice(1, -1).replaceAll("''", "'");
  }
  if (/^[&*!|>%@`\]},]/.test(text)) refuse(line, `put what begins with ${text[0]} into quotes`);
  if (/: |:$/.test(text)) refuse(line, 'put a text with a colon into quotes');
  if (/^(null|Null|NULL|~|)$/.test(text)) return null;
  if (/^(true|True|TRUE)$/.test(text)) return true;
  if (/^(false|False|FALSE)$/.test(text)) return false;
  // Twelve digits are the number of an AWS account, which is a text.
  if (/^\d{12}$/.test(text)) return text;
  return /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text) ? Number(text) : text;
}

function quoted(line: Line, text: string): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    return refuse(line, 'a text in double quotes must be as in JSON, on one line');
  }
}

function refuse({ number }: Line, problem: string): never {
  throw new YamlError(`line ${number}: ${problem}`);
}
