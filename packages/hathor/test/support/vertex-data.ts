import { createHash } from 'node:crypto';
import type { InputData, JsonInteger, OutputData, VertexData } from '../../src/index.js';
import { hathorNetworks, addressScript } from '../../src/codec/index.js';

/** What a test says of an output. */
export interface OutputSketch {
  /** Absent: a script that nobody can read. */
  readonly address?: string;
  readonly value?: JsonInteger;
  readonly tokenData?: number;
}

/** What a test says of a vertex. */
export interface VertexSketch {
  /** Anything that tells it from the others; its id is made of it. */
  readonly name: string;
  readonly version?: number;
  readonly timestamp?: number;
  readonly outputs?: readonly (OutputSketch | string)[];
  /** Vertex and output that it spends. */
  readonly spends?: readonly (readonly [id: string, index: number])[];
  readonly tokens?: readonly string[];
  readonly voidedBy?: readonly string[];
  readonly headers?: VertexData['headers'];
}

/** Id of the vertex of that name. */
export function idOf(name: string): string {
  return createHash('sha256').update(name).digest('hex');
}

/** A vertex as events have it; everything that a sketch leaves out has a value of its own. */
export function vertexData(sketch: VertexSketch, find: (id: string) => VertexData): VertexData {
  const { name, version = 1, timestamp = 1_700_000_000, tokens = [], headers = [] } = sketch;
  const hash = idOf(name);
  return {
    hash,
    nonce: 0,
    timestamp,
    signal_bits: 0,
    version,
    weight: 2.5,
    inputs: (sketch.spends ?? []).map(([id, index]) => inputData(find(id), index)),
    outputs: (sketch.outputs ?? []).map(outputData),
    parents: [idOf('parent 1'), idOf('parent 2')],
    tokens,
    token_name: version === 2 ? 'Coin' : null,
    token_symbol: version === 2 ? 'CN' : null,
    aux_pow: null,
    headers,
    name: null,
    metadata: {
      hash,
      spent_outputs: [],
      conflict_with: [],
      voided_by: sketch.voidedBy ?? [],
      received_by: [],
      twins: [],
      accumulated_weight: 2.5,
      score: 0,
      accumulated_weight_raw: '6',
      score_raw: '0',
      first_block: null,
      height: version === 0 ? 7 : 0,
      validation: 'full',
      nc_execution: null,
    },
  };
}

function outputData(sketch: OutputSketch | string): OutputData {
  const {
    address,
    value = 100,
    tokenData = 0,
  } = typeof sketch === 'string' ? { address: sketch } : sketch;
  if (address === undefined) return { value, token_data: tokenData, script: 'anQ=', decoded: {} };
  const script = addressScript(address, hathorNetworks.unittests);
  const decoded = { type: 'P2PKH', address, timelock: null } as const;
  return { value, token_data: tokenData, script: Buffer.from(script).toString('base64'), decoded };
}

/** As events show it: the token numbered anew, and put where an unreadable script would be. */
function inputData({ hash, outputs }: VertexData, index: number): InputData {
  const output = outputs[index];
  if (output === undefined) throw new Error(`No output ${index} of ${hash}`);
  const { decoded, token_data } = output;
  const spent = 'address' in decoded ? decoded : { token_data };
  return {
    tx_id: hash,
    index,
    spent_output: { ...output, decoded: spent as typeof decoded & { token_data: number } },
  };
}
