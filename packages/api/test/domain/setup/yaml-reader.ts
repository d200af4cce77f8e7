// Reads the part of YAML that setups are written in: blocks of maps and lists, texts in double
// quotes. By hand, so that what wrote it cannot be wrong in the same way.

export type Read = string | number | boolean | Read[] | { [key: string]: Read };

interface Line {
  indent: number;
  text: string;
}

/** @throws Error with the line that it cannot read */
export function readYaml(source: string): Read {
  const lines = source
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ({ indent: line.length - line.trimStart().length, text: line.trim() }));
  const value = readBlock(lines, 0);
  if (lines.length > 0) throw new Error(`Not read: ${lines[0]!.text}`);
  return value;
}

function readBlock(lines: Line[], indent: number): Read {
  return lines[0]!.text.startsWith('- ') ? readList(lines, indent) : readMap(lines, indent);
}

function readList(lines: Line[], indent: number): Read[] {
  const items: Read[] = [];
  while (lines[0]?.indent === indent && lines[0].text.startsWith('- ')) {
    const rest = lines[0].text.slice(2);
    if (isScalar(rest)) {
      lines.shift();
      items.push(readScalar(rest));
    } else {
      lines[0] = { indent: indent + 2, text: rest };
      items.push(readBlock(lines, indent + 2));
    }
  }
  return items;
}

function readMap(lines: Line[], indent: number): Read {
  const map: { [key: string]: Read } = {};
  while (lines[0]?.indent === indent && !lines[0].text.startsWith('- ')) {
    const { text } = lines.shift()!;
    const [, key, rest] = /^("(?:[^"\\]|\\.)*"|[\w:]*\w):(?: (.*))?$/.exec(text) ?? [];
    if (key === undefined) throw new Error(`Not read: ${text}`);
    const name = key.startsWith('"') ? String(JSON.parse(key)) : key;
    const indentInside = lines[0]?.indent ?? 0;
    map[name] = rest === undefined ? readBlock(lines, indentInside) : readScalar(rest);
  }
  return map;
}

function isScalar(text: string): boolean {
  return /^("(?:[^"\\]|\\.)*"|\[\]|\{\}|true|false|\d+)$/.test(text);
}

function readScalar(text: string): Read {
  if (!isScalar(text)) throw new Error(`Not read: ${text}`);
  return JSON.parse(text) as Read;
}
