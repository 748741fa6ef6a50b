import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** Whether an address is one of the internet, of this machine or its own network, or one that nobody is ever sent to. */
export type Reach = 'public' | 'local' | 'never';

/** Of the person's own: loopback, private (RFC 1918), shared (RFC 6598: also Tailscale), unique local (RFC 4193). */
const local: readonly (readonly [string, number])[] = [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
];

/**
 * The IANA special-purpose registry (RFC 6890) beside those: "this network", link-local with the metadata services of clouds, protocol
 * assignments, documentation, benchmarks, 6to4 relays, multicast, reserved; and metadata services at addresses that look ordinary.
 */
const never: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['168.63.129.16', 32],
  ['100.100.100.200', 32],
];

const locals = new BlockList();
// Of its own: a list with rules for IPv4 also answers for IPv4-mapped addresses, which have no use but to slip past a check.
const locals6 = new BlockList();
const nevers = new BlockList();
const global = new BlockList();
for (const [net, prefix] of local) locals.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of never) nevers.addSubnet(net, prefix, 'ipv4');
// NAT64 (RFC 6052) stands for the IPv4 address inside it.
for (const [net, prefix] of [...local, ...never]) nevers.addSubnet(`64:ff9b::${net}`, 96 + prefix, 'ipv6');
locals6.addAddress('::1', 'ipv6');
locals6.addSubnet('fc00::', 7, 'ipv6');
nevers.addAddress('fd00:ec2::254', 'ipv6');
global.addSubnet('2000::', 3, 'ipv6');
global.addSubnet('64:ff9b::', 96, 'ipv6');
// Protocol assignments with Teredo, documentation, 6to4: each can hold an IPv4 address or none at all.
nevers.addSubnet('2001::', 23, 'ipv6');
nevers.addSubnet('2001:db8::', 32, 'ipv6');
nevers.addSubnet('2002::', 16, 'ipv6');
nevers.addSubnet('3fff::', 20, 'ipv6');

/** @param address as a resolver gives it; anything that is no address is `never` */
export const reachOf = (address: string): Reach => {
  if (isIPv4(address)) {
    if (nevers.check(address, 'ipv4')) return 'never';
    return locals.check(address, 'ipv4') ? 'local' : 'public';
  }
  // A zone names an interface of this machine.
  if (!isIPv6(address) || address.includes('%') || nevers.check(address, 'ipv6')) return 'never';
  if (global.check(address, 'ipv6')) return 'public';
  return locals6.check(address, 'ipv6') ? 'local' : 'never';
};
