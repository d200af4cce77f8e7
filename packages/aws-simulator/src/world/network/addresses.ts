// IPv4 arithmetic: whether a text is a block or an address, how blocks lie to each other, how many
// addresses of a subnet are free and which one comes next.

export interface Block {
  readonly base: number;
  /** Prefix length, 0 to 32. */
  readonly length: number;
  readonly size: number;
}

// AWS keeps the first four addresses of a subnet and the last one (VPC guide, subnet sizing).
const RESERVED_FIRST = 4;
const RESERVED = 5;

/** The block that a text names, with the bits behind the prefix cleared, or undefined. */
export function ipv4Block(text: string): Block | undefined {
  const [address = '', length = '', ...rest] = text.split('/');
  if (rest.length > 0 || !isIpv4(address) || !/^\d{1,2}$/.test(length)) return undefined;
  if (Number(length) > 32) return undefined;
  return parseCidr(text);
}

export function formatBlock({ base, length }: Block): string {
  return `${formatAddress(base)}/${length}`;
}

export function contains(outer: Block, inner: Block): boolean {
  return inner.base >= outer.base && inner.base + inner.size <= outer.base + outer.size;
}

export function overlap(a: Block, b: Block): boolean {
  return a.base < b.base + b.size && b.base < a.base + a.size;
}

/** Addresses a subnet can still hand out. */
export function freeAddressCount(cidr: string, used: ReadonlySet<string>): number {
  return parseCidr(cidr).size - RESERVED - used.size;
}

/**
 * The next free address, or undefined when there is none.
 * @param after where to begin to look, so that a full block is not searched from its start.
 */
export function nextAddress(
  cidr: string,
  used: ReadonlySet<string>,
  after?: string,
): string | undefined {
  const { base, size } = parseCidr(cidr);
  const usable = size - RESERVED;
  const first = after === undefined ? 0 : parseAddress(after) - base - RESERVED_FIRST + 1;
  for (let step = 0; step < usable; step += 1) {
    const address = formatAddress(base + RESERVED_FIRST + ((first + step) % usable));
    if (!used.has(address)) return address;
  }
  return undefined;
}

/** Whether an address is one that the subnet may hand out. */
export function isAssignable(cidr: string, address: string): boolean {
  if (!isIpv4(address)) return false;
  const { base, size } = parseCidr(cidr);
  const offset = parseAddress(address) - base;
  return offset >= RESERVED_FIRST && offset < size - 1;
}

/** The nth /24 of a /16, for laying out a VPC. */
export function subnetCidr(vpcCidr: string, index: number): string {
  return `${formatAddress(parseCidr(vpcCidr).base + index * 256)}/24`;
}

export function isIpv4(text: string): boolean {
  return (
    /^\d{1,3}(\.\d{1,3}){3}$/.test(text) && text.split('.').every((part) => Number(part) < 256)
  );
}

function parseCidr(cidr: string): Block {
  const [address = '', prefix = '32'] = cidr.split('/');
  const length = Number(prefix);
  const size = 2 ** (32 - length);
  return { base: Math.floor(parseAddress(address) / size) * size, length, size };
}

function parseAddress(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function formatAddress(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}
