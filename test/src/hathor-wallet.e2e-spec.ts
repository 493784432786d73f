/** Hathor's wallet library from npm, unmodified, on the sample alone. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { SamplePool } from './support/sample-pool.js';
import { idsOf } from './wallet/chain-truth.js';
import { expectAgreement, WalletPool, WORDS } from './wallet/wallet-pool.js';
import type { WalletOptions } from './wallet/wallet-process.js';

/** The genesis wallet's: public. */
const GENESIS_WORDS =
  'coral light army gather adapt blossom school alcohol coral light army gather adapt blossom school alcohol coral light army gather adapt blossom school awesome';

const MODES: readonly (readonly [string, Pick<WalletOptions, 'mode' | 'window'>])[] = [
  ['polling', { mode: 'polling-http-api' }],
  ['an xpub stream', { mode: 'xpub-stream-ws' }],
  ['an xpub stream with window 3', { mode: 'xpub-stream-ws', window: 3 }],
  ['a manual stream', { mode: 'manual-stream-ws' }],
  ['a manual stream with window 3', { mode: 'manual-stream-ws', window: 3 }],
];

describe('a wallet on the sample', () => {
  const samples = new SamplePool();
  const wallets = new WalletPool();

  afterEach(async () => {
    await wallets.closeAll();
    await samples.endAll();
  });

  it('syncs in every mode: balance and history are the chain’s', async () => {
    const sample = await samples.start();
    await sample.control('mine', { blocks: 2 });
    for (let step = 0; step < 40; step++) await sample.control('step');
    // A payment and its change, over and over: the genesis wallet gets a history.
    const payee = await wallets.open(sample, { mode: 'polling-http-api' });
    const address = await payee.firstAddress();
    for (let left = 10; left > 0; left--) await sample.control('pay', { address, amount: 10 });
    for (const [name, options] of MODES) {
      const wallet = await wallets.open(sample, { ...options, words: GENESIS_WORDS });
      const addresses = await expectAgreement(wallet, sample);
      const known = new Set((await wallet.history()).map(({ id }) => id));
      expect([name, known]).toEqual([name, await idsOf(sample.urls.http, addresses)]);
      expect(known.size).toBeGreaterThan(10);
      await wallet.close();
    }
  });

  it('is paid, pays and creates a token, and sees all of it live', async () => {
    const sample = await samples.start();
    const wallet = await wallets.open(sample, { mode: 'xpub-stream-ws' });
    const [first = '', , third = ''] = await wallet.addresses();
    await sample.control('pay', { address: first, amount: 5_000 });
    await wallet.until(async () => (await wallet.balance()).unlocked === 5_000n);

    const sent = await wallet.send(third, 1_200n);
    await wallet.until(async () => (await wallet.history()).some(({ id }) => id === sent));
    expect((await wallet.balance()).unlocked).toBe(5_000n);

    const token = await wallet.createToken('Library token', 'LIB', 10_000n);
    await wallet.until(async () => (await wallet.balance(token)).unlocked === 10_000n);
    expect((await wallet.balance()).unlocked).toBe(4_900n);
    await expectAgreement(wallet, sample);
    await expectAgreement(wallet, sample, token);
    expect(await wallet.token(token)).toMatchObject({
      totalSupply: 10_000n,
      totalTransactions: 1,
      tokenInfo: { id: token, name: 'Library token', symbol: 'LIB' },
      authorities: { mint: true, melt: true },
    });
    expect(await wallet.transaction(sent)).toMatchObject({ hash: sent, version: 1 });

    await wallet.mint(token, 700n);
    await wallet.until(async () => (await wallet.balance(token)).unlocked === 10_700n);
    await wallet.melt(token, 300n);
    await wallet.until(async () => (await wallet.balance(token)).unlocked === 10_400n);
    // Minting 700 costs a deposit of 7, melting 300 gives 3 back.
    expect((await wallet.balance()).unlocked).toBe(4_896n);
    await expectAgreement(wallet, sample, token);
    expect(await wallet.token(token)).toMatchObject({ totalSupply: 10_400n, totalTransactions: 3 });
  });

  it('spends MultiSig outputs when all have signed', async () => {
    const sample = await samples.start();
    const multisig = { mode: 'polling-http-api', signers: [WORDS, GENESIS_WORDS] } as const;
    const first = await wallets.open(sample, multisig);
    const second = await wallets.open(sample, { ...multisig, words: GENESIS_WORDS });
    const address = await first.firstAddress();
    expect(address).toMatch(/^w/);
    expect(await second.firstAddress()).toBe(address);
    await sample.control('pay', { address, amount: 5_000 });
    await first.until(async () => (await first.balance()).unlocked === 5_000n);

    const [, , third = ''] = await second.addresses();
    const draft = await first.draft(third, 600n);
    const signatures = [await first.sign(draft), await second.sign(draft)];
    await expect(first.sendSigned(draft, signatures.slice(0, 1))).rejects.toThrow();
    const sent = await first.sendSigned(draft, signatures);
    await second.until(async () => (await second.history()).some(({ id }) => id === sent));
    await expectAgreement(second, sample);
  });

  it('comes back by itself when the server was away, and knows what happened meanwhile', async () => {
    const first = await samples.start();
    const { port } = new URL(first.urls.http);
    const wallet = await wallets.open(first, { mode: 'xpub-stream-ws' });
    const address = await wallet.firstAddress();
    await first.control('pay', { address, amount: 100 });
    await wallet.until(async () => (await wallet.balance()).unlocked === 100n);
    await first.stop();
    const second = await samples.start(['--hathor-port', port], { data: first.data });
    await second.control('pay', { address, amount: 11 });
    await wallet.until(async () => (await wallet.balance()).unlocked === 111n);
    await expectAgreement(wallet, second);
  });
});
