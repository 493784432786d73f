/** What clients may send to do harm: it costs them their own time, and nobody else anything. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SEND } from './support/golden-events.js';
import { NanoApp, settled } from './support/nano-app.js';

const MIB = 1024 * 1024;

let app: NanoApp;
beforeAll(async () => {
  app = await NanoApp.start();
});
afterAll(() => app.stop());

/** As many of `item` as a message of `bytes` has room for, separated by commas. */
function many(item: string, bytes: number): string {
  return `${`${item},`.repeat(Math.floor(bytes / (item.length + 1)))}${item}`;
}

describe('a request', () => {
  it.each([
    ['that lists millions of texts that are no accounts', `"accounts":[${many('1', 4 * MIB)}]`],
    ['with millions of unknown options', many('"a":1', 4 * MIB)],
    ['with a million small lists', `"accounts":[${many('[1,1]', 4 * MIB)}]`],
    ['that nests', `"a":[${many('['.repeat(900) + ']'.repeat(900), 4 * MIB)}]`],
    ['with a number of millions of digits', `"accounts":${'9'.repeat(4 * MIB)}`],
  ])(
    '%s is answered, and nobody else notices',
    async (_, options) => {
      const other = await app.connected({ action: 'subscribe', topic: 'started_election' });
      const client = await app.connect();
      client.send(`{"action":"subscribe","topic":"confirmation","ack":1,"options":{${options}}}`);
      expect(await client.nextJson()).toMatchObject({ ack: 'subscribe' });
      await app.bus.publish('election.started', { hash: SEND.hash });
      expect(await other.nextJson()).toMatchObject({ topic: 'started_election' });
    },
    20_000,
  );

  it.each([MIB, 15 * MIB])('with an id of %d bytes gets it back', async (size) => {
    const client = await app.connect();
    const id = 'x'.repeat(size);
    client.send({ action: 'ping', id });
    expect(((await client.nextJson()) as { id: string }).id === id).toBe(true);
    await settled(client);
  });
});
