// Text that people gave, such as names, in the languages of setups. Each function takes any text,
// and gives one that the language reads as exactly that text, or as nothing but words.

/** On one line, for comments: no line break of any language ends it. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

/** A string of HCL: as in JSON, but `${` and `%{` begin a template (HCL native syntax, 3.1). */
export function hcl(value: string | readonly (string | number)[] | null): string {
  if (value === null) return 'null';
  if (typeof value === 'string') {
    const quoted = jsonText(value);
    return quoted.replaceAll(/([$%])\{/g, '$1$1{');
  }
  const items = value.map((item) => (typeof item === 'number' ? String(item) : hcl(item)));
  return `[${items.join(', ')}]`;
}

/** A word of a POSIX shell: nothing is special in single quotes but the quote itself. */
export function sh(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** JSON without what TypeScript, YAML 1.1 or HCL read otherwise. */
export function jsonText(value: unknown, indent = 0): string {
  const text = JSON.stringify(value, null, indent);
  return text
    .replaceAll(/\\./g, (escape) => unknownElsewhere[escape] ?? escape)
    .replaceAll(/[\u007f-\u009f\u2028\u2029\ufeff]/g, unicodeEscape);
}

/** Escapes that HCL does not have. */
const unknownElsewhere: Record<string, string> = { '\\b': '\\u0008', '\\f': '\\u000c', '\\/': '/' };

/** Words of Markdown: nothing in it is a mark, a tag or a link. */
export function markdown(text: string): string {
  return oneLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll(/[\\`*_{}[\]<>#|!~()+.:@-]/g, (mark) => `\\${mark}`);
}

/** A span of code in Markdown. */
export function code(text: string): string {
  return `\`${oneLine(text).replaceAll('`', "'").replaceAll('|', '\\|')}\``;
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
