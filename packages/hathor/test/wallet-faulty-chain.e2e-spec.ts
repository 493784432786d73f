/** A chain that does not answer as fast as vertices are accepted, or answers and publishes nonsense. */
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { HistoryVertex, VertexData } from '../src/index.js';
import { ScriptedChain } from './support/scripted-chain.js';
import { idOf } from './support/vertex-data.js';
import { accept, WalletApp } from './support/wallet-app.js';
import { addressPairs } from './support/wallet-keys.js';

class SlowChain extends ScriptedChain {
  readonly answers: (() => void)[] = [];

  override historyVertex(id: string): Promise<HistoryVertex | undefined> {
    return new Promise((resolve) => {
      this.answers.push(() => {
        resolve(super.historyVertex(id));
      });
    });
  }
}

/** Only the chain knows the members of a contract call. */
const headers = [
  { id: '10', nc_seqnum: 0, nc_id: idOf('c'), nc_method: 'pay', nc_address: 'caller' },
] as const;

let app: WalletApp<SlowChain>;

afterEach(() => app.stop());

describe('with a slow chain', () => {
  it('vertices are told in the order of their acceptance', async () => {
    app = await WalletApp.start({ chain: SlowChain });
    const client = await app.client();
    accept(app, { name: 'slow', headers });
    accept(app, { name: 'fast' });
    await client.expectSilence();
    app.chain.answers[0]?.();
    expect(await client.takeJson(2)).toMatchObject([
      { tx_id: idOf('slow') },
      { tx_id: idOf('fast') },
    ]);
  });

  it('an answer that never comes costs one announcement', async () => {
    app = await WalletApp.start({ chain: SlowChain });
    const client = await app.client();
    accept(app, { name: 'lost', headers });
    accept(app, { name: 'next' });
    const told = client.untilJson<{ tx_id?: string }>(({ tx_id }) => tx_id === idOf('next'));
    app.clock.advance(30_000);
    expect((await told).map(({ tx_id }) => tx_id)).not.toContain(idOf('lost'));
    // What comes too late is not told any more.
    app.chain.answers[0]?.();
    await client.expectSilence();
  });

  it('wallets are sent away to read everything anew once too much waits, and the next is served', async () => {
    app = await WalletApp.start({ chain: SlowChain });
    const client = await app.client();
    const data = accept(app, { name: 'slow', headers });
    for (let event = 0; event <= 10_000; event++) void app.bus.publish('vertex.accepted', data);
    expect(await client.closed()).toMatchObject({ code: 1013 });
    app.chain.answers[0]?.();
    const next = await app.client();
    await next.ping();
    accept(app, { name: 'fast' });
    expect(await next.nextJson()).toMatchObject({ tx_id: idOf('fast') });
  });
});

describe('on a node that has missed events of the writer', () => {
  it('wallets are sent away to read everything anew, and the next is served', async () => {
    app = await WalletApp.start({ chain: SlowChain });
    const client = await app.client();
    app.bus.lose({ reason: 'forgotten', events: 1 });
    expect(await client.closed()).toMatchObject({ code: 1013 });
    const next = await app.client();
    accept(app, { name: 'fast' });
    expect(await next.nextJson()).toMatchObject({ tx_id: idOf('fast') });
  });
});

describe('with a chain that is read in while nobody is connected', () => {
  it('nothing waits, however much it is', async () => {
    app = await WalletApp.start({ chain: SlowChain });
    const error = jest.spyOn(Logger.prototype, 'error').mockReturnValue(undefined);
    const data = app.chain.add({ name: 'loaded', headers });
    for (let event = 0; event <= 10_001; event++) void app.bus.publish('vertex.accepted', data);
    const client = await app.client();
    accept(app, { name: 'fast' });
    expect(await client.nextJson()).toMatchObject({ tx_id: idOf('fast') });
    expect(app.chain.answers).toEqual([]);
    expect(error).not.toHaveBeenCalled();
    error.mockRestore();
  });
});

describe('with a chain that gives nonsense', () => {
  const cyclic: Record<string, unknown> = { tx_id: 'x' };
  cyclic.self = cyclic;

  it.each([
    ['a vertex that has no JSON form', [cyclic]],
    ['no list at all', undefined],
  ])('a stream ends its own connection: %s', async (_, history) => {
    app = await WalletApp.start({ chain: SlowChain });
    const [client, other] = [await app.client(), await app.client()];
    jest.spyOn(app.chain, 'addressHistory').mockReturnValue(history as never);
    client.send({
      type: 'request:history:manual',
      id: 's',
      first: true,
      addresses: addressPairs(1),
    });
    expect(await client.closed()).toMatchObject({ code: 1011 });
    other.send({ type: 'ping' });
    expect(await other.nextJson()).toEqual({ type: 'pong' });
  });

  it.each<[string, object]>([
    ['without metadata', { hash: idOf('x') }],
    ['without anything', {}],
    ['without inputs', { hash: idOf('x'), metadata: { voided_by: [] } }],
  ])('an event %s is left out', async (_, data) => {
    app = await WalletApp.start({ chain: SlowChain });
    const client = await app.client();
    await app.bus.publish('vertex.accepted', data as VertexData);
    await app.bus.publish('vertex.metadata-changed', data as VertexData);
    accept(app, { name: 'fine' });
    expect(await client.nextJson()).toMatchObject({ tx_id: idOf('fine') });
  });
});
