import { describe, expect, it } from '@jest/globals';
import { EventBus, systemClock } from '@sluice/engine';
import { NanoMockChain, NanoTraffic } from '@sluice/mock-chain/nano';
import { blockToJson, isWorkEnough, publicKeyOf, upperHex } from '@sluice/nano/wire';
import { readConfig } from '../../config/sample-config.js';
import { NanoFeed } from '../nano-feed.js';
import { NanoRpcController } from './nano-rpc.controller.js';

function begin() {
  const chain = new NanoMockChain({ seed: 1, accounts: 2 });
  const source = { chain, traffic: new NanoTraffic(chain, { seed: 1 }) };
  const config = readConfig(['--pace', '0'], {});
  const feed = new NanoFeed(source, config, systemClock, new EventBus());
  const rpc = new NanoRpcController(feed, source);
  const [account = '', other = ''] = chain.keys.wallet.accounts;
  return { chain, rpc, account, other };
}

describe('the RPC of the sample', () => {
  it('tells where an account stands', async () => {
    const { chain, rpc, account } = begin();
    expect(await rpc.call({ action: 'account_info', account })).toMatchObject({
      frontier: chain.account(account)?.head,
      balance: String(chain.account(account)?.balance),
      block_count: '1',
    });
    const nobody = chain.keys.addAccount();
    expect(await rpc.call({ action: 'account_info', account: nobody })).toEqual({
      error: 'Account not found',
    });
  });

  it('tells what waits for an account, in the forms of a node', async () => {
    const { chain, rpc, account, other } = begin();
    const ask = (more: object = {}) => rpc.call({ action: 'receivable', account, ...more });
    expect(await ask()).toEqual({ blocks: '' });
    const [small, large] = [5n, 50n].map(
      (amount) => chain.send({ from: other, to: account, amount }).hash,
    );
    expect(await ask()).toEqual({ blocks: [small, large] });
    expect(await ask({ count: '1' })).toEqual({ blocks: [small] });
    expect(await ask({ threshold: '6' })).toEqual({ blocks: { [String(large)]: '50' } });
    expect(await ask({ source: 'true', count: '1' })).toEqual({
      blocks: { [String(small)]: { amount: '5', source: other } },
    });
    expect(await rpc.call({ action: 'account_balance', account })).toMatchObject({
      receivable: '55',
    });
  });

  it('does work', async () => {
    const { rpc } = begin();
    const hash = upperHex(publicKeyOf('01'.repeat(32)), 32, 'hash');
    const { work } = (await rpc.call({ action: 'work_generate', hash })) as { work: string };
    expect(isWorkEnough(hash, work, 'f000000000000000')).toBe(true);
  });

  it('takes blocks, as objects and as text, and says why it does not', async () => {
    const { chain, rpc, account } = begin();
    const twin = new NanoMockChain({ seed: 1, accounts: 2 });
    const { block, hash } = twin.change({ account });
    const json = blockToJson(block);
    expect(await rpc.call({ action: 'process', block: JSON.stringify(json) })).toEqual({ hash });
    expect(chain.account(account)?.head).toBe(hash);
    expect(await rpc.call({ action: 'process', block: json })).toEqual({
      error: `old: ${hash} is known`,
    });
    expect(await rpc.call({ action: 'process', block: '{' })).toHaveProperty('error');
    expect(await rpc.call({ action: 'process' })).toEqual({ error: 'type: no text' });
  });

  it.each([[{}], [undefined], [{ action: 'stop' }], [{ action: 'toString' }], [{ action: 5 }]])(
    'knows no %j',
    async (body) => {
      expect(await begin().rpc.call(body)).toEqual({ error: 'Unknown command' });
    },
  );
});
