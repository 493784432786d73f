/** Wallets that people use, unmodified, on the sample's Nano. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { NanoClient } from '@nanobox/nano-client';
import { ClientPool } from '@sluice/testing';
import { Wallet } from 'simple-nano-wallet-js';
import { type NanoMessage, NanoSample } from './support/nano-sample.js';
import { SamplePool } from './support/sample-pool.js';

const SEED = 'C0FFEE'.padEnd(64, '0');
const AMOUNT = '3000000000000000000000000000000';

describe('a wallet library on the sample', () => {
  const samples = new SamplePool();
  const clients = new ClientPool();
  let nano: NanoSample;
  let rpc: string;

  beforeEach(async () => {
    const sample = await samples.start(['--log', 'memory']);
    rpc = (sample.printed.nano as { rpc: string }).rpc;
    nano = new NanoSample(sample, clients);
  });

  afterEach(async () => {
    await clients.closeAll();
    await samples.endAll();
  });

  it('simple-nano-wallet-js receives what is sent to it, and pays', async () => {
    const { representatives, wallet } = await nano.status();
    const own = new Wallet({
      RPC_URL: rpc,
      WORK_URL: rpc,
      WS_URL: nano.ws,
      seed: SEED,
      defaultRep: representatives[0] ?? '',
    });
    try {
      const [account = ''] = own.createAccounts(1);
      const onlooker = await nano.subscriber({ confirmation: { accounts: [account] } });
      const confirmed = async (subtype: string) => {
        const messages = await onlooker.untilJson<NanoMessage>(
          ({ message }) => (message.block as { subtype?: string }).subtype === subtype,
        );
        return messages.at(-1)?.message;
      };
      await nano.subscribed('confirmation', 2);
      await nano.control('send', { to: account, amount: AMOUNT });
      expect(await confirmed('receive')).toMatchObject({ account, amount: AMOUNT });
      const [destination = ''] = wallet.accounts;
      const paid = await own.send({ source: account, destination, amount: '1' });
      expect(await confirmed('send')).toMatchObject({
        account,
        amount: '1',
        hash: paid.hash,
        block: { link_as_account: destination },
      });
    } finally {
      own.websocket.close();
    }
  });

  it('@nanobox/nano-client is told what its account receives and sends', async () => {
    const client = new NanoClient({ url: rpc, websocketUrl: nano.ws });
    try {
      const [account] = client.generateWallet(SEED).accounts;
      if (account === undefined) throw new Error('no account');
      const received = new Promise<{ from: string; amount: { RAW: string } }>((resolve) => {
        client.onReceive(account.address, resolve);
      });
      await nano.subscribed('confirmation', 1);
      const [payer = ''] = (await nano.status()).wallet.accounts;
      await nano.control('send', { from: payer, to: account.address, amount: AMOUNT });
      expect(await received).toMatchObject({ from: payer, amount: { RAW: AMOUNT } });
      const updated = await client.update(account);
      expect(updated).toMatchObject({ resolvedCount: 1, account: { balance: { RAW: AMOUNT } } });
      const sent = new Promise<{ to: string }>((resolve) => {
        client.onSend(account.address, resolve);
      });
      await client.sendMax(updated.account, payer);
      expect(await sent).toMatchObject({ to: payer });
    } finally {
      client.close();
    }
  });
});
