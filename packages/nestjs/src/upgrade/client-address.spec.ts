import { expect, it } from '@jest/globals';
import type { IncomingMessage } from 'node:http';
import { clientAddress } from './client-address.js';

const request = (remoteAddress: string | undefined, forwarded = ''): IncomingMessage =>
  ({ headers: { 'x-forwarded-for': forwarded }, socket: { remoteAddress } }) as never;

it.each([
  ['an IPv4 client of a server on all addresses', '::ffff:1.2.3.4', '', '1.2.3.4'],
  ['an IPv6 client', '2001:db8::1', '', '2001:db8::1'],
  ['a client behind one proxy', '::ffff:10.0.0.1', '1.2.3.4', '1.2.3.4'],
  ['a client behind two proxies', '10.0.0.1', '1.2.3.4, 10.0.0.2', '1.2.3.4'],
  ['a client that forges an entry', '10.0.0.1', '9.9.9.9, 1.2.3.4', '1.2.3.4'],
  ['a client that is no proxy and says so', '1.2.3.4', '9.9.9.9', '1.2.3.4'],
])('%s has its own address', (_, peer, forwarded, address) => {
  expect(clientAddress(['10.0.0.0/8'])(request(peer, forwarded))).toBe(address);
});
