/** Clients from the registry, unmodified. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { NanoClient } from '@nanobox/nano-client';
import type ReconnectingWebSocket from 'reconnecting-websocket';
import { Wallet } from 'simple-nano-wallet-js';
import { createRequire } from 'node:module';
import { WebSocket } from 'ws';
import type { BlockConfirmed } from '../src/index.js';
import { accountKey, upperHex } from '../src/wire/index.js';
import { DESTINATION, LEGACY_SEND, RECEIVE, SEND, SENDER } from './support/golden-events.js';
import { NanoApp } from './support/nano-app.js';

// Its types are those of an ES module, its code is CommonJS.
const require = createRequire(import.meta.url);
const Reconnecting = require('reconnecting-websocket') as typeof ReconnectingWebSocket.default;

let app: NanoApp;
beforeEach(async () => {
  app = await NanoApp.start();
});
afterEach(() => app.stop());

/** Waits until so many connections have the topic `confirmation`. */
async function subscribers(count: number): Promise<void> {
  while (app.count('confirmation') !== count) await new Promise(setImmediate);
}

/** The golden send, to another account. */
function sendTo(account: string, hash = SEND.hash): BlockConfirmed {
  if (SEND.block.type !== 'state') throw new Error('A state block');
  const link = upperHex(accountKey(account), 32, 'link');
  return { ...SEND, hash, block: { ...SEND.block, link }, subtype: 'send' };
}

describe('@nanobox/nano-client', () => {
  it('hears of what its accounts send and receive', async () => {
    const client = new NanoClient({ url: 'http://127.0.0.1:1', websocketUrl: app.url });
    const sent = new Promise((resolve) => {
      client.onSend(SENDER, resolve);
    });
    const received = new Promise((resolve) => {
      client.onReceive(DESTINATION, resolve);
    });
    await subscribers(1);
    for (const event of [LEGACY_SEND, RECEIVE, SEND]) {
      await app.bus.publish('block.confirmed', event);
    }
    const amount = { RAW: SEND.amount.toString() };
    expect(await sent).toMatchObject({ to: DESTINATION, amount });
    expect(await received).toMatchObject({ from: SENDER, amount });
    client.close();
    await subscribers(0);
  });
});

describe('simple-nano-wallet-js', () => {
  it('subscribes to its accounts, all of them anew with each new one, and hears of them', async () => {
    const wallet = new Wallet({
      RPC_URL: 'http://127.0.0.1:1',
      WORK_URL: 'http://127.0.0.1:1',
      WS_URL: app.url,
      seed: '0'.repeat(64),
      autoReceive: false,
    });
    const heard: unknown[] = [];
    const told = new Promise<void>((resolve) => {
      wallet.wsOnMessage = ({ ack, message }) => {
        heard.push(ack ?? message?.hash);
        if (heard.length === 3) resolve();
      };
    });
    const [first = ''] = wallet.createAccounts(1);
    const [second = ''] = wallet.createAccounts(1);
    while (heard.length < 2) await new Promise(setImmediate);
    await app.bus.publish('block.confirmed', SEND);
    await app.bus.publish('block.confirmed', sendTo(first, '1'.repeat(64)));
    await app.bus.publish('block.confirmed', sendTo(second, '2'.repeat(64)));
    await told;
    expect(heard).toEqual(['subscribe', 'subscribe', '2'.repeat(64)]);
    wallet.websocket.close();
    await subscribers(0);
  });
});

describe('the Node.js lines that people use', () => {
  it('survive a drop: they connect again and subscribe again', async () => {
    const socket = new Reconnecting(app.url, [], {
      WebSocket,
      connectionTimeout: 1000,
      maxRetries: 100000,
      maxReconnectionDelay: 2000,
      minReconnectionDelay: 10,
    });
    let heard: (hash: string) => void = () => undefined;
    socket.onopen = () => {
      socket.send(JSON.stringify({ action: 'subscribe', topic: 'confirmation' }));
    };
    socket.onmessage = ({ data }: { data: string }) => {
      const { topic, message } = JSON.parse(data) as { topic: string; message: { hash: string } };
      if (topic === 'confirmation') heard(message.hash);
    };
    for (let round = 0; round < 2; round++) {
      await subscribers(1);
      const hash = new Promise<string>((resolve) => (heard = resolve));
      await app.bus.publish('block.confirmed', SEND);
      expect(await hash).toBe(SEND.hash);
      socket.send('{');
      await subscribers(0);
    }
    socket.close();
  });
});
