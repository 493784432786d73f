import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { MetricsRegistry } from '@sluice/engine';
import { once } from 'node:events';
import { connect } from 'node:net';

/** What names mean here; of `203.0.113.0/24` no machine has an address. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  partly: ['203.0.113.1', '127.0.0.1', '203.0.113.2', '127.0.0.2'],
  elsewhere: ['203.0.113.1', '203.0.113.2'],
};

jest.unstable_mockModule('node:dns/promises', () => ({
  lookup: (name: string) =>
    Promise.resolve((NAMES[name] ?? []).map((address) => ({ address, family: 4 }))),
}));

const { boundPort } = await import('./listener-server.js');
const { HttpListeners } = await import('./http-listeners.js');
const listeners = new HttpListeners({} as never, new MetricsRegistry());

afterEach(() => listeners.dispose());

describe('a port of its own', () => {
  it('is open at those addresses of a name that the machine has', async () => {
    const { server } = listeners.at('free', { address: 'partly', handshakeMs: 1000 });
    await listeners.listen();
    for (const host of ['127.0.0.1', '127.0.0.2']) {
      const socket = connect({ port: boundPort(server) ?? 0, host });
      await once(socket, 'connect');
      socket.destroy();
    }
  });

  it.each<[string, string | string[]]>([
    ['a name of which the machine has no address', 'elsewhere'],
    ['an address that the machine does not have', ['127.0.0.1', '203.0.113.1']],
  ])('cannot be open at %s', async (_, address) => {
    listeners.at('free', { address, handshakeMs: 1000 });
    await expect(listeners.listen()).rejects.toThrow('EADDRNOTAVAIL');
  });
});
