/** What a restart of the application means to wallets: nothing is announced again, and nothing is left out. */
import { afterEach, describe, expect, it } from '@jest/globals';
import type { EventLogStore } from '@sluice/engine';
import { memoryLog } from '@sluice/engine';
import type { HistoryVertex } from '../src/index.js';
import { accept, change, WalletApp } from './support/wallet-app.js';
import { addressAt } from './support/wallet-keys.js';
import { idOf } from './support/vertex-data.js';

const MINE = addressAt(0);
let app: WalletApp;

afterEach(() => app.stop());

describe('after a restart', () => {
  it('a vertex that was voided before and is valid again is announced, one that was only confirmed is not', async () => {
    const store = memoryLog();
    const log: EventLogStore = {
      open: (stream, options) => store.open(stream, options),
      close: () => Promise.resolve(),
    };
    app = await WalletApp.start({ log });
    const before = app.chain;
    accept(app, { name: 'tx0', outputs: [MINE] });
    accept(app, { name: 'tx1', spends: [[idOf('tx0'), 0]] });
    change(app, idOf('tx1'), { voided_by: [idOf('tx1')] });
    await app.stop();

    app = await WalletApp.start({ log });
    for (const data of before.vertices()) app.chain.restore(data);
    const client = await app.client();
    client.send({ type: 'subscribe_address', address: MINE });
    await client.next();
    change(app, idOf('tx0'), { first_block: idOf('block') });
    change(app, idOf('tx1'), { voided_by: [], first_block: idOf('block') });
    accept(app, { name: 'block', version: 0 });
    const announced = await client.takeJson<{ type: string; history: HistoryVertex }>(3);
    expect(announced.map(({ type }) => type)).toEqual([
      'network:new_tx_accepted',
      'wallet:address_history',
      'wallet:address_history',
    ]);
    expect(announced.slice(1).map(({ history }) => history.tx_id)).toEqual([
      idOf('tx1'),
      idOf('tx0'),
    ]);
    expect(announced[2]?.history.outputs[0]?.spent_by).toBe(idOf('tx1'));
    await client.expectSilence();
  });
});
