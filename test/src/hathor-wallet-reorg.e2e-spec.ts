/** What reorgs and double spends do to a wallet of Hathor's own library (contract 1.4, 2.8). */
import { afterEach, describe, expect, it } from '@jest/globals';
import { SamplePool } from './support/sample-pool.js';
import type { SampleProcess } from './support/sample-process.js';
import { expectAgreement, WalletPool } from './wallet/wallet-pool.js';
import type { WalletProcess } from './wallet/wallet-process.js';

describe('a wallet on the sample', () => {
  const samples = new SamplePool();
  const wallets = new WalletPool();

  afterEach(async () => {
    await wallets.closeAll();
    await samples.endAll();
  });

  /** All that the wallet has of a token, locked or not. */
  async function owned(wallet: WalletProcess, token?: string): Promise<bigint> {
    const { unlocked, locked } = await wallet.balance(token);
    return unlocked + locked;
  }

  async function bestOf(sample: SampleProcess): Promise<string> {
    return (await sample.status()).best_block?.hash ?? '';
  }

  it('loses a reward by a reorg, and has it back when the branch wins after all', async () => {
    const sample = await samples.start();
    const wallet = await wallets.open(sample, { mode: 'manual-stream-ws' });
    const address = await wallet.firstAddress();
    await sample.control('mine', { blocks: 2 });
    const { vertices } = await sample.control('mine', { address });
    const [reward = ''] = vertices;
    await wallet.until(async () => (await owned(wallet)) === 6_400n);

    await sample.control('reorg', { depth: 1 });
    await wallet.until(async () => (await owned(wallet)) === 0n);
    expect(await wallet.history()).toMatchObject([{ id: reward, voided: true }]);

    await sample.control('mine', { parent: reward, blocks: 3 });
    expect((await sample.status()).best_block).toMatchObject({ height: 6 });
    await wallet.until(async () => (await owned(wallet)) === 6_400n);
    expect(await wallet.history()).toMatchObject([{ id: reward, voided: false }]);
  });

  it('loses a payment when a block confirms a double spend of it', async () => {
    const sample = await samples.start();
    const wallet = await wallets.open(sample, { mode: 'xpub-stream-ws' });
    const address = await wallet.firstAddress();
    await sample.control('mine', { blocks: 3 });
    const paid = (await sample.control('transfer', { to: address, amount: 700 })).vertices.at(-1);
    await wallet.until(async () => (await wallet.balance()).unlocked === 700n);
    const rival = (await sample.control('double-spend', { of: paid })).vertices.at(-1);
    await sample.control('mine', { confirm: rival });
    await wallet.until(async () => (await wallet.balance()).unlocked === 0n);
    expect(await wallet.history()).toMatchObject([{ id: paid, voided: true }]);
  });

  it('loses a payment to the branch that confirms a double spend of it, and has it back when the old branch wins again', async () => {
    const sample = await samples.start();
    const wallet = await wallets.open(sample, { mode: 'xpub-stream-ws' });
    const address = await wallet.firstAddress();
    await sample.control('mine', { blocks: 3 });
    const common = await bestOf(sample);
    const [paid = ''] = (await sample.control('transfer', { to: address, amount: 700 })).vertices;
    await wallet.until(async () => (await owned(wallet)) === 700n);
    await sample.control('mine');
    const confirmed = await bestOf(sample);
    const [rival = ''] = (await sample.control('double-spend', { of: paid })).vertices;
    await expectAgreement(wallet, sample);
    expect(await owned(wallet)).toBe(700n);

    for (let round = 0; round < 2; round++) {
      const [side = ''] = (await sample.control('mine', { parent: common, confirm: rival }))
        .vertices;
      if ((await bestOf(sample)) !== side) await sample.control('reorg', { to: side });
      await wallet.until(async () => (await owned(wallet)) === 0n);
      expect(await wallet.history()).toMatchObject([{ id: paid, voided: true }]);
      await expectAgreement(wallet, sample);

      await sample.control('reorg', { to: confirmed });
      await wallet.until(async () => (await owned(wallet)) === 700n);
      expect(await wallet.history()).toMatchObject([{ id: paid, voided: false }]);
      await expectAgreement(wallet, sample);
    }
    // What came back can be spent.
    const sent = await wallet.send(address, 300n);
    await wallet.until(async () => (await wallet.history()).some(({ id }) => id === sent));
    await expectAgreement(wallet, sample);
  });

  it('sends and creates a token; a reorg voids both, and the old branch restores them', async () => {
    const sample = await samples.start();
    const wallet = await wallets.open(sample, { mode: 'manual-stream-ws' });
    const [address = '', , third = ''] = await wallet.addresses();
    await sample.control('mine', { blocks: 3 });
    // Both transactions live on a reward that a reorg can take away.
    const [reward = ''] = (await sample.control('mine', { address })).vertices;
    await sample.control('mine', { blocks: 2 });
    await wallet.until(async () => (await wallet.balance()).unlocked === 6_400n);
    const sent = await wallet.send(third, 1_000n);
    await wallet.until(async () => (await wallet.history()).some(({ id }) => id === sent));
    const token = await wallet.createToken('Restored', 'RST', 500n);
    await wallet.until(async () => (await owned(wallet, token)) === 500n);
    await sample.control('mine');
    await expectAgreement(wallet, sample, token);
    const old = await bestOf(sample);

    await sample.control('reorg', { depth: 4 });
    await wallet.until(async () => (await owned(wallet)) === 0n);
    await wallet.until(async () => (await owned(wallet, token)) === 0n);
    const voided = await wallet.history();
    expect(new Set(voided.map(({ id }) => id))).toEqual(new Set([reward, sent, token]));
    expect(voided.every((entry) => entry.voided)).toBe(true);
    await expectAgreement(wallet, sample, token);

    await sample.control('reorg', { to: old });
    await wallet.until(async () => (await owned(wallet, token)) === 500n);
    await wallet.until(async () => (await owned(wallet)) === 6_395n);
    expect((await wallet.history()).some((entry) => entry.voided)).toBe(false);
    await expectAgreement(wallet, sample, token);
    await wallet.mint(token, 100n);
    await wallet.until(async () => (await owned(wallet, token)) === 600n);
    await expectAgreement(wallet, sample, token);
  });
});
