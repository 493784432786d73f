import { describe, expect, it } from '@jest/globals';
import type { StateBlock, UnsignedBlock } from '@sluice/nano/wire';
import {
  encodeAccount,
  epochLink,
  isWorkEnough,
  publicKeyOf,
  secretKeyOf,
  workRoot,
  ZERO_BYTES32,
} from '@sluice/nano/wire';
import { NanoMockChain } from '../index.js';
import { finishBlock } from '../wallet/block-maker.js';
import type { RefusalCode } from './block-refused.error.js';

const threshold = 0xf000000000000000n;
const strangerKey = secretKeyOf('0'.repeat(64), 0);
const stranger = encodeAccount(publicKeyOf(strangerKey));

function begin() {
  const chain = new NanoMockChain({ seed: 1, accounts: 2 });
  const [account = '', other = ''] = chain.keys.wallet.accounts;
  const [legacy = ''] = chain.keys.legacyAccounts;
  const now = (of: string) => {
    const found = chain.account(of);
    if (found === undefined) throw new Error(of);
    return found;
  };
  const state = (change: Partial<StateBlock> = {}): UnsignedBlock => ({
    type: 'state',
    account,
    previous: now(account).head,
    representative: now(account).representative,
    balance: now(account).balance,
    link: ZERO_BYTES32,
    ...change,
  });
  const sign = (draft: UnsignedBlock, signer = account) =>
    finishBlock(draft, signer === stranger ? strangerKey : chain.keys.secretKey(signer), threshold);
  const opening = (link: string, balance: bigint): UnsignedBlock => ({
    type: 'state',
    account: stranger,
    previous: ZERO_BYTES32,
    representative: account,
    balance,
    link,
  });
  return { chain, account, other, legacy, now, state, sign, opening };
}

type Scene = ReturnType<typeof begin>;

const refusals: readonly (readonly [RefusalCode, string, (scene: Scene) => unknown])[] = [
  [
    'bad_signature',
    'by another key',
    ({ chain, state, sign, other }) => chain.process(sign(state(), other)),
  ],
  [
    'bad_signature',
    'an epoch by the account itself',
    ({ chain, state, sign }) => chain.process(sign(state({ link: epochLink(1) }))),
  ],
  [
    'insufficient_work',
    'work for another root',
    ({ chain, state, sign }) => {
      const block = sign(state());
      let work = 0n;
      while (isWorkEnough(workRoot(block), work, threshold)) work++;
      chain.process({ ...block, work });
    },
  ],
  [
    'old',
    'a known block',
    ({ chain, state, sign }) => {
      const block = sign(state());
      chain.process(block);
      chain.process(block);
    },
  ],
  [
    'fork',
    'a place that is taken for good',
    ({ chain, state, sign }) => {
      const rival = sign(state({ representative: stranger }));
      chain.process(sign(state()));
      chain.process(rival);
    },
  ],
  [
    'fork',
    'a second first block',
    ({ chain, sign, opening, account }) =>
      chain.process(sign({ ...opening('AB'.repeat(32), 1n), account } as UnsignedBlock)),
  ],
  [
    'gap_previous',
    'after an unknown block',
    ({ chain, state, sign }) => chain.process(sign(state({ previous: 'AB'.repeat(32) }))),
  ],
  [
    'gap_previous',
    'on a foreign chain',
    ({ chain, state, sign, now, other }) =>
      chain.process(sign(state({ previous: now(other).head }))),
  ],
  [
    'gap_previous',
    'an epoch of nobody',
    ({ chain, sign, opening }) =>
      chain.process(
        sign({ ...opening('', 0n), link: epochLink(1) } as UnsignedBlock, chain.keys.genesis),
      ),
  ],
  [
    'gap_source',
    'from an unknown send',
    ({ chain, sign, opening }) => chain.process(sign(opening('AB'.repeat(32), 1n), stranger)),
  ],
  [
    'gap_source',
    'a first block from nowhere',
    ({ chain, sign, opening }) => chain.process(sign(opening('00'.repeat(32), 0n), stranger)),
  ],
  [
    'unreceivable',
    'from a send to somebody else',
    ({ chain, sign, opening, other }) => {
      const { hash } = chain.send({ to: other, amount: 1n });
      chain.process(sign(opening(hash, 1n), stranger));
    },
  ],
  [
    'unreceivable',
    'from a send that is not confirmed',
    ({ chain, sign, opening }) => {
      const { hash } = chain.send({ to: stranger, amount: 1n, confirmation: 'open' });
      chain.process(sign(opening(hash, 1n), stranger));
    },
  ],
  [
    'unreceivable',
    'a legacy receive from an epoch',
    ({ chain, account, legacy }) => {
      chain.epoch({ account });
      chain.send({ from: account, to: legacy });
      chain.receive({ account: legacy, legacy: true });
    },
  ],
  [
    'balance_mismatch',
    'more than was sent',
    ({ chain, sign, opening }) => {
      const { hash } = chain.send({ to: stranger, amount: 1n });
      chain.process(sign(opening(hash, 2n), stranger));
    },
  ],
  [
    'balance_mismatch',
    'an epoch that gives',
    ({ chain, state, sign, now, account }) =>
      chain.process(
        sign(state({ link: epochLink(1), balance: now(account).balance + 1n }), chain.keys.genesis),
      ),
  ],
  [
    'representative_mismatch',
    'an epoch that chooses',
    ({ chain, state, sign }) =>
      chain.process(
        sign(state({ link: epochLink(1), representative: stranger }), chain.keys.genesis),
      ),
  ],
  [
    'block_position',
    'an epoch out of turn',
    ({ chain, state, sign }) =>
      chain.process(sign(state({ link: epochLink(2) }), chain.keys.genesis)),
  ],
  [
    'block_position',
    'a legacy block after a state block',
    ({ chain, account }) => chain.change({ account, legacy: true }),
  ],
  [
    'negative_spend',
    'a legacy send that raises',
    ({ chain, sign, now, legacy, other }) =>
      chain.process(
        sign(
          {
            type: 'send',
            previous: now(legacy).head,
            destination: other,
            balance: now(legacy).balance + 1n,
          },
          legacy,
        ),
      ),
  ],
];

