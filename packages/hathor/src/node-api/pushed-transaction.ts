import { base64 } from '@scure/base';
import { jsonInteger } from '../codec/json-integer.js';
import type { Vertex, VertexInput, VertexOutput } from '../codec/vertex.js';
import type { Hex32 } from '../events/event-data.js';

/** What `push_tx` shows of a transaction that was taken in. */
export function pushedTransaction(id: Hex32, vertex: Vertex): object {
  return {
    hash: id,
    nonce: Number(vertex.nonce),
    timestamp: vertex.timestamp,
    version: vertex.version,
    weight: vertex.weight,
    signal_bits: vertex.signalBits,
    parents: vertex.parents,
    inputs: 'inputs' in vertex ? vertex.inputs.map(bareInput) : [],
    outputs: vertex.outputs.map(bareOutput),
    tokens: vertex.version === 1 ? vertex.tokens : [],
    ...(vertex.version === 2 && {
      token_name: vertex.tokenInfo.name,
      token_symbol: vertex.tokenInfo.symbol,
      token_version: vertex.tokenInfo.version,
    }),
  };
}

function bareInput({ txId, index, data }: VertexInput): object {
  return { tx_id: txId, index, data: base64.encode(data) };
}

function bareOutput({ value, tokenData, script }: VertexOutput): object {
  return { value: jsonInteger(value), token_data: tokenData, script: base64.encode(script) };
}
