/** Whatever wallets push, the chain refuses it in words or takes it; nothing else happens. */
import { describe, expect, it } from '@jest/globals';
import { decodeVertex, encodeVertex, p2pkhScript } from '@sluice/hathor/codec';
import type { RegularTransaction } from '@sluice/hathor/codec';
import fc from 'fast-check';
import { provenHandMade } from '../../../test/support/hand-made.js';
import { recordedChain } from '../../../test/support/recorded-chain.js';
import { VertexRejectedError } from './vertex-rejected.error.js';

const { chain } = recordedChain(4);
const COIN = { txId: chain.blockAt(1)?.hash ?? '', index: 0, value: 6400, key: 0 };
const GENESIS = [...chain.vertices()].slice(0, 3).map(({ hash }) => hash);

function push(bytes: Uint8Array): void {
  const { size, time } = chain;
  try {
    chain.pushTransaction(bytes);
  } catch (error) {
    if (!(error instanceof VertexRejectedError)) throw error;
    expect([chain.size, chain.time]).toEqual([size, time]);
  }
}

const hash = fc.constantFrom(...GENESIS, COIN.txId, '00'.repeat(32), 'ff'.repeat(32));
const script = fc.oneof(
  fc.uint8Array({ maxLength: 80, size: 'max' }),
  fc.constant(p2pkhScript(new Uint8Array(20))),
);
const changes: fc.Arbitrary<Partial<RegularTransaction>> = fc.record(
  {
    tokens: fc.array(hash, { maxLength: 3 }),
    inputs: fc.array(
      fc.record({ txId: hash, index: fc.nat(3), data: fc.constant(new Uint8Array()) }),
      { maxLength: 3 },
    ),
    outputs: fc.array(
      fc.record({
        value: fc.bigInt({ min: 1n, max: 6400n }),
        tokenData: fc.constantFrom(0, 1, 2, 127, 128, 129, 255),
        script,
      }),
      { maxLength: 3 },
    ),
    parents: fc.array(hash, { minLength: 2, maxLength: 2 }),
    timestamp: fc.constantFrom(0, Math.floor(chain.time) + 5, 0xffff_ffff),
  },
  { requiredKeys: [] },
);

describe('whatever is pushed', () => {
  it('as a transaction with changed members', () => {
    fc.assert(
      fc.property(changes, (members) => {
        push(encodeVertex(provenHandMade(chain, COIN, { ...members, weight: 1 })));
        push(encodeVertex(provenHandMade(chain, COIN, { weight: 9, ...members })));
      }),
      { numRuns: 60 },
    );
  });

  it('as a transaction with changed bytes', () => {
    const bytes = encodeVertex(provenHandMade(chain, COIN, { weight: 9 }));
    const change = fc.record({ at: fc.nat(bytes.length - 1), byte: fc.nat(255) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (list) => {
        const changed = Uint8Array.from(bytes);
        for (const { at, byte } of list) changed[at] = byte;
        push(changed);
      }),
      { numRuns: 200 },
    );
  });

  it.each([NaN, Infinity, -Infinity, -1, -1e308, 5e-324, 256, 1024, 1e308])(
    'with a weight of %p',
    (weight) => {
      const bytes = encodeVertex(provenHandMade(chain, COIN));
      // Weight, timestamp, number of parents, two parents, nonce.
      const at = bytes.length - 4 - 2 * 32 - 1 - 4 - 8;
      new DataView(bytes.buffer, bytes.byteOffset).setFloat64(at, weight);
      expect(() => chain.pushTransaction(bytes)).toThrow(VertexRejectedError);
      if (weight >= 0 && weight < 1024) expect(decodeVertex(bytes)).toMatchObject({ weight });
    },
  );
});
