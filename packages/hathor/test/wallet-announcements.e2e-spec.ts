/** Contract 1.4: which vertices are announced for an address, when, how often and with what. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestClient } from '@sluice/testing';
import type { HistoryVertex } from '../src/index.js';
import { eventually } from './support/eventually.js';
import { accept, change, WalletApp } from './support/wallet-app.js';
import { addressAt, addresses } from './support/wallet-keys.js';
import { idOf } from './support/vertex-data.js';

interface Announcement {
  readonly type: string;
  readonly address: string;
  readonly history: HistoryVertex;
}

/** Longer than changes wait for their cause. */
const LATER_MS = 100;
const MINE = addressAt(0);
const OTHER = addressAt(1);

let app: WalletApp;
let client: TestClient;

beforeEach(async () => {
  app = await WalletApp.start();
  client = await subscribed(MINE);
});

afterEach(() => app.stop());

async function subscribed(...list: string[]): Promise<TestClient> {
  const other = await app.client();
  for (const address of list) {
    other.send({ type: 'subscribe_address', address });
    await other.next();
  }
  return other;
}

/** What is announced once everything that was published is through; broadcasts left out. */
async function announced(who = client): Promise<Announcement[]> {
  app.clock.advance(LATER_MS);
  who.send({ type: 'ping' });
  await new Promise((resolve) => setImmediate(resolve));
  who.send({ type: 'subscribe_address' });
  const messages = await who.untilJson<Announcement>(({ type }) => type === 'subscribe_address');
  return messages.filter(({ type }) => type === 'wallet:address_history');
}

/** Vertex, output spenders and validity: what an announcement is about. */
const summary = ({ history: { tx_id, is_voided, outputs } }: Announcement): unknown[] => [
  tx_id,
  is_voided,
  outputs.map(({ spent_by }) => spent_by),
];

