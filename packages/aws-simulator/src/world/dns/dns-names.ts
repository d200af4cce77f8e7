// Names of records and zones as Route 53 keeps them: lower case, absolute, other characters than
// letters, digits, `-` and `_` as octal escapes, so that a wildcard reads `\052`.

const LONGEST_LABEL = 63;
const LONGEST_NAME = 255;

/** How Route 53 keeps a `*` (Route 53 Developer Guide, DNS domain name format). */
export const WILDCARD = '\\052';

/** The stored form of a name, or undefined when it is not a domain name. */
export function normalName(name: string): string | undefined {
  return nameProblem(name) === undefined ? storedName(name) : undefined;
}

/** Why a text is not a domain name, in Route 53's codes, or undefined when it is one. */
export function nameProblem(name: string): string | undefined {
  if (name === '' || name === '.') return 'DomainNameEmpty (Domain name is empty)';
  const unescaped = withoutEscapes(name).replace(/\.$/, '');
  const labels = unescaped.split('.');
  if (labels.includes('')) return 'DomainLabelEmpty (Domain label is empty)';
  if (labels.some(({ length }) => length > LONGEST_LABEL)) {
    return 'DomainLabelTooLong (Domain label is too long)';
  }
  if (unescaped.length > LONGEST_NAME) return 'DomainNameTooLong (Domain name is too long)';
  // Escapes reach one octet; a name outside of Latin-1 has to come as Punycode.
  return /[\u0100-\uffff]/.test(unescaped)
    ? 'UnsupportedCharacter (Value contains unsupported characters)'
    : undefined;
}

/** Whether a stored name is the zone's own or lies below it. */
export function isInZone(name: string, zoneName: string): boolean {
  return name === zoneName || name.endsWith(`.${zoneName}`);
}

/** The name and each of its parents, longest first, down to the top-level domain. */
export function suffixesOf(name: string): string[] {
  const labels = name.slice(0, -1).split('.');
  return labels.map((_, index) => `${labels.slice(index).join('.')}.`);
}

/**
 * The name with its labels reversed, by which Route 53 lists zones and records. The trailing dot
 * counts (Route 53 API reference, ListResourceRecordSets): `a-b` comes before `a` and its children.
 */
export function reversedName(name: string): string {
  return `${name.slice(0, -1).split('.').reverse().join('.')}.`;
}

function storedName(name: string): string {
  const labels = withoutEscapes(name).toLowerCase().replace(/\.$/, '').split('.');
  return `${labels.map(escapedLabel).join('.')}.`;
}

function withoutEscapes(name: string): string {
  return name.replace(/\\([0-7]{3})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
}

function escapedLabel(label: string): string {
  return label.replace(
    /[^a-z0-9_-]/g,
    (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`,
  );
}
