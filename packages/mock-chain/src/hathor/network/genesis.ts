import { mine, p2pkhScript, unittestsGenesis } from '@sluice/hathor/codec';
import type { RegularBlock, RegularTransaction, Vertex } from '@sluice/hathor/codec';
import { HdKeys } from '../wallet/hd-keys.js';
import type { NetworkName } from './chain-parameters.js';

/**
 * The words behind the genesis output of every mock network: the public test seed of the reference node, whose first address
 * is the one in the genesis block of `unittests`.
 */
export const GENESIS_WORDS =
  'coral light army gather adapt blossom school alcohol coral light army gather adapt blossom school alcohol coral light army gather adapt blossom school awesome';

let keys: HdKeys | undefined;

/** The keys of {@link GENESIS_WORDS}; derived once, because stretching the words takes tens of milliseconds. */
export function genesisKeys(): HdKeys {
  return (keys ??= HdKeys.fromWords(GENESIS_WORDS));
}

const GENESIS_WEIGHT = 4;
const GENESIS_AMOUNT = 100_000_000_000n;
const GENESIS_TIME = 1_577_836_800;

/** One per network, so that no two networks share an id. */
const GENESIS_DATA: Readonly<Record<Exclude<NetworkName, 'unittests'>, string>> = {
  mainnet: 'mock mainnet',
  'testnet-india': 'mock testnet-india',
  'nano-testnet-bravo': 'mock nano-testnet-bravo',
  privatenet: 'mock privatenet',
};

export type Genesis = readonly [RegularBlock, RegularTransaction, RegularTransaction];

/** The genesis block and the two genesis transactions; of `unittests` the real ones, otherwise our own. */
export function genesisOf(network: NetworkName): Genesis {
  if (network === 'unittests') return unittestsGenesis;
  const block = mined({
    version: 0,
    signalBits: 0,
    outputs: [
      {
        value: GENESIS_AMOUNT,
        tokenData: 0,
        script: p2pkhScript(genesisKeys().at(0).hash),
      },
    ],
    weight: GENESIS_WEIGHT,
    timestamp: GENESIS_TIME,
    parents: [],
    data: new TextEncoder().encode(GENESIS_DATA[network]),
    nonce: 0n,
  });
  return [block, genesisTransaction(1), genesisTransaction(2)];
}

function genesisTransaction(place: 1 | 2): RegularTransaction {
  return mined({
    version: 1,
    signalBits: 0,
    tokens: [],
    inputs: [],
    outputs: [],
    weight: GENESIS_WEIGHT,
    timestamp: GENESIS_TIME + place,
    parents: [],
    nonce: 0n,
  });
}

function mined<T extends Vertex & (RegularBlock | RegularTransaction)>(vertex: T): T {
  const found = mine(vertex);
  if (found === undefined) throw new Error('no nonce for a genesis vertex');
  return found;
}
