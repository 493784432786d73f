import ipaddr from 'ipaddr.js';

/** Groups of an IPv6 address (16 bits each) that name the network of one customer: a /64. */
const NETWORK_GROUPS = 4;

/**
 * What limits per address count a client by: its IPv4 address, or the /64 network of its IPv6 address, since whoever has
 * one address of such a network has all of them. What is no address stands for itself.
 */
export function addressGroup(address: string): string {
  if (!ipaddr.IPv6.isValid(address) || isLoopback(address)) return address;
  const { parts } = ipaddr.IPv6.parse(address);
  return `${parts
    .slice(0, NETWORK_GROUPS)
    .map((part) => part.toString(16))
    .join(':')}::/64`;
}

/** Whether the client is on this machine. */
export function isLoopback(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback';
}
