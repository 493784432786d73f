/** Events as they were on the wire of a node, by their name on the bus; how numbers are written depends on the options. */
import type { BeaconEvents } from '../objects/beacon-events.js';

export const BEACON_EXAMPLES = {
  'beacon.head-changed': {
    reorg: false,
    current_head_beacon_block_root:
      '0x82c84e20c7ba3a7223755272ec568b304dde617a0c7da8f91937c17f9116ee31',
    previous_head_beacon_block_root:
      '0x0e6f42eb0196a1535f24e6f4188701d2fc567aaa028c008032bf2b26768929cf',
  },
  'beacon.finalization': {
    epoch: 7328,
    root: '0xd2efeb8ce80fd7777016f56b9b83f6410ea38ca344dee42aed003dd68cf23c0b',
  },
  'beacon.block-imported': {
    block_root: '0xd5bb1fd5fcb3ba1228479c827f91821743ca1df4ebfe9d1152d5cf4bb73c2e0d',
    block: {
      message: {
        slot: 234568,
        proposer_index: 48213,
        parent_root: '0x0e6f42eb0196a1535f24e6f4188701d2fc567aaa028c008032bf2b26768929cf',
        state_root: '0x60d645a372a1c08b4150e5ff1cf3690e167d1fb6bdd928019f06ab8e0a6fae0d',
        body: {
          randao_reveal:
            '0xbcaf0b517126cc5107a31409b504a339db3c08bc100566df90cf130c3bbe03af9e4bb4c8769ab00ed53001cdd1258e61cb705abd97da7ee897507102744787bb97b67d6677513a44ebc69f26b83662d9997441f3992c795ca5e8820d7e1ba853',
          eth1_data: {
            deposit_root: '0x2b170c580c57e8aaeb260eec6e4ac979a3c01e72ee6644c436c2a711ee7d9e42',
            deposit_count: 21073,
            block_hash: '0x0855a105dd995c36bd34589f50bd499e19244fefd158e9aae849b44388f46fc9',
          },
          graffiti: '0x0000000000000000000000000000000000000000000000000000000000000000',
          proposer_slashings: [],
          attester_slashings: [],
          attestations: [],
          deposits: [],
          voluntary_exits: [],
        },
      },
      signature:
        '0xb0e605f63be4da3943b8649f74877f88e9245db80d8ba59c71b4405f408fb4cf243b71549c1afc4fe66fc8a41a33808f647f80265bc48904a6749eab2383d90b19c2b1f8d853edd13594019d33bd2ea026c0837b13400528998cc852c3bfb516',
    },
  },
  'beacon.block-rejected': {
    reason: 'Invalid block: BlockIsAlreadyKnown',
    block: {
      message: {
        slot: 234568,
        proposer_index: 48213,
        parent_root: '0x0e6f42eb0196a1535f24e6f4188701d2fc567aaa028c008032bf2b26768929cf',
        state_root: '0x60d645a372a1c08b4150e5ff1cf3690e167d1fb6bdd928019f06ab8e0a6fae0d',
        body: {
          randao_reveal:
            '0xbcaf0b517126cc5107a31409b504a339db3c08bc100566df90cf130c3bbe03af9e4bb4c8769ab00ed53001cdd1258e61cb705abd97da7ee897507102744787bb97b67d6677513a44ebc69f26b83662d9997441f3992c795ca5e8820d7e1ba853',
          eth1_data: {
            deposit_root: '0x2b170c580c57e8aaeb260eec6e4ac979a3c01e72ee6644c436c2a711ee7d9e42',
            deposit_count: 21073,
            block_hash: '0x0855a105dd995c36bd34589f50bd499e19244fefd158e9aae849b44388f46fc9',
          },
          graffiti: '0x0000000000000000000000000000000000000000000000000000000000000000',
          proposer_slashings: [],
          attester_slashings: [],
          attestations: [],
          deposits: [],
          voluntary_exits: [],
        },
      },
      signature:
        '0xb0e605f63be4da3943b8649f74877f88e9245db80d8ba59c71b4405f408fb4cf243b71549c1afc4fe66fc8a41a33808f647f80265bc48904a6749eab2383d90b19c2b1f8d853edd13594019d33bd2ea026c0837b13400528998cc852c3bfb516',
    },
  },
  'beacon.attestation-imported': {
    attestation: {
      aggregation_bits: '0xfffbdfbff1ffffffffffffffffffff7f03',
      data: {
        slot: 234566,
        index: 5,
        beacon_block_root: '0x0e6f42eb0196a1535f24e6f4188701d2fc567aaa028c008032bf2b26768929cf',
        source: {
          epoch: 7329,
          root: '0x46866fdc42426a7f6e2440f1424a7f794dc97917f7019641af426555ce77d2b0',
        },
        target: {
          epoch: 7330,
          root: '0xe6cf36efc4e2b9691b1921fd2f5d81ce481338ca5b59d5435627bbb964df36ac',
        },
      },
      signature:
        '0xbd100a3f851bd9c81d9e5807e265121f21daeb6963d299122a6505c132919a0745fe2c55fb446339725dfe866133cc921adea3dd9601069a696edc2b79e6c51ed91526680811375afc1d643117f2621d98aba80cfa46153292ed3f7fd532b4f4',
    },
  },
  'beacon.attestation-rejected': {
    reason:
      'Invalid attestation: AttestsToFutureState { state: Slot(234566), attestation: Slot(234570) }',
    attestation: {
      aggregation_bits: '0xfffbdfbff1ffffffffffffffffffff7f03',
      data: {
        slot: 234570,
        index: 5,
        beacon_block_root: '0x0e6f42eb0196a1535f24e6f4188701d2fc567aaa028c008032bf2b26768929cf',
        source: {
          epoch: 7329,
          root: '0x46866fdc42426a7f6e2440f1424a7f794dc97917f7019641af426555ce77d2b0',
        },
        target: {
          epoch: 7330,
          root: '0xe6cf36efc4e2b9691b1921fd2f5d81ce481338ca5b59d5435627bbb964df36ac',
        },
      },
      signature:
        '0xbd100a3f851bd9c81d9e5807e265121f21daeb6963d299122a6505c132919a0745fe2c55fb446339725dfe866133cc921adea3dd9601069a696edc2b79e6c51ed91526680811375afc1d643117f2621d98aba80cfa46153292ed3f7fd532b4f4',
    },
  },
} satisfies BeaconEvents;
