import { addressScript, p2pkhScript, workToWeight } from '@sluice/hathor/codec';
import type { Hex32, RegularBlock } from '@sluice/hathor/codec';
import type { SeededRandom } from '../../random/seeded-random.js';
import type { ChainState } from '../chain-state.js';
import { inheritedVoiding } from '../consensus/inherited-voiding.js';
import { workBehind } from '../consensus/voiding.js';
import type { DagVertex } from '../dag/dag-vertex.js';
import { latestChildTime } from '../verification/block-time.js';
import { blockReward, nextBlockWeight } from '../verification/weights.js';
import type { MockWallet } from '../wallet/mock-wallet.js';
import { confirmedParents, selectParents } from './parent-selection.js';
import type { ParentPair } from './parent-selection.js';
import { prove } from './proof-of-work.js';
import { signalBits } from './signalling.js';

/** How a block differs from the one that a miner would find next. */
export interface MineBlockOptions {
  /** The block below; default the best block. */
  readonly parent?: Hex32;
  /** The two transactions that it confirms; default as the reference chooses them. */
  readonly transactions?: readonly [Hex32, Hex32];
  /**
   * A transaction to confirm. If it lost a conflict, the block gets the weight that turns the conflict round. Not together
   * with `transactions`.
   */
  readonly confirm?: Hex32;
  /** Who gets the reward; default the wallet's next address. */
  readonly address?: string;
  /** log2 of the expected number of hashes; default the least that the difficulty allows. */
  readonly weight?: number;
  /** Up to 100 bytes. */
  readonly data?: Uint8Array;
  /** Unix seconds at which it is found, and beyond which it confirms nothing; default now. */
  readonly time?: number;
  /** Mining goes on until the id is wanted, which decides ties. */
  readonly isWanted?: (id: Hex32) => boolean;
}

/** Builds a block on the current state and finds its proof of work. */
export function assembleBlock(
  state: ChainState,
  wallet: MockWallet,
  random: SeededRandom,
  options: MineBlockOptions,
): RegularBlock {
  const { dag, parameters } = state;
  const parent = options.parent === undefined ? dag.best : dag.require(options.parent);
  const latest = latestChildTime(parent);
  const transactions = chooseTransactions(state, random, parent, { time: latest, ...options });
  const newest = Math.max(parent.timestamp, ...transactions.map(({ timestamp }) => timestamp));
  const least = nextBlockWeight(parent, parameters);
  const height = parent.height + 1;
  const block: RegularBlock = {
    version: 0,
    signalBits: signalBits(height, parameters),
    outputs: [
      {
        value: blockReward(height, parameters),
        tokenData: 0,
        script:
          options.address === undefined
            ? p2pkhScript(wallet.nextKey().hash)
            : addressScript(options.address, state.network),
      },
    ],
    weight: options.weight ?? Math.max(least, turningWeight(state, options.confirm)),
    timestamp: Math.max(newest + 1, Math.min(options.time ?? state.nextTime, latest)),
    parents: [parent.hash, ...transactions.map(({ hash }) => hash)],
    data: options.data ?? new Uint8Array(),
    nonce: 0n,
  };
  return prove(block, options.isWanted);
}

/** The least weight whose work is above `work`. */
function weightAbove(work: bigint): number {
  return workToWeight(work + work / 1000n + 1n);
}

function chooseTransactions(
  state: ChainState,
  random: SeededRandom,
  parent: DagVertex,
  { parent: branch, transactions, confirm, time }: MineBlockOptions,
): ParentPair {
  const { dag, genesisTransactions } = state;
  if (transactions !== undefined) {
    return [dag.require(transactions[0]), dag.require(transactions[1])];
  }
  if (branch === undefined && confirm === undefined) {
    return selectParents(state, random, time);
  }
  const [first, second] = confirmedParents(parent, genesisTransactions);
  if (confirm === undefined) return [first, second];
  const wanted = dag.require(confirm);
  return [first === wanted ? second : first, wanted];
}

/** Weight with which a block on the head of a side chain makes that chain the best one. */
export function takeoverWeight({ dag, parameters }: ChainState, head: DagVertex): number {
  const causes = [...inheritedVoiding(dag, head)].map((id) => dag.require(id));
  return Math.max(
    nextBlockWeight(head, parameters),
    weightToExceed(dag.best.score, head.score),
    ...causes.map(winningWeight),
  );
}

/** Weight with which a block makes a voided transaction win. */
function turningWeight({ dag }: ChainState, confirm: Hex32 | undefined): number {
  if (confirm === undefined) return 0;
  const transaction = dag.require(confirm);
  return transaction.isVoidedOnlyByItself ? winningWeight(transaction) : 0;
}

/** Weight of a block that brings a transaction's work above that of its rivals. */
function winningWeight(transaction: DagVertex): number {
  const own = workBehind(transaction);
  return Math.max(
    0,
    ...transaction.conflicts.map((rival) => weightToExceed(workBehind(rival), own)),
  );
}

/** The least weight that brings `own` work above `work`; 0 if it is above. */
export function weightToExceed(work: bigint, own: bigint): number {
  return own > work ? 0 : weightAbove(work - own);
}
