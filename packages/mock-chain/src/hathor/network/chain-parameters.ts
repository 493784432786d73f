import { networkByName } from '@sluice/hathor/codec';
import type { HathorNetwork, hathorNetworks } from '@sluice/hathor/codec';
import type { SignallingPeriod } from '../mining/signalling.js';

/** A network's name in the node's messages: `mainnet`, `testnet-india`, `nano-testnet-bravo`, `privatenet`, `unittests`. */
export type NetworkName = (typeof hathorNetworks)[keyof typeof hathorNetworks]['name'];

/** The rules of a chain. Amounts in atomic units, times in seconds, weights as log2 of hashes. */
export interface ChainParameters {
  /** The difficulty never goes below this. */
  readonly minBlockWeight: number;
  /**
   * The difficulty never goes above this either, unlike on a real network: blocks arrive at the pace of a driver and
   * not at that of its hash power, so nothing else would stop the difficulty from rising.
   */
  readonly maxBlockWeight: number;
  /** Block time that the difficulty aims at. */
  readonly averageBlockTime: number;
  /** The difficulty looks back at twice as many blocks. */
  readonly difficultyWindow: number;
  /** Least weight of a transaction. */
  readonly minTxWeight: number;
  /** What a transaction's size adds to its weight: coefficient × log2(bytes). */
  readonly minTxWeightCoefficient: number;
  /** Amount in whole tokens at which half of the amount's share of the weight is reached. */
  readonly minTxWeightK: number;
  /** A block's output can be spent when the best block is so many blocks above it. */
  readonly rewardSpendMinBlocks: number;
  readonly initialReward: bigint;
  readonly minimumReward: bigint;
  readonly blocksPerHalving: number;
  /** When blocks signal which features. None by default. */
  readonly signalling: readonly SignallingPeriod[];
}

/** Limits that are the same on every network (contract section 6). */
export const MAX_DISTANCE_BETWEEN_BLOCKS = 4500;
export const MAX_FUTURE_TIMESTAMP = 300;
export const MAX_SIGNAL_BITS = 4;
export const WEIGHT_TOLERANCE = 1e-10;
export const MAX_OUTPUT_SCRIPT_SIZE = 1024;
export const MAX_INPUT_DATA_SIZE = 1266;
/** Signature checks of all inputs of a transaction, and of all outputs. */
export const MAX_SIGNATURE_OPERATIONS = 5 * 255;
export const MAX_MULTISIG_KEYS = 20;
export const MAX_MULTISIG_SIGNATURES = 15;
/** Custom tokens in one transaction. */
export const MAX_TOKENS = 16;
/** How much more than its least weight a transaction may weigh, once that is above the second number. */
export const MAX_WEIGHT_ABOVE_LEAST = 4;
export const MAX_WEIGHT_ABOVE_LEAST_FROM = 32;

const publicNetwork: ChainParameters = {
  minBlockWeight: 4,
  maxBlockWeight: 10,
  averageBlockTime: 30,
  difficultyWindow: 134,
  minTxWeight: 4,
  minTxWeightCoefficient: 0,
  minTxWeightK: 100,
  rewardSpendMinBlocks: 300,
  initialReward: 6400n,
  minimumReward: 800n,
  blocksPerHalving: 1_051_200,
  signalling: [],
};

/**
 * Each network's rules, except that the weights are low enough for a toy miner. `unittests` aims at 64 seconds per block as
 * the reference's simulator does.
 */
const parameters: Readonly<Record<NetworkName, ChainParameters>> = {
  mainnet: publicNetwork,
  'testnet-india': publicNetwork,
  'nano-testnet-bravo': publicNetwork,
  privatenet: { ...publicNetwork, rewardSpendMinBlocks: 1 },
  unittests: {
    ...publicNetwork,
    minBlockWeight: 2,
    averageBlockTime: 64,
    difficultyWindow: 20,
    minTxWeight: 2,
    rewardSpendMinBlocks: 10,
    blocksPerHalving: 120,
  },
};

/** The rules of a network, with some of them replaced; other members of `overrides` are ignored. */
export function chainParameters(
  network: NetworkName,
  overrides: Partial<ChainParameters> = {},
): ChainParameters {
  const known = parameters[network];
  const entries = Object.entries(overrides).filter(([name]) => Object.hasOwn(known, name));
  const merged = { ...known, ...(Object.fromEntries(entries) as Partial<ChainParameters>) };
  return { ...merged, maxBlockWeight: Math.max(merged.maxBlockWeight, merged.minBlockWeight) };
}

/** @throws RangeError for a name that is not one of the node's network names. */
export function networkNamed(name: NetworkName): HathorNetwork {
  const network = networkByName(name);
  if (network === undefined) throw new RangeError(`unknown network ${String(name)}`);
  return network;
}
