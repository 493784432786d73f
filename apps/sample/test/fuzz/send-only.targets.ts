/** Dialects that read nothing but frames: what clients say means nothing there, whatever it is. */
import { expect } from '@jest/globals';
import { parseJson } from '@sluice/engine';
import { TestClient } from '@sluice/testing';
import type { DialectName } from '../../src/config/sample-config.js';
import type { FuzzTarget } from './fuzz-target.js';

type Message = Readonly<Record<string, unknown>>;

export const lighthouse = sendOnly('lighthouse', (message) => {
  expect(message.event).toMatch(/^beacon_/);
});

export const bigchaindb = sendOnly('bigchaindb', (message) => {
  expect(message).toMatchObject({ height: expect.any(Number) });
});

export const basalt = sendOnly('basalt', (message) => {
  expect(message.type).toMatch(/^(new|current)_block$/);
});

function sendOnly(dialect: DialectName, check: (message: Message) => void): FuzzTarget {
  return {
    name: dialect,
    dialect,
    url: ({ urls }) => urls.ws ?? '',
    examples: () => ['ping', { op: 'subscribe' }, { subscribe: ['head'] }, [], 0],
    check(text) {
      check(parseJson(text) as Message);
    },
    async witness(sample) {
      await using client = await TestClient.connect(this.url(sample));
      await client.ping();
      const before = client.received;
      while (client.received === before) {
        await sample.step();
        await client.ping();
      }
      for (const text of await client.take(client.pending)) this.check(text);
    },
  };
}
