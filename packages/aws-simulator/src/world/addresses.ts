// IPv4 arithmetic for subnets: how many addresses are free, and which one comes next.

interface Network {
  readonly base: number;
  readonly size: number;
}

// AWS keeps the first four addresses of a subnet and the last one (VPC guide, subnet sizing).
const RESERVED_FIRST = 4;
const RESERVED = 5;

/** Addresses a subnet can still hand out. */
export function freeAddressCount(cidr: string, used: ReadonlySet<string>): number {
  return parseCidr(cidr).size - RESERVED - used.size;
}

/** The first free address, or undefined when there is none. */
export function nextAddress(cidr: string, used: ReadonlySet<string>): string | undefined {
  const { base, size } = parseCidr(cidr);
  for (let offset = RESERVED_FIRST; offset < size - 1; offset += 1) {
    const address = formatAddress(base + offset);
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

function parseCidr(cidr: string): Network {
  const [address = '', length = '32'] = cidr.split('/');
  return { base: parseAddress(address), size: 2 ** (32 - Number(length)) };
}

function parseAddress(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function formatAddress(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}
