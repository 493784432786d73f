/** Contract 1.1 and 1.2: how a connection lives, and what becomes of messages that are no proper requests. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { TestClient } from '@sluice/testing';
import { eventually } from './support/eventually.js';
import { addressAt } from './support/wallet-keys.js';
import { WalletApp } from './support/wallet-app.js';
import type { WalletAppOptions } from './support/wallet-app.js';
import type { ScriptedChain } from './support/scripted-chain.js';

let app: WalletApp;

async function start(options: WalletAppOptions<ScriptedChain> = {}): Promise<TestClient> {
  app = await WalletApp.start(options);
  return app.client();
}

afterEach(() => app.stop());

describe('a connection of the wallet socket', () => {
  it('hathor §7.1: is counted, gets `capabilities` first, and is no longer counted once it is closed', async () => {
    app = await WalletApp.start();
    const client = await app.connect();
    app.clock.advance(1000);
    expect(await client.nextJson()).toEqual({
      type: 'capabilities',
      capabilities: ['history-streaming'],
    });
    expect(app.stats.connections).toBe(1);
    expect(await client.close()).toEqual({ code: 1000, reason: '', clean: true });
    await eventually(() => app.stats.connections === 0);
  });

  it('hathor §7.2: has no capabilities where streaming is disabled', async () => {
    app = await WalletApp.start({ wallet: { historyStreaming: false } });
    const client = await app.connect();
    expect(await client.nextJson()).toEqual({ type: 'capabilities', capabilities: [] });
  });

  it('hathor §7.2: has none either where streaming was disabled while the application runs', async () => {
    app = await WalletApp.start();
    app.streams.disable();
    expect(await (await app.connect()).nextJson()).toEqual({
      type: 'capabilities',
      capabilities: [],
    });
    app.streams.enable();
    expect(await (await app.connect()).nextJson()).toMatchObject({
      capabilities: ['history-streaming'],
    });
  });

  it.each([
    ['hathor §7.3: in a binary frame', Buffer.from('{"type":"ping"}')],
    ['hathor §7.4: in a text frame', '{"type":"ping"}'],
    ['with other members', '{"type":"ping","id":1}'],
  ])('%s a ping is answered', async (_, ping) => {
    const client = await start();
    client.send(ping);
    expect(await client.next()).toBe('{"type":"pong"}');
  });

  it.each([
    ['text that is not JSON', 'ping'],
    ['an empty text', ''],
    ['a binary frame that is not UTF-8', Buffer.from([0xff, 0xfe])],
  ])('hathor §7.5: %s is answered with `Malformed command` and costs nothing', async (_, text) => {
    const client = await start();
    client.send(text);
    client.send({ type: 'ping' });
    expect(await client.takeJson(2)).toEqual([
      { type: 'error', success: false, errmsg: 'Malformed command' },
      { type: 'pong' },
    ]);
  });

  it.each([
    '{"type":"unknown"}',
    '{"type":"toString"}',
    '{"type":7}',
    '{"type":null}',
    '{}',
    '{"__proto__":{"type":"ping"}}',
  ])('hathor §7.6: %s is ignored', async (text) => {
    const client = await start();
    client.send(text);
    client.send({ type: 'ping' });
    expect(await client.nextJson()).toEqual({ type: 'pong' });
  });

  it.each([
    '[]',
    '"x"',
    'null',
    '5',
    '{"type":"unsubscribe_address"}',
    '{"type":"unsubscribe_address","address":["x"]}',
    '{"type":"unsubscribe_address","address":{}}',
    '{"type":"request:history:xpub"}',
    '{"type":"request:history:xpub","id":7,"xpub":"x"}',
    '{"type":"request:history:xpub","id":"a"}',
    '{"type":"request:history:xpub","id":"a","xpub":"x","gap-limit":"20"}',
    '{"type":"request:history:xpub","id":"a","xpub":"x","window-size":"3"}',
    '{"type":"request:history:xpub","id":"a","xpub":"x","first-index":"3"}',
    '{"type":"request:history:manual"}',
    '{"type":"request:history:manual","id":null,"first":true}',
    '{"type":"request:history:manual","id":"a","first":true,"gap-limit":null}',
    '{"type":"request:history:manual","id":"a","first":true,"window-size":[]}',
    '{"type":"request:history:manual","id":"a","first":true,"addresses":{}}',
    '{"type":"request:history:manual","id":"a","first":true,"addresses":["x"]}',
    '{"type":"request:history:manual","id":"a","first":true,"addresses":[[0]]}',
    '{"type":"request:history:manual","id":"a","first":true,"addresses":[[0,"a",1]]}',
    '{"type":"request:history:manual","id":"a","first":true,"addresses":[[0,1]]}',
    '{"type":"request:history:ack","id":1,"ack":0}',
    '{"type":"request:history:stop","id":[]}',
  ])('%s drops the connection without a Close frame', async (text) => {
    const client = await start();
    client.send(text);
    expect(await client.closed()).toMatchObject({ code: 1006 });
    expect(client.pending).toBe(0);
  });

  it('is dropped for nothing that another client did', async () => {
    const client = await start();
    const other = await app.client();
    client.send('[]');
    await client.closed();
    other.send({ type: 'ping' });
    expect(await other.nextJson()).toEqual({ type: 'pong' });
  });

  it.each(['/v1a/ws', '/v1a/ws/', '/v1a/ws/extra', '/ws', '/ws/'])(
    'hathor §7.29: is served at %s',
    async (path) => {
      app = await WalletApp.start();
      const client = await app.client(path);
      client.send({ type: 'ping' });
      expect(await client.nextJson()).toEqual({ type: 'pong' });
    },
  );

  it.each(['/v2/ws', '/v1a/wss', '/'])('is not served at %s', async (path) => {
    app = await WalletApp.start();
    expect(await TestClient.refused(app.root + path)).toMatchObject({ status: 404 });
  });

  it('ends with an empty Close frame when the application ends', async () => {
    const client = await start();
    await app.app.close();
    expect(await client.closed()).toMatchObject({ code: 1005, clean: true });
  });

  it('negotiates no extension and takes any origin', async () => {
    app = await WalletApp.start();
    const client = await TestClient.connect(`${app.root}/v1a/ws/`, {
      perMessageDeflate: true,
      headers: { origin: 'https://wallet.example' },
    });
    expect(client.extensions).toBe('');
    client.terminate();
  });

  it('has its addresses removed when it is gone', async () => {
    const client = await start();
    client.send({ type: 'subscribe_address', address: addressAt(0) });
    await client.next();
    expect(app.stats.subscribedAddresses).toBe(1);
    await client.close();
    await eventually(() => app.stats.subscribedAddresses === 0);
  });
});
