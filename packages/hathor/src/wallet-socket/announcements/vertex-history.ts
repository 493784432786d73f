/** From what the bus says of a vertex to what wallets see of it (contract 1.5). */
import type { HistoryInput, HistoryOutput, HistoryVertex } from '../../chain/history-vertex.js';
import type {
  DecodedScript,
  Hex32,
  InputData,
  OutputData,
  SpentOutputData,
  UndecodableScript,
  VertexData,
} from '../../events/event-data.js';

const NATIVE_TOKEN = '00';
const TOKEN_INDEX = 0x7f;
const TOKEN_CREATION = 2;
const ON_CHAIN_BLUEPRINT = 6;
const BLOCK_VERSIONS: ReadonlySet<number> = new Set([0, 3, 5]);

/** Whether a version is one of a block. */
export function isBlockVersion(version: number): boolean {
  return BLOCK_VERSIONS.has(version);
}

/** Whether consensus has ruled a vertex out. */
export function isVoided({ metadata }: VertexData): boolean {
  return metadata.voided_by.length > 0;
}

/**
 * The history vertex, where an event says enough; undefined where only the chain knows:
 *
 * - members of contracts and blueprints,
 * - an input of a custom token: events number tokens anew,
 * - an output with spenders: which of them is valid?
 */
export function historyOf(data: VertexData): HistoryVertex | undefined {
  const { version, metadata, inputs } = data;
  if (data.headers.length > 0 || version === ON_CHAIN_BLUEPRINT) return undefined;
  if (inputs.some(({ spent_output: { token_data } }) => (token_data & TOKEN_INDEX) !== 0)) {
    return undefined;
  }
  if (metadata.spent_outputs.some(({ tx_ids }) => tx_ids.length > 0)) return undefined;
  return {
    tx_id: data.hash,
    version,
    weight: data.weight,
    timestamp: data.timestamp,
    is_voided: isVoided(data),
    inputs: inputs.map(input),
    outputs: data.outputs.map((output) => unspent(output, data.tokens)),
    parents: data.parents,
    first_block: metadata.first_block,
    ...(isBlockVersion(version) && { height: metadata.height }),
    ...(version === TOKEN_CREATION && {
      token_name: data.token_name ?? '',
      token_symbol: data.token_symbol ?? '',
      tokens: [],
    }),
  };
}

/** A vertex as it was when it was stored: nothing can have confirmed, voided or spent it before consensus looked. */
export function beforeConsensus(vertex: HistoryVertex): HistoryVertex {
  return {
    ...vertex,
    is_voided: false,
    first_block: null,
    outputs: vertex.outputs.map((output) => ({ ...output, spent_by: null })),
  };
}

/** Addresses in its outputs, in the outputs it spends, and the caller of a contract, each once. */
export function relatedAddresses(vertex: HistoryVertex): ReadonlySet<string> {
  const addresses = new Set<string>();
  for (const { decoded } of [...vertex.outputs, ...vertex.inputs]) {
    if ('address' in decoded && decoded.address !== undefined) addresses.add(decoded.address);
  }
  const { nc_address: caller } = vertex;
  if (typeof caller === 'string') addresses.add(caller);
  return addresses;
}

function input({ tx_id, index, spent_output }: InputData): HistoryInput {
  const { value, token_data, script } = spent_output;
  return {
    value,
    token_data,
    script,
    decoded: readable(spent_output),
    token: NATIVE_TOKEN,
    type: 'transparent',
    tx_id,
    index,
  };
}

/** Events put the token number into what is left of an undecodable script. */
function readable({ decoded }: SpentOutputData): DecodedScript | UndecodableScript {
  return 'address' in decoded ? decoded : {};
}

function unspent(output: OutputData, tokens: readonly Hex32[]): HistoryOutput {
  const { value, token_data, script, decoded } = output;
  const number = token_data & TOKEN_INDEX;
  const token = number === 0 ? NATIVE_TOKEN : (tokens[number - 1] ?? NATIVE_TOKEN);
  return { value, token_data, script, decoded, token, spent_by: null };
}
