// Names of records and zones as Route 53 keeps them: lower case, absolute, other characters than
// letters, digits, `-` and `_` as octal escapes, so that a wildcard reads `\052`.

/** The stored form of a name, or undefined when it is not a domain name. */
export function normalName(name: string): string | undefined {
  const unescaped = name.replace(/\\([0-7]{3})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
  const labels = unescaped.toLowerCase().replace(/\.$/, '').split('.');
  const sound = labels.every((label) => label.length >= 1 && label.length <= 63);
  if (!sound || unescaped.length > 255) return undefined;
  return `${labels.map(escapedLabel).join('.')}.`;
}

/** Whether a stored name is the zone's own or lies below it. */
export function isInZone(name: string, zoneName: string): boolean {
  return name === zoneName || name.endsWith(`.${zoneName}`);
}

/** Orders names by their labels from the right, as Route 53 lists them. */
export function compareNames(a: string, b: string): number {
  return compareText(reversedLabels(a), reversedLabels(b));
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

// NUL sorts before every character of a label, so a parent comes before its children.
function reversedLabels(name: string): string {
  return name.split('.').filter(Boolean).reverse().join('\0');
}

function escapedLabel(label: string): string {
  return label.replace(
    /[^a-z0-9_-]/g,
    (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`,
  );
}
