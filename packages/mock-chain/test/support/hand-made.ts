import { p2pkhScript, sighash } from '@sluice/hathor/codec';
import type { Hex32, RegularTransaction } from '@sluice/hathor/codec';
import type { HathorMockChain } from '../../src/index.js';
import { prove } from '../../src/hathor/mining/proof-of-work.js';
import { HdKeys } from '../../src/hathor/wallet/hd-keys.js';

/** A place that the chain's wallet can spend: an output that pays to its address number `key`. */
export interface OwnOutput {
  readonly txId: Hex32;
  readonly index: number;
  readonly value: number;
  readonly key: number;
}

/** A transaction as a wallet outside the chain makes it, before its proof of work; it spends one output. */
export function handMade(
  chain: HathorMockChain,
  { txId, index, value, key }: OwnOutput,
  changes: Partial<RegularTransaction> = {},
): RegularTransaction {
  const keys = HdKeys.fromWords(chain.wallet.words);
  const [first, second] = chain.best.parents.slice(1);
  const bare: RegularTransaction = {
    version: 1,
    signalBits: 0,
    tokens: [],
    inputs: [{ txId, index, data: new Uint8Array() }],
    outputs: [{ value: BigInt(value), tokenData: 0, script: p2pkhScript(keys.at(0).hash) }],
    weight: 9,
    timestamp: Math.floor(chain.time) + 1,
    parents: [first ?? '', second ?? ''],
    nonce: 0n,
    ...changes,
  };
  const data = keys.at(key).sign(sighash(bare));
  return { ...bare, inputs: bare.inputs.map((input) => ({ ...input, data })) };
}

/** The same with proof of work. */
export function provenHandMade(...parameters: Parameters<typeof handMade>): RegularTransaction {
  return prove(handMade(...parameters));
}