describe('wallet:address_history', () => {
  it('comes twice for a new vertex, around its broadcast: as it was stored, then as consensus left it', async () => {
    const { hash } = accept(app, { name: 'a', outputs: [MINE], voidedBy: ['x'] });
    const messages = await client.takeJson<Announcement>(3);
    expect(messages.map(({ type }) => type)).toEqual([
      'wallet:address_history',
      'network:new_tx_accepted',
      'wallet:address_history',
    ]);
    expect(messages.filter(({ history }) => history !== undefined).map(summary)).toEqual([
      [hash, false, [null]],
      [hash, true, [null]],
    ]);
    expect(await announced()).toEqual([]);
  });

  it('comes twice although consensus spoke of the vertex before it was accepted', async () => {
    const data = app.chain.add({ name: 'a', outputs: [MINE], voidedBy: ['x'] });
    void app.bus.publish('vertex.metadata-changed', data);
    void app.bus.publish('vertex.accepted', data);
    expect(await announced()).toHaveLength(2);
  });

  it('comes once per related address, in outputs, spent outputs and as caller of a contract', async () => {
    const everyone = await subscribed(...addresses(4));
    accept(app, { name: 'a', outputs: [addressAt(0), addressAt(0)] });
    await announced(everyone);
    accept(app, {
      name: 'b',
      outputs: [addressAt(1), addressAt(1), {}],
      spends: [[idOf('a'), 0]],
      headers: [
        { id: '10', nc_seqnum: 0, nc_id: idOf('c'), nc_method: 'pay', nc_address: addressAt(2) },
      ],
    });
    const ofB = (await announced(everyone)).filter(({ history }) => history.tx_id === idOf('b'));
    expect(ofB.map(({ address }) => address)).toEqual([
      addressAt(1),
      addressAt(0),
      addressAt(2),
      addressAt(1),
      addressAt(0),
      addressAt(2),
    ]);
  });

  it('hathor §7.23: announces a vertex again when its output is spent, after the spender', async () => {
    accept(app, { name: 'tx0', outputs: [MINE, OTHER] });
    await announced();
    accept(app, { name: 'tx2', outputs: [OTHER], spends: [[idOf('tx0'), 0]] });
    expect((await announced()).map(summary)).toEqual([
      [idOf('tx2'), false, [null]],
      [idOf('tx2'), false, [null]],
      [idOf('tx0'), false, [idOf('tx2'), null]],
    ]);
  });

  it('hathor §7.24: announces nothing for what a voided double spend would spend', async () => {
    accept(app, { name: 'tx0', outputs: [MINE] });
    accept(app, { name: 'tx2', outputs: [OTHER], spends: [[idOf('tx0'), 0]] });
    await announced();
    const tx3 = app.chain.add({
      name: 'tx3',
      outputs: [OTHER],
      spends: [[idOf('tx0'), 0]],
      voidedBy: [idOf('tx3')],
    });
    void app.bus.publish('vertex.metadata-changed', tx3);
    void app.bus.publish('vertex.metadata-changed', app.chain.data(idOf('tx0')));
    void app.bus.publish('vertex.accepted', tx3);
    const messages = await announced();
    expect(messages.map(({ history }) => history.tx_id)).toEqual([idOf('tx3'), idOf('tx3')]);
  });

  it('hathor §7.25: announces a vertex unspent again when the contract call that spent it fails in a block', async () => {
    accept(app, { name: 'tx0', outputs: [MINE] });
    accept(app, { name: 'nano', spends: [[idOf('tx0'), 0]] });
    await announced();
    change(app, idOf('nano'), {
      voided_by: [idOf('nano'), '6e632d6661696c'],
      first_block: idOf('block'),
      nc_execution: 'failure',
    });
    accept(app, { name: 'block', version: 0 });
    expect((await announced()).map(summary)).toEqual([
      [idOf('nano'), true, []],
      [idOf('tx0'), false, [null]],
    ]);
  });

  it('hathor §7.26: announces a vertex unspent when a block makes another one win over its spender', async () => {
    accept(app, { name: 'tx0', outputs: [MINE, OTHER] });
    accept(app, { name: 'tx1', outputs: [OTHER] });
    accept(app, {
      name: 'tx2',
      spends: [
        [idOf('tx0'), 0],
        [idOf('tx1'), 0],
      ],
    });
    accept(app, { name: 'tx3', spends: [[idOf('tx1'), 0]], voidedBy: [idOf('tx3')] });
    await announced();
    change(app, idOf('tx2'), { voided_by: [idOf('tx2')] });
    change(app, idOf('tx3'), { voided_by: [], first_block: idOf('block') });
    accept(app, { name: 'block', version: 0 });
    expect((await announced()).map(summary)).toEqual([
      [idOf('tx2'), true, []],
      [idOf('tx0'), false, [null, null]],
    ]);
  });

  it('announces what two spenders fight for once when they change places', async () => {
    accept(app, { name: 'tx0', outputs: [MINE] });
    accept(app, { name: 'one', spends: [[idOf('tx0'), 0]] });
    accept(app, { name: 'two', spends: [[idOf('tx0'), 0]], voidedBy: [idOf('two')] });
    await announced();
    app.chain.change(idOf('two'), { voided_by: [] });
    change(app, idOf('one'), { voided_by: [idOf('one')] });
    change(app, idOf('two'), {});
    const ofTx0 = (await announced()).filter(({ history }) => history.tx_id === idOf('tx0'));
    expect(ofTx0.map(summary)).toEqual([[idOf('tx0'), false, [idOf('two')]]]);
  });

  it('announces each of a chain of spenders once when all are voided, the last one first', async () => {
    accept(app, { name: 'tx0', outputs: [MINE] });
    accept(app, { name: 'tx1', outputs: [MINE], spends: [[idOf('tx0'), 0]] });
    accept(app, { name: 'tx2', outputs: [MINE], spends: [[idOf('tx1'), 0]] });
    await announced();
    for (const name of ['tx2', 'tx1']) app.chain.change(idOf(name), { voided_by: [idOf('x')] });
    change(app, idOf('tx2'), {});
    change(app, idOf('tx1'), {});
    accept(app, { name: 'cause', outputs: [OTHER] });
    expect((await announced()).map(summary)).toEqual([
      [idOf('tx2'), true, [null]],
      [idOf('tx1'), true, [null]],
      [idOf('tx0'), false, [null]],
    ]);
  });

  it('announces what a new vertex spends once, though consensus changed that too', async () => {
    accept(app, { name: 'tx0', outputs: [MINE], voidedBy: [idOf('x')] });
    await announced();
    const tx1 = app.chain.add({ name: 'tx1', outputs: [OTHER], spends: [[idOf('tx0'), 0]] });
    change(app, idOf('tx0'), { voided_by: [] });
    void app.bus.publish('vertex.accepted', tx1);
    const ofTx0 = (await announced()).filter(({ history }) => history.tx_id === idOf('tx0'));
    expect(ofTx0.map(summary)).toEqual([[idOf('tx0'), false, [idOf('tx1')]]]);
  });

  it.each([
    ['a confirmation', { first_block: idOf('block') }],
    ['a twin', { twins: [idOf('twin')] }],
    ['more weight', { accumulated_weight: 60 }],
  ])('says nothing of %s', async (_, metadata) => {
    accept(app, { name: 'a', outputs: [MINE] });
    await announced();
    change(app, idOf('a'), metadata);
    expect(await announced()).toEqual([]);
  });

  it('says nothing of a vertex that is voided by the same vertices in another order', async () => {
    accept(app, { name: 'a', outputs: [MINE], voidedBy: ['x', 'y'] });
    await announced();
    change(app, idOf('a'), { voided_by: ['y', 'x'] });
    expect(await announced()).toEqual([]);
    change(app, idOf('a'), { voided_by: ['y'] });
    expect((await announced()).map(summary)).toEqual([[idOf('a'), true, [null]]]);
  });

  it('says nothing of a state that was taken back before anybody could hear of it', async () => {
    accept(app, { name: 'a', outputs: [MINE] });
    await announced();
    change(app, idOf('a'), { voided_by: ['x'] });
    change(app, idOf('a'), { voided_by: [] });
    expect(await announced()).toEqual([]);
  });

  it('says nothing of old vertices that are confirmed after a restart, and tells of those that are voided', async () => {
    app.chain.add({ name: 'old', outputs: [MINE] });
    change(app, idOf('old'), { first_block: idOf('block') });
    expect(await announced()).toEqual([]);
    change(app, idOf('old'), { voided_by: ['x'] });
    expect((await announced()).map(summary)).toEqual([[idOf('old'), true, [null]]]);
  });

  it('says nothing of an old vertex that a voided transaction would spend', async () => {
    app.chain.add({ name: 'old', outputs: [MINE] });
    accept(app, { name: 'tx', spends: [[idOf('old'), 0]], voidedBy: [idOf('tx')] });
    const ids = (await announced()).map(({ history }) => history.tx_id);
    expect(ids).toEqual([idOf('tx'), idOf('tx')]);
  });

  it('tells of what a removed transaction spent', async () => {
    accept(app, { name: 'tx0', outputs: [MINE] });
    accept(app, { name: 'tx1', spends: [[idOf('tx0'), 0]] });
    await announced();
    const { metadata: _, ...removed } = app.chain.remove(idOf('tx1'));
    void app.bus.publish('vertex.removed', removed);
    expect((await announced()).map(summary)).toEqual([[idOf('tx0'), false, [null]]]);
  });

  it('reaches each subscribed connection, and a voided block as any vertex', async () => {
    const other = await subscribed(MINE, OTHER);
    accept(app, { name: 'block', version: 0, outputs: [MINE], voidedBy: [idOf('block')] });
    expect(await announced()).toHaveLength(2);
    expect(await announced(other)).toHaveLength(2);
  });

  it('asks the chain only where the event does not say enough', async () => {
    accept(app, { name: 'a', outputs: [MINE] });
    await announced();
    expect(app.chain.questions).toEqual([]);
    const token = idOf('token');
    accept(app, { name: 'b', outputs: [{ address: MINE, tokenData: 1 }], tokens: [token] });
    expect((await announced())[0]?.history.outputs[0]?.token).toBe(token);
    expect(app.chain.questions).toEqual([]);
    accept(app, {
      name: 'c',
      outputs: [MINE],
      tokens: [idOf('first'), token],
      spends: [[idOf('b'), 0]],
    });
    expect((await announced())[0]?.history.inputs[0]).toMatchObject({ token, token_data: 1 });
    expect(app.chain.questions).toEqual([idOf('c'), idOf('b')]);
  });

  it('shows a token creation with its name and no list of tokens', async () => {
    const id = idOf('creation');
    const output = { address: MINE, tokenData: 0x81, value: 1 };
    accept(app, { name: 'creation', version: 2, outputs: [output], tokens: [id] });
    expect((await announced())[1]?.history).toMatchObject({
      token_name: 'Coin',
      token_symbol: 'CN',
      tokens: [],
      outputs: [{ token: id, token_data: 0x81 }],
    });
  });

  it('builds nothing while nobody is connected, and forgets what it told', async () => {
    accept(app, { name: 'tx0', outputs: [MINE] });
    accept(app, { name: 'tx1', spends: [[idOf('tx0'), 0]] });
    await announced();
    await client.close();
    await eventually(() => app.stats.connections === 0);
    const questions = app.chain.questions.length;
    change(app, idOf('tx1'), { voided_by: ['x'] });
    app.clock.advance(LATER_MS);
    client = await subscribed(MINE);
    expect(app.chain.questions).toHaveLength(questions);
    change(app, idOf('tx1'), { voided_by: [] });
    const ofTx0 = (await announced()).filter(({ history }) => history.tx_id === idOf('tx0'));
    expect(ofTx0.map(summary)).toEqual([[idOf('tx0'), false, [idOf('tx1')]]]);
  });
});
