/** The EVENT message of contract 2.4 and what events carry (2.6, 2.7). The order of members is irrelevant (T8). */
import {
  anyText,
  integer,
  list,
  literal,
  nullable,
  number,
  object,
  oneOf,
  text,
  type Members,
  type Shape,
} from '../../judging/shape.js';
import {
  BASE64,
  DECODED,
  HASH,
  INDEX,
  SECONDS,
  TOKEN_DATA,
  VALUE,
  VERSION,
} from './vertex-shapes.js';

const HEX = text(/^(?:[0-9a-f]{2})*$/, 'hex');
const EXACT = text(/^\d+$/, 'a decimal integer as text');
const NONCE = integer(0n, 2n ** 128n - 1n);

const OUTPUT = object({ value: VALUE, token_data: TOKEN_DATA, script: BASE64, decoded: DECODED });

/** An undecodable script is `{"token_data":n}` here. */
const SPENT_OUTPUT: Shape = (value, at) => {
  const decoded = (value as { decoded?: object } | null)?.decoded;
  if (decoded === undefined || !('token_data' in decoded)) return OUTPUT(value, at);
  return object({
    value: VALUE,
    token_data: TOKEN_DATA,
    script: BASE64,
    decoded: object({ token_data: TOKEN_DATA }),
  })(value, at);
};

const NANO_HEADER = object({
  id: literal('10'),
  nc_seqnum: integer(),
  nc_id: HASH,
  nc_method: anyText,
  nc_address: anyText,
});

const VERTEX: Members = {
  hash: HASH,
  nonce: NONCE,
  timestamp: SECONDS,
  signal_bits: integer(0n, 255n),
  version: VERSION,
  weight: number,
  inputs: list(object({ tx_id: HASH, index: INDEX, spent_output: SPENT_OUTPUT })),
  outputs: list(OUTPUT),
  parents: list(HASH, { most: 3 }),
  tokens: list(HASH),
  token_name: nullable(anyText),
  token_symbol: nullable(anyText),
  aux_pow: nullable(HEX),
  headers: list(NANO_HEADER),
  name: nullable(anyText),
};

const METADATA = object({
  hash: HASH,
  spent_outputs: list(object({ index: INDEX, tx_ids: list(HASH) })),
  conflict_with: list(HASH),
  voided_by: list(HEX),
  received_by: list(integer(), { most: 0 }),
  twins: list(HASH),
  accumulated_weight: number,
  score: number,
  accumulated_weight_raw: EXACT,
  score_raw: EXACT,
  first_block: nullable(HASH),
  height: integer(),
  validation: anyText,
  nc_execution: nullable(oneOf('pending', 'success', 'failure', 'skipped')),
});

const WITH_METADATA = object({ ...VERTEX, metadata: METADATA });
const NOTHING = object({});

/** `data` by type of event. */
const DATA: Readonly<Record<string, Shape>> = {
  LOAD_STARTED: NOTHING,
  LOAD_FINISHED: NOTHING,
  NEW_VERTEX_ACCEPTED: WITH_METADATA,
  VERTEX_METADATA_CHANGED: WITH_METADATA,
  VERTEX_REMOVED: object(VERTEX),
  REORG_STARTED: object({
    reorg_size: integer(),
    previous_best_block: HASH,
    new_best_block: HASH,
    common_block: HASH,
  }),
  REORG_FINISHED: NOTHING,
  NC_EVENT: object({
    vertex_id: HASH,
    nc_id: HASH,
    nc_execution: anyText,
    first_block: HASH,
    data_hex: HEX,
  }),
  TOKEN_CREATED: object({
    token_uid: HASH,
    nc_exec_info: nullable(object({ nc_tx: HASH, nc_block: HASH })),
    token_name: anyText,
    token_symbol: anyText,
    token_version: integer(0n, 2n),
  }),
  FULL_NODE_CRASHED: NOTHING,
};

/** An event of any type. */
export const EVENT: Shape = (value, at) => {
  const { type } = (value ?? {}) as { type?: unknown };
  const data = DATA[String(type)];
  return object({
    id: integer(),
    timestamp: number,
    type: oneOf(...Object.keys(DATA)),
    data: data ?? NOTHING,
    group_id: nullable(integer()),
  })(value, at);
};

/** The message that carries it. */
export const EVENT_MESSAGE = object({
  type: literal('EVENT'),
  peer_id: anyText,
  network: anyText,
  stream_id: anyText,
  event: EVENT,
  latest_event_id: integer(),
});
