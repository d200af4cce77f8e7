// IPv6 arithmetic: blocks and addresses as numbers, and their one canonical spelling (RFC 5952).

export interface Ipv6Block {
  readonly base: bigint;
  /** Prefix length, 0 to 128. */
  readonly length: number;
}

/** The block that a text names, with the bits behind the prefix cleared, or undefined. */
export function ipv6Block(text: string): Ipv6Block | undefined {
  const [address = '', prefix = '', ...rest] = text.split('/');
  const value = ipv6Value(address);
  const length = Number(prefix);
  if (value === undefined || rest.length > 0 || !/^\d{1,3}$/.test(prefix) || length > 128) {
    return undefined;
  }
  const host = BigInt(128 - length);
  return { base: (value >> host) << host, length };
}

export function formatIpv6Block({ base, length }: Ipv6Block): string {
  return `${formatIpv6(base)}/${length}`;
}

export function ipv6Contains(outer: Ipv6Block, inner: Ipv6Block): boolean {
  const host = BigInt(128 - outer.length);
  return inner.length >= outer.length && inner.base >> host === outer.base >> host;
}

/** The nth block of a longer prefix inside a block. */
export function ipv6Part(block: Ipv6Block, length: number, index: number): Ipv6Block {
  return { base: block.base + (BigInt(index) << BigInt(128 - length)), length };
}

/** The address in its canonical spelling, or undefined when the text is none. */
export function canonicalIpv6(text: string): string | undefined {
  const value = ipv6Value(text);
  return value === undefined ? undefined : formatIpv6(value);
}

/** @param host the 64 bits behind a /64 prefix, as hex digits. */
export function addressIn(cidr: string, host: string): string {
  return formatIpv6((ipv6Block(cidr)?.base ?? 0n) + BigInt(`0x${host}`));
}

/** The first four addresses and the last one are AWS's (VPC guide, subnet sizing). */
export function isAssignableIpv6(cidr: string, address: string): boolean {
  const block = ipv6Block(cidr);
  const value = ipv6Value(address);
  if (!block || value === undefined) return false;
  const offset = value - block.base;
  return offset >= 4n && offset < (1n << BigInt(128 - block.length)) - 1n;
}

function ipv6Value(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [left = [], right = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - left.length - right.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...left, ...Array.from({ length: missing }, () => '0'), ...right];
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return groups.reduce((sum, group) => (sum << 16n) + BigInt(`0x${group}`), 0n);
}

function formatIpv6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((value >> BigInt(112 - index * 16)) & 0xffffn).toString(16),
  );
  const zeros = [...groups.join(':').matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)].map(([run]) => run);
  const longest = zeros.toSorted((a, b) => b.replace(/^:/, '').length - a.replace(/^:/, '').length);
  if (longest[0] === undefined) return groups.join(':');
  const [before, after] = splitOnce(groups.join(':'), longest[0]);
  return `${before}::${after.replace(/^:/, '')}`;
}

function splitOnce(text: string, part: string): [string, string] {
  const at = text.indexOf(part);
  return [text.slice(0, at), text.slice(at + part.length)];
}
