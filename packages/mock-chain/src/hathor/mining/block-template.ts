import { weightToWork } from '@sluice/hathor/codec';
import type { BlockTemplate } from '@sluice/hathor';
import type { ChainState } from '../chain-state.js';
import type { DagVertex } from '../dag/dag-vertex.js';
import { MAX_FUTURE_TIMESTAMP } from '../network/chain-parameters.js';
import { latestChildTime } from '../verification/block-time.js';
import { blockReward, nextBlockWeight } from '../verification/weights.js';
import { confirmedParents, parentChoice } from './parent-selection.js';
import type { ParentChoice } from './parent-selection.js';
import { signalBits } from './signalling.js';

/** What a block on `parent`, which need not be the best block, must be (contract 3.5). */
export function blockTemplate(state: ChainState, parent: DagVertex): BlockTemplate {
  const { parameters } = state;
  const now = Math.floor(state.now);
  const latest = Math.min(latestChildTime(parent), now + MAX_FUTURE_TIMESTAMP);
  const { required, any } = transactionsFor(state, parent, latest);
  const newest = Math.max(...[parent, ...required, ...any].map(({ timestamp }) => timestamp));
  const height = parent.height + 1;
  const weight = nextBlockWeight(parent, parameters);
  return {
    versions: [0, 3],
    reward: blockReward(height, parameters),
    weight,
    timestamp_now: now,
    timestamp_min: newest + 1,
    timestamp_max: latest,
    parents: [parent.hash, ...required.map(({ hash }) => hash)],
    parents_any: any.map(({ hash }) => hash),
    height,
    score: parent.score + weightToWork(weight),
    signal_bits: signalBits(height, parameters),
  };
}

function transactionsFor(state: ChainState, parent: DagVertex, before: number): ParentChoice {
  const { dag, genesisTransactions } = state;
  // The mempool follows from the best chain: on another one its transactions may be confirmed, voided or locked.
  if (parent !== dag.best)
    return { required: confirmedParents(parent, genesisTransactions), any: [] };
  return parentChoice(state, before);
}
