import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { server, topics } from './quote-server.js';

afterAll(() => {
  server.close();
});

describe('the example in the README', () => {
  it('is the program that is tested here', async () => {
    const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');
    const program = await read('./quote-server.ts');
    expect(await read('../README.md')).toContain(
      program.replaceAll("'../src/index.js'", "'@sluice/engine'"),
    );
  });

  it('serves a real client: ack first, then the quotes it asked for', async () => {
    if (server.address() === null) await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const client = new WebSocket(`ws://localhost:${port}/quotes`);
    const closed = once(client, 'close');
    await once(client, 'open');
    const messages: unknown[] = [];
    const received = new Promise<void>((resolve) => {
      client.on('message', (data: Buffer) => {
        messages.push(JSON.parse(data.toString()));
        if (messages.length === 1) {
          topics.publish('quote', { symbol: 'IRON', price: 1 });
          topics.publish('quote', { symbol: 'GOLD', price: 2 });
        } else {
          resolve();
        }
      });
    });
    client.send('{"action":"subscribe","options":{"symbols":["GOLD"]}}');
    await received;
    expect(messages).toEqual([
      { ack: 'subscribe' },
      { topic: 'quote', message: { symbol: 'GOLD', price: 2 } },
    ]);
    client.send('not JSON');
    expect((await closed).slice(0, 1)).toEqual([1008]);
    expect(topics.receivers('quote')).toBe(0);
  });
});
