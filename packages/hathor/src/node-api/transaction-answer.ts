/** Vertices as `GET transaction` shows them. */
import { bytesToHex } from '@noble/hashes/utils.js';
import type { HathorNodeChain, NodeVertex } from '../chain/hathor-node-chain.js';
import type { HistoryVertex } from '../chain/history-vertex.js';
import { NETWORK_RULES } from '../chain/network-settings.js';
import type {
  DecodedScript,
  JsonInteger,
  SpentOutputData,
  UndecodableScript,
} from '../events/event-data.js';
import { NodeRefusal } from './node-refusal.js';

/**
 * The answer of `GET transaction?id=`.
 *
 * @throws NodeRefusal if there is no such vertex.
 */
export async function transactionAnswer(chain: HathorNodeChain, id: string): Promise<object> {
  if (!/^[0-9a-f]{64}/i.test(id)) throw new NodeRefusal('Invalid hash');
  const hash = id.toLowerCase();
  const vertex = await chain.nodeVertex(hash);
  const history = await chain.historyVertex(hash);
  if (vertex === undefined || history === undefined) {
    throw new NodeRefusal('Transaction not found');
  }
  return {
    success: true,
    tx: { ...details(vertex, history), tokens: await namedTokens(chain, vertex.data.tokens) },
    meta: metadata(vertex),
    spent_outputs: Object.fromEntries(
      history.outputs.flatMap(({ spent_by }, index) =>
        spent_by === null ? [] : [[index, spent_by]],
      ),
    ),
  };
}

function details({ data, bytes }: NodeVertex, history: HistoryVertex): object {
  return {
    ...contractMembers(history),
    hash: data.hash,
    nonce: String(data.nonce),
    timestamp: data.timestamp,
    version: data.version,
    weight: data.weight,
    signal_bits: data.signal_bits,
    parents: data.parents,
    inputs: data.inputs.map(({ tx_id, index, spent_output }, place) => ({
      ...readable(spent_output),
      token: history.inputs[place]?.token,
      tx_id,
      index,
    })),
    outputs: data.outputs.map((output, place) => ({
      ...readable(output),
      token: history.outputs[place]?.token,
      spent_by: history.outputs[place]?.spent_by ?? null,
    })),
    ...(data.token_name !== null && {
      token_name: data.token_name,
      token_symbol: data.token_symbol,
    }),
    ...(data.aux_pow !== null && { aux_pow: data.aux_pow }),
    ...(history.height !== undefined && { height: history.height }),
    raw: bytesToHex(bytes),
  };
}

function contractMembers(history: HistoryVertex): object {
  return Object.fromEntries(Object.entries(history).filter(([name]) => name.startsWith('nc_')));
}

interface ReadableOutput {
  readonly value: JsonInteger;
  readonly token_data: number;
  readonly script: string;
  readonly decoded: DecodedScript | UndecodableScript | SpentOutputData['decoded'];
}

/** Here a decoded script says again what the output says. */
function readable({ value, token_data, script, decoded }: ReadableOutput): object {
  const again = 'type' in decoded ? { value, token_data } : {};
  return { value, token_data, script, decoded: { ...decoded, ...again } };
}

function metadata({ data, children, min_height, first_block_height }: NodeVertex): object {
  const { metadata: known } = data;
  return {
    hash: known.hash,
    spent_outputs: known.spent_outputs.map(({ index, tx_ids }) => [index, tx_ids]),
    received_by: known.received_by,
    children,
    conflict_with: known.conflict_with,
    voided_by: known.voided_by,
    twins: known.twins,
    accumulated_weight: known.accumulated_weight,
    score: known.score,
    min_height,
    height: known.height,
    feature_activation_bit_counts: [],
    first_block: known.first_block,
    validation: known.validation,
    first_block_height,
    ...(known.nc_execution !== null && { nc_execution: known.nc_execution }),
  };
}

function namedTokens(chain: HathorNodeChain, uids: readonly string[]): Promise<object[]> {
  return Promise.all(
    uids.map(async (uid) => {
      const token = uid === '00' ? NETWORK_RULES.native_token : await chain.token(uid);
      return { uid, name: token?.name ?? null, symbol: token?.symbol ?? null };
    }),
  );
}
