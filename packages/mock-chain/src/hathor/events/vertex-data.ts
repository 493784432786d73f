/** Vertices as the event socket sends them (contract 2.7). */
import { base64 } from '@scure/base';
import { bytesToHex } from '@noble/hashes/utils.js';
import { decodeScript, encodeAuxPow, jsonInteger, workToWeight } from '@sluice/hathor/codec';
import type { HathorNetwork, Vertex, VertexOutput } from '@sluice/hathor/codec';
import type {
  InputData,
  OutputData,
  RemovedVertexData,
  SpentOutputData,
  VertexData,
  VertexMetadata,
} from '@sluice/hathor';
import { spentIndex } from '../dag/dag.js';
import type { DagVertex } from '../dag/dag-vertex.js';
import { AUTHORITY_BIT, NATIVE_TOKEN, outputOf, tokenOf, tokensOf } from '../dag/vertex-tokens.js';

/** A vertex with a snapshot of its metadata. */
export function vertexData(vertex: DagVertex, network: HathorNetwork): VertexData {
  return { ...removedVertexData(vertex, network), metadata: vertexMetadata(vertex) };
}

/** A vertex without metadata. */
export function removedVertexData(node: DagVertex, network: HathorNetwork): RemovedVertexData {
  const { vertex } = node;
  const tokens = tokensInUse(node);
  return {
    hash: node.hash,
    nonce: jsonInteger(vertex.nonce),
    timestamp: vertex.timestamp,
    signal_bits: vertex.signalBits,
    version: vertex.version,
    weight: vertex.weight,
    inputs: node.spent.map((spent, input) =>
      inputData(spent, spentIndex(node, input), tokens, network),
    ),
    outputs: vertex.outputs.map((output) => outputData(output, network)),
    parents: vertex.parents,
    tokens,
    token_name: tokenInfo(vertex)?.name ?? null,
    token_symbol: tokenInfo(vertex)?.symbol ?? null,
    aux_pow: vertex.version === 3 ? bytesToHex(encodeAuxPow(vertex.auxPow)) : null,
    headers: node.call === undefined ? [] : [node.call.header],
    name: null,
  };
}

function vertexMetadata(node: DagVertex): VertexMetadata {
  const hashes = (list: readonly DagVertex[]): string[] => list.map(({ hash }) => hash);
  return {
    hash: node.hash,
    spent_outputs: Array.from(node.spentOutputs, ([index, spenders]) => ({
      index,
      tx_ids: hashes(spenders),
    })),
    conflict_with: hashes(node.conflicts),
    voided_by: node.voidedBy,
    received_by: [],
    twins: hashes(node.twins),
    accumulated_weight: workToWeight(node.accumulatedWork),
    score: workToWeight(node.score),
    accumulated_weight_raw: String(node.accumulatedWork),
    score_raw: String(node.score),
    first_block: node.firstBlock?.hash ?? null,
    height: node.height,
    validation: 'full',
    nc_execution: node.ncExecution,
  };
}

function inputData(
  spent: DagVertex,
  index: number,
  tokens: readonly string[],
  network: HathorNetwork,
): InputData {
  const output = outputOf(spent, index);
  return {
    tx_id: spent.hash,
    index,
    spent_output: spentOutputData(output, tokenOf(spent, output), tokens, network),
  };
}

/** The spent output with its token counted in the list of the spending transaction. */
function spentOutputData(
  output: VertexOutput,
  token: string,
  tokens: readonly string[],
  network: HathorNetwork,
): SpentOutputData {
  const place = token === NATIVE_TOKEN ? 0 : tokens.indexOf(token) + 1;
  const tokenData = place | (output.tokenData & AUTHORITY_BIT);
  return {
    value: jsonInteger(output.value),
    token_data: tokenData,
    script: base64.encode(output.script),
    decoded: decodeScript(output.script, network) ?? { token_data: tokenData },
  };
}

function outputData(output: VertexOutput, network: HathorNetwork): OutputData {
  return {
    value: jsonInteger(output.value),
    token_data: output.tokenData,
    script: base64.encode(output.script),
    decoded: decodeScript(output.script, network) ?? {},
  };
}

/** The transaction's own token list, then the tokens that only its inputs have. */
function tokensInUse(node: DagVertex): string[] {
  const tokens = [...tokensOf(node)];
  node.spent.forEach((spent, input) => {
    const token = tokenOf(spent, outputOf(spent, spentIndex(node, input)));
    if (token !== NATIVE_TOKEN && !tokens.includes(token)) tokens.push(token);
  });
  return tokens;
}

function tokenInfo(vertex: Vertex): { readonly name: string; readonly symbol: string } | undefined {
  return vertex.version === 2 ? vertex.tokenInfo : undefined;
}
