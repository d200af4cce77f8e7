// Prints TSDoc.

/** A comment of these paragraphs and tags, with its line end; nothing when all are empty. */
export function docComment(parts: readonly string[]): string {
  const lines = parts
    .filter((part) => part.trim() !== '')
    .flatMap((part, index) => (index === 0 || part.startsWith('@') ? [part] : ['', part]))
    .join('\n')
    // It would end the comment.
    .replaceAll('*/', '*\\/')
    .split('\n')
    .flatMap(wrapped);
  if (lines.length === 0 || lines.join('') === '') return '';
  if (lines.length === 1) return `/** ${lines[0]} */\n`;
  return `/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join('\n')}\n */\n`;
}

/** Prose breaks at 92 columns; code (indented, or behind a fence) stays as it is. */
function wrapped(line: string): string[] {
  const width = 92;
  if (line.length <= width || /^(\s|`{3})/.test(line)) return [line];
  const at = line.lastIndexOf(' ', width);
  return at <= 0 ? [line] : [line.slice(0, at), ...wrapped(line.slice(at + 1))];
}
