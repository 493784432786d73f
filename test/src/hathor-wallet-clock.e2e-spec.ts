/** A wallet of Hathor's own library whose clock is the wall clock, as the running chain's is. */
import { afterEach, describe, it } from '@jest/globals';
import { SamplePool } from './support/sample-pool.js';
import { expectAgreement, WalletPool } from './wallet/wallet-pool.js';

describe('a wallet with a clock of its own', () => {
  const samples = new SamplePool();
  const wallets = new WalletPool();

  afterEach(async () => {
    await wallets.closeAll();
    await samples.endAll();
  });

  it('pushes transactions with its own time, at once after it was paid', async () => {
    const sample = await samples.start();
    const wallet = await wallets.open(sample, { mode: 'xpub-stream-ws' });
    const [first = '', second = ''] = await wallet.addresses();
    const { vertices } = await sample.control('pay', { address: first, amount: 900 });
    const paid = vertices.at(-1) ?? '';
    await wallet.until(async () => (await wallet.balance()).unlocked === 900n);
    const { parents } = await wallet.transaction<{ parents: string[] }>(paid);
    const pushed = await wallet.push(second, 250n, [paid, parents[0] ?? '']);
    await wallet.until(async () => (await wallet.history()).some(({ id }) => id === pushed));
    await sample.control('mine');
    await expectAgreement(wallet, sample);
  });

  it('spends a coin when its timelock has passed', async () => {
    const sample = await samples.start(['--pace', '4s']);
    const wallet = await wallets.open(sample, { mode: 'polling-http-api' });
    const [first = '', second = ''] = await wallet.addresses();
    await sample.control('pay', { address: first, amount: 400 });
    await wallet.until(async () => (await wallet.balance()).unlocked === 400n);
    const timelock = Math.floor(Date.now() / 1000) + 2;
    const locked = await wallet.sendLocked(second, 400n, timelock);
    await wallet.until(async () => (await wallet.history()).some(({ id }) => id === locked));
    // To a node, unlike the library, the second itself is still locked.
    await wallet.until(
      async () => Date.now() / 1000 >= timelock + 1 && (await wallet.balance()).unlocked === 400n,
    );
    const sent = await wallet.send(first, 400n);
    await wallet.until(async () => (await wallet.history()).some(({ id }) => id === sent));
    await expectAgreement(wallet, sample);
  });
});
