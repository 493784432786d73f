import { describe, expect, it } from '@jest/globals';
import { decodeScript, hathorNetworks } from '@sluice/hathor/codec';
import { isLocal, payoutTo, publicPayout } from './payout.js';

describe('who is paid', () => {
  it.each([
    ['HMcJymyctyhnWsWTXqhP9txDwgNZaMWf42', hathorNetworks.mainnet],
    ['hVtW4HruVoWMassf11gWFRHRhwqAL2urPD', hathorNetworks.mainnet],
    ['WdmDUMp8KvzhWB7KLgguA2wBiKsh4Ha8eX', hathorNetworks.localnet],
    ['waicX6HzM7j2D3kgrhLfDooxjbrBDVtzLv', hathorNetworks.testnet],
  ])('%s is, on whichever network it belongs to', (address, network) => {
    const { script = new Uint8Array() } = payoutTo(address) ?? {};
    expect(decodeScript(script, network)).toMatchObject({ address });
  });

  it.each(['', 'WdmDUMp8KvzhWB7KLgguA2wBiKsh4Ha8eY', '1BoatSLRHtKNngkdXEeobR76b53LETtpyT'])(
    "'%s' cannot be",
    (text) => {
      expect(payoutTo(text)).toBeUndefined();
    },
  );

  it('is the first address of the public words by default, on this machine only', () => {
    const { address, script } = publicPayout();
    expect(payoutTo(address)?.script).toEqual(script);
    expect(['ws://127.0.0.1:8080/x', 'ws://localhost/', 'ws://[::1]:1/'].map(isLocal)).toEqual([
      true,
      true,
      true,
    ]);
    expect(['ws://127.evil.example/', 'wss://node.example/'].map(isLocal)).toEqual([false, false]);
  });
});
