/** Messages as nodes of that form send them. */

/** A chain that has run for a while. */
export const CURRENT_BLOCK = {
  type: 'current_block',
  block: {
    number: 12345,
    hash: '0xc48c9f8c2119ec670e4d5537cd8eb3c9f60dfc9f9423cc71d9be5f9f4fc4c699',
    parentHash: '0xf0ae1d5423af43946a20df6720da268387b2140f30b3ed58e659ab9bc7b506e0',
    stateRoot: '0x9551f2d34d3c2ef711d5af92e3ff74b2b5f57286c59990c92ab91bae096fe1f0',
    timestamp: 1710000000123,
    proposer: '0xd1cf1f4cc11a28c55af96eff73c573325e489403',
    gasUsed: 882000,
    gasLimit: 100000000,
    transactionCount: 42,
  },
};

/** A chain that has only its first block. */
export const GENESIS_BLOCK = {
  type: 'current_block',
  block: {
    number: 0,
    hash: '0xa40e2f68ac4bc341bed446201c1549be0ce3ff3ec91b2a4f00c4f411ca94d04f',
    parentHash: '0x0000000000000000000000000000000000000000000000000000000000000000',
    stateRoot: '0x9db93d3742f211ac40fd649ff2d1566446e675704f99131f4ac2d2ad7bbe5e2d',
    timestamp: 0,
    proposer: '0x0000000000000000000000000000000000000000',
    gasUsed: 0,
    gasLimit: 100000000,
    transactionCount: 0,
  },
};

/** An announcement. */
export const NEW_BLOCK = {
  type: 'new_block',
  block: {
    number: 12345,
    hash: '0xc48c9f8c2119ec670e4d5537cd8eb3c9f60dfc9f9423cc71d9be5f9f4fc4c699',
    parentHash: '0xf0ae1d5423af43946a20df6720da268387b2140f30b3ed58e659ab9bc7b506e0',
    stateRoot: '0x9551f2d34d3c2ef711d5af92e3ff74b2b5f57286c59990c92ab91bae096fe1f0',
    timestamp: 1710000000123,
    proposer: '0xd1cf1f4cc11a28c55af96eff73c573325e489403',
    gasUsed: 882000,
    gasLimit: 100000000,
    transactionCount: 42,
  },
};
