import { hexToBytes } from '@noble/hashes/utils.js';
import { p2pkhScript } from './script.js';
import type { RegularBlock, RegularTransaction } from './vertex.js';

/** The genesis block of network `unittests`, which the simulator and the sample chain start from. */
export const unittestsGenesisBlock: RegularBlock = {
  version: 0,
  signalBits: 0,
  outputs: [
    {
      value: 100_000_000_000n,
      tokenData: 0,
      script: p2pkhScript(hexToBytes('d07bc82d6e0d1bb116614076645e9b87c8c83b41')),
    },
  ],
  weight: 2,
  timestamp: 1_572_636_343,
  parents: [],
  data: new Uint8Array(),
  nonce: 5n,
};

/** The first genesis transaction of network `unittests`. */
export const unittestsGenesisTransaction1 = genesisTransaction(1_572_636_344, 6n);

/** The second genesis transaction of network `unittests`. */
export const unittestsGenesisTransaction2 = genesisTransaction(1_572_636_345, 2n);

/** Block first, then the transactions: the order in which a node loads them. */
export const unittestsGenesis = [
  unittestsGenesisBlock,
  unittestsGenesisTransaction1,
  unittestsGenesisTransaction2,
] as const;

function genesisTransaction(timestamp: number, nonce: bigint): RegularTransaction {
  return {
    version: 1,
    signalBits: 0,
    tokens: [],
    inputs: [],
    outputs: [],
    weight: 2,
    timestamp,
    parents: [],
    nonce,
  };
}
