import { bytesToHex } from '@noble/hashes/utils.js';
import type { HathorNetwork } from '@sluice/hathor/codec';
import type { ReorgData, TokenData } from '@sluice/hathor';
import type { Reorg } from '../consensus/consensus-update.js';
import type { ContractExecution } from '../consensus/contract-engine.js';
import type { ConsensusOutcome } from '../consensus/run-consensus.js';
import type { DagVertex } from '../dag/dag-vertex.js';
import type { UntimedEvent } from './chain-event.js';
import { removedVertexData, vertexData } from './vertex-data.js';

/** The events of one accepted vertex, in the order of contract 2.8. */
export function* announcements(
  vertex: DagVertex,
  outcome: ConsensusOutcome,
  network: HathorNetwork,
): Generator<UntimedEvent> {
  const { reorg, affected, executions, removed } = outcome;
  if (reorg !== undefined) yield { type: 'reorg.started', data: reorgData(reorg) };
  for (const changed of affected) {
    yield { type: 'vertex.metadata-changed', data: vertexData(changed, network) };
  }
  for (const execution of executions) yield* contractEvents(execution);
  for (const gone of removed) {
    yield { type: 'vertex.removed', data: removedVertexData(gone, network) };
  }
  if (reorg !== undefined) yield { type: 'reorg.finished', data: {} };
  yield { type: 'vertex.accepted', data: vertexData(vertex, network) };
  const token = tokenData(vertex);
  if (token !== undefined) yield { type: 'token.created', data: token };
}

function reorgData({ previousBest, newBest, common }: Reorg): ReorgData {
  return {
    reorg_size: previousBest.height - common.height,
    previous_best_block: previousBest.hash,
    new_best_block: newBest.hash,
    common_block: common.hash,
  };
}

function* contractEvents({
  transaction,
  block,
  events,
}: ContractExecution): Generator<UntimedEvent> {
  const { call, hash } = transaction;
  for (const event of events) {
    yield {
      type: 'contract.event',
      data: {
        vertex_id: hash,
        nc_id: call?.contract ?? hash,
        nc_execution: 'success',
        first_block: block.hash,
        data_hex: bytesToHex(new TextEncoder().encode(event)),
      },
    };
  }
}

function tokenData({ hash, vertex }: DagVertex): TokenData | undefined {
  if (vertex.version !== 2) return undefined;
  return {
    token_uid: hash,
    nc_exec_info: null,
    token_name: vertex.tokenInfo.name,
    token_symbol: vertex.tokenInfo.symbol,
    token_version: vertex.tokenInfo.version,
  };
}
