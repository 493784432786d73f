/** The `data` of each event type (contract 2.7). */
import { objectSchema, type JsonSchema } from '@sluice/engine';
import type { HathorEventType } from '../events/event-types.js';
import {
  AMOUNT,
  BIG,
  COUNT,
  DECODED_SCRIPT,
  HASH,
  HEX,
  INTEGER,
  list,
  nullable,
  SCRIPT,
  SECONDS,
  shared,
  TEXT,
  TOKEN_DATA,
  UNDECODABLE,
  VERSION,
} from './values.js';

const NC_EXECUTION = { enum: ['pending', 'success', 'failure', 'skipped'] };

const DECIMAL = { type: 'string', pattern: '^[0-9]+$', description: 'An exact integer.' };

const output = (undecodable: JsonSchema): JsonSchema =>
  objectSchema({
    value: AMOUNT,
    token_data: TOKEN_DATA,
    script: SCRIPT,
    decoded: { anyOf: [DECODED_SCRIPT, undecodable] },
  });

const VERTEX = {
  hash: HASH,
  nonce: BIG,
  timestamp: SECONDS,
  signal_bits: COUNT,
  version: VERSION,
  weight: { type: 'number' },
  inputs: list(
    objectSchema({
      tx_id: HASH,
      index: COUNT,
      spent_output: output(objectSchema({ token_data: TOKEN_DATA })),
    }),
  ),
  outputs: list(output(UNDECODABLE)),
  parents: { ...list(HASH), description: 'Blocks: the block parent first.' },
  tokens: list(HASH),
  token_name: nullable(TEXT),
  token_symbol: nullable(TEXT),
  aux_pow: nullable(HEX),
  headers: list(
    objectSchema({
      id: { const: '10' },
      nc_seqnum: COUNT,
      nc_id: { ...HASH, description: 'For `initialize` the blueprint’s id.' },
      nc_method: TEXT,
      nc_address: TEXT,
    }),
  ),
  name: nullable(TEXT),
};

const METADATA = objectSchema({
  hash: HASH,
  spent_outputs: list(objectSchema({ index: COUNT, tx_ids: list(HASH) })),
  conflict_with: list(HASH),
  voided_by: { ...list(HEX), description: 'Ids, and ASCII labels in hex.' },
  received_by: { ...list(true), maxItems: 0 },
  twins: list(HASH),
  accumulated_weight: { type: 'number' },
  score: { type: 'number' },
  accumulated_weight_raw: DECIMAL,
  score_raw: DECIMAL,
  first_block: nullable(HASH),
  height: { ...COUNT, description: '0 for transactions.' },
  validation: TEXT,
  nc_execution: nullable(NC_EXECUTION),
});

/** Schemas that messages of the event socket refer to. */
export const EVENT_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  Vertex: objectSchema({ ...VERTEX, metadata: shared('VertexMetadata') }),
  RemovedVertex: objectSchema(VERTEX),
  VertexMetadata: METADATA,
};

const NOTHING = objectSchema({});

/** By event type. */
export const EVENT_DATA: Readonly<Record<HathorEventType, JsonSchema>> = {
  LOAD_STARTED: NOTHING,
  LOAD_FINISHED: NOTHING,
  NEW_VERTEX_ACCEPTED: shared('Vertex'),
  VERTEX_METADATA_CHANGED: shared('Vertex'),
  VERTEX_REMOVED: shared('RemovedVertex'),
  REORG_STARTED: objectSchema({
    reorg_size: { ...INTEGER, description: 'Blocks of the old chain above the common one.' },
    previous_best_block: HASH,
    new_best_block: HASH,
    common_block: HASH,
  }),
  REORG_FINISHED: NOTHING,
  NC_EVENT: objectSchema({
    vertex_id: HASH,
    nc_id: HASH,
    nc_execution: NC_EXECUTION,
    first_block: HASH,
    data_hex: HEX,
  }),
  TOKEN_CREATED: objectSchema({
    token_uid: HASH,
    nc_exec_info: nullable(objectSchema({ nc_tx: HASH, nc_block: HASH })),
    token_name: TEXT,
    token_symbol: TEXT,
    token_version: COUNT,
  }),
  FULL_NODE_CRASHED: NOTHING,
};
