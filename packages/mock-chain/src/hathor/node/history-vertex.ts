/** Vertices as wallets see them (contract 1.5). */
import { base64 } from '@scure/base';
import { decodeScript, jsonInteger } from '@sluice/hathor/codec';
import type { HathorNetwork, VertexOutput } from '@sluice/hathor/codec';
import type { HistoryInput, HistoryOutput, HistoryVertex } from '@sluice/hathor';
import { spentIndex } from '../dag/dag.js';
import type { Dag } from '../dag/dag.js';
import type { DagVertex } from '../dag/dag-vertex.js';
import { outputOf, tokenOf, tokensOf } from '../dag/vertex-tokens.js';

/** A vertex as it is now. */
export function historyVertex(node: DagVertex, dag: Dag, network: HathorNetwork): HistoryVertex {
  const { vertex } = node;
  return {
    ...(node.call !== undefined && contractMembers(node, dag)),
    tx_id: node.hash,
    version: vertex.version,
    weight: vertex.weight,
    timestamp: vertex.timestamp,
    is_voided: node.isVoided,
    inputs: node.spent.map((spent, input) => historyInput(spent, spentIndex(node, input), network)),
    outputs: vertex.outputs.map((output, index) => ({
      ...shown(node, output, network),
      spent_by: node.spenderOf(index)?.hash ?? null,
    })),
    parents: vertex.parents,
    first_block: node.firstBlock?.hash ?? null,
    ...(node.isBlock && { height: node.height }),
    ...(vertex.version === 2 && {
      token_name: vertex.tokenInfo.name,
      token_symbol: vertex.tokenInfo.symbol,
      tokens: [],
    }),
  };
}

function historyInput(spent: DagVertex, index: number, network: HathorNetwork): HistoryInput {
  const output = shown(spent, outputOf(spent, index), network);
  return { ...output, type: 'transparent', tx_id: spent.hash, index };
}

function shown(
  node: DagVertex,
  output: VertexOutput,
  network: HathorNetwork,
): Omit<HistoryOutput, 'spent_by'> {
  return {
    value: jsonInteger(output.value),
    token_data: output.tokenData,
    script: base64.encode(output.script),
    decoded: decodeScript(output.script, network) ?? {},
    token: tokenOf(node, output),
  };
}

/** A contract call's arguments and actions are not part of the mock chain. */
function contractMembers(node: DagVertex, dag: Dag): Partial<HistoryVertex> {
  const { call, hash, vertex, firstBlock } = node;
  if (call === undefined) return {};
  const { header, contract = hash } = call;
  const creation = dag.get(contract)?.call ?? call;
  return {
    hash,
    nonce: jsonInteger(vertex.nonce),
    signal_bits: vertex.signalBits,
    tokens: tokensOf(node),
    token_amount_version: 1,
    nc_id: contract,
    nc_seqnum: header.nc_seqnum,
    nc_blueprint_id: creation.header.nc_id,
    nc_method: header.nc_method,
    nc_args: '00',
    nc_address: header.nc_address,
    nc_context: {
      actions: [],
      caller_id: header.nc_address,
      timestamp: (firstBlock ?? node).timestamp,
      address: header.nc_address,
    },
  };
}
