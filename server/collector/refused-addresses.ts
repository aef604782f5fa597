import { BlockList, isIP } from 'node:net';

/** Addresses that hold a cloud machine's secrets, or mean no one machine. */
const REFUSED = new BlockList();
REFUSED.addSubnet('0.0.0.0', 8);
REFUSED.addSubnet('169.254.0.0', 16);
REFUSED.addSubnet('224.0.0.0', 3);
for (const metadata of ['100.100.100.200', '168.63.129.16', '192.0.0.192']) REFUSED.addAddress(metadata);
REFUSED.addSubnet('fe80::', 10, 'ipv6');
REFUSED.addSubnet('ff00::', 8, 'ipv6');
REFUSED.addAddress('::', 'ipv6');
for (const metadata of ['fd00:ec2::254', 'fd00:ec2::23', 'fd20:ce::254']) REFUSED.addAddress(metadata, 'ipv6');

/** IPv6 prefixes, as groups of 16 bits, after which an IPv4 address stands: mapped, compatible, translated, NAT64, 6to4. */
const EMBEDDING: readonly (readonly number[])[] = [
  [0, 0, 0, 0, 0, 0xffff],
  [0, 0, 0, 0, 0, 0],
  [0, 0, 0, 0, 0xffff, 0],
  [0x64, 0xff9b, 0, 0, 0, 0],
  [0x2002],
];

/** Whether an address, in any spelling that `net.isIP` takes, is one that is never scraped. */
export function isRefusedAddress(address: string): boolean {
  const [plain = ''] = address.split('%');
  if (isIP(plain) === 4) return REFUSED.check(plain, 'ipv4');
  if (REFUSED.check(plain, 'ipv6')) return true;
  const groups = groupsOf(plain);
  return EMBEDDING.some((prefix) => {
    if (prefix.some((group, index) => groups[index] !== group)) return false;
    const inner = ipv4From(groups[prefix.length] ?? 0, groups[prefix.length + 1] ?? 0);
    // ::1 is loopback, not the IPv4 address 0.0.0.1.
    return inner !== '0.0.0.1' && REFUSED.check(inner, 'ipv4');
  });
}

/** `fe80::1` → [0xfe80, 0, 0, 0, 0, 0, 0, 1]; the URL parser writes a dotted tail as groups. */
function groupsOf(address: string): number[] {
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail] = canonical.split('::');
  const parse = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  if (tail === undefined) return parse(head);
  const [before, after] = [parse(head), parse(tail)];
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}

const ipv4From = (high: number, low: number): string => [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
