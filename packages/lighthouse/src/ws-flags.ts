/** Values of the node's flags for its socket, refused in the node's words (contract 2). */
import { isIPv4 } from 'node:net';

/** A value that `--ws-address` or `--ws-port` cannot have. */
export class WsFlagError extends Error {
  override readonly name = 'WsFlagError';
}

/** Value of `--ws-address`. @throws WsFlagError unless it is an IPv4 address in digits. */
export function wsAddress(text: string): string {
  if (isIPv4(text)) return text;
  throw new WsFlagError('ws-address is not a valid IPv4 address.');
}

/** Value of `--ws-port`. @throws WsFlagError unless it is 0 to 65535. */
export function wsPort(text: string): number {
  const port = /^\+?\d+$/.test(text) ? Number(text) : NaN;
  if (port <= 0xffff) return port;
  throw new WsFlagError('ws-port is not a valid u16.');
}
