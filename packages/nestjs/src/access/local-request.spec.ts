import { describe, expect, it } from '@jest/globals';
import type { IncomingMessage } from 'node:http';
import { remoteFault } from './local-request.js';

function request(headers: Record<string, string>, remoteAddress?: string): IncomingMessage {
  return { headers, socket: { remoteAddress } } as unknown as IncomingMessage;
}

const here = '127.0.0.1';
const host = 'localhost:3000';

describe('a request of this machine', () => {
  it.each([
    ['localhost:3000', '127.0.0.1'],
    ['LOCALHOST', '::1'],
    ['127.1.2.3:80', '::ffff:127.0.0.1'],
    ['[::1]:8080', '127.0.0.2'],
  ])('is one to %s from %s', (name, address) => {
    expect(remoteFault(request({ host: name }, address))).toBeUndefined();
  });

  it('may come from its own page', () => {
    const own = { host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' };
    expect(remoteFault(request(own, here))).toBeUndefined();
    expect(remoteFault(request({ host, 'sec-fetch-site': 'none' }, here))).toBeUndefined();
  });

  it.each(['192.0.2.1', '10.0.0.1', '::ffff:192.0.2.1', 'fe80::1', '128.0.0.1', '', undefined])(
    'is none from %j',
    (address) => {
      expect(remoteFault(request({ host }, address))).toBe('it answers this machine only');
    },
  );

  it.each(['x-forwarded-for', 'forwarded', 'x-real-ip', 'x-forwarded-host', 'via'])(
    'is none that a proxy passes on: %s',
    (header) => {
      const passed = request({ host, [header]: here }, here);
      expect(remoteFault(passed)).toBe('it does not answer through a proxy');
    },
  );

  it.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'user@localhost',
    '',
  ])('is none under the name %j', (name) => {
    expect(remoteFault(request({ host: name }, here))).toContain('not served under the name');
  });

  it.each<[string, Record<string, string>]>([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another origin of the site', { 'sec-fetch-site': 'same-site' }],
    ['another origin', { origin: 'http://evil.example' }],
    ['another port', { origin: 'http://localhost:3001' }],
    ['no origin', { origin: 'null' }],
  ])('is none of a page of %s', (_, headers) => {
    const asked = request({ host, ...headers }, here);
    expect(remoteFault(asked)).toBe('it does not answer pages of other origins');
  });
});
