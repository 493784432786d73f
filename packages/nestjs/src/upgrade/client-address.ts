import proxyAddr from 'proxy-addr';
import type { IncomingMessage } from 'node:http';

/** Tells who a client is. */
export type ClientAddress = (request: IncomingMessage) => string;

const MAPPED_IPV4 = /^::ffff:(?=\d+\.)/i;

/** The other end of a Unix socket has no address; it is on this machine. */
const LOCAL = '127.0.0.1';

/**
 * Reads a client's address: the socket's own, or the last one in `X-Forwarded-For` that no trusted proxy has.
 *
 * @throws TypeError if an entry is neither an address nor a range.
 */
export function clientAddress(trustedProxies: readonly string[] = []): ClientAddress {
  const trust = proxyAddr.compile([...trustedProxies]);
  return ({ headers, socket: { remoteAddress = LOCAL } }) => {
    const peer = { headers, socket: { remoteAddress } } as IncomingMessage;
    return proxyAddr(peer, trust).replace(MAPPED_IPV4, '');
  };
}
