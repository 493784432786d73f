import type { VertexData } from '@sluice/hathor';

export interface ReplayParameters {
  readonly vertices: number;
}

/** Events of a log with so many vertices: they stand between `LOAD_STARTED` and `LOAD_FINISHED`. */
export const eventsOf = ({ vertices }: ReplayParameters): number => vertices + 2;

const hex32 = (number: number): string => number.toString(16).padStart(64, '0');

const output = {
  value: 6400,
  token_data: 0,
  script: 'dqkUq5jFqn4kVYq4VvoVrQXqg4tBcHSIrA==',
  decoded: { type: 'P2PKH', address: 'HNXsVtRUmwDCtpcCJUrH4QiHo9kUKx199A', timelock: null },
} as const;

/** A transaction with two inputs and two outputs: about 1.5 KB as JSON. */
export function vertex(number: number): VertexData {
  const inputs = [1, 2].map((before) => ({
    tx_id: hex32(Math.max(0, number - before)),
    index: 0,
    spent_output: output,
  }));
  return {
    hash: hex32(number),
    nonce: 123456,
    timestamp: 1_700_000_000 + number,
    signal_bits: 0,
    version: 1,
    weight: 17.5,
    inputs,
    outputs: [output, { ...output, value: 1234 }],
    parents: [hex32(number + 1), hex32(number + 2)],
    tokens: [],
    token_name: null,
    token_symbol: null,
    aux_pow: null,
    headers: [],
    name: null,
    metadata: {
      hash: hex32(number),
      spent_outputs: [],
      conflict_with: [],
      voided_by: [],
      received_by: [],
      twins: [],
      accumulated_weight: 17.5,
      score: 0,
      accumulated_weight_raw: '185363',
      score_raw: '0',
      first_block: null,
      height: 0,
      validation: 'full',
      nc_execution: null,
    },
  };
}

export function* vertices({ vertices: count }: ReplayParameters): Iterable<VertexData> {
  for (let number = 0; number < count; number++) yield vertex(number);
}