describe('a block is refused', () => {
  it.each(refusals)('%s: %s', (code, _, act) => {
    const scene = begin();
    expect(() => act(scene)).toThrow(expect.objectContaining({ name: 'BlockRefusedError', code }));
  });
});

describe('a block from outside', () => {
  it('is taken, and opens an account with what was sent to it', () => {
    const { chain, sign, opening } = begin();
    const { hash } = chain.send({ to: stranger, amount: 5n });
    const opened = chain.process(sign(opening(hash, 5n), stranger));
    expect(opened.after).toMatchObject({ account: stranger, balance: 5n, height: 1 });
    expect(chain.account(stranger)?.head).toBe(opened.hash);
  });

  it('joins the election of an unconfirmed rival, and wins by votes', () => {
    const { chain, account, state, sign } = begin();
    const rival = sign(state({ representative: stranger }));
    const first = chain.process(sign(state()), 'open');
    const second = chain.process(rival, 'open');
    expect(chain.account(account)?.head).toBe(first.hash);
    expect(() => chain.process(rival)).toThrow('old');
    chain.elect(second.hash);
    expect(chain.account(account)).toMatchObject({ head: second.hash, representative: stranger });
  });

  it('does not replace a block that others build on', () => {
    const { chain, account, state, sign } = begin();
    const rival = sign(state({ representative: stranger }));
    chain.process(sign(state()), 'open');
    const { hash } = chain.process(rival, 'open');
    chain.change({ account, confirmation: 'none' });
    expect(() => chain.elect(hash)).toThrow('cannot replace a block that others build on');
  });

  it('of the burn account has no owner', () => {
    const { chain, sign, opening } = begin();
    const burn = encodeAccount(ZERO_BYTES32);
    const { hash } = chain.send({ to: burn, amount: 1n });
    const draft = { ...opening(hash, 1n), account: burn } as UnsignedBlock;
    expect(() => chain.process(sign(draft, stranger))).toThrow('bad_signature');
  });
});
