/** The history vertex of the wallet socket (contract 1.5). */
import { objectSchema, type JsonSchema } from '@sluice/engine';
import {
  AMOUNT,
  BIG,
  COUNT,
  DECODED_SCRIPT,
  HASH,
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

const OUTPUT = {
  value: AMOUNT,
  token_data: TOKEN_DATA,
  script: SCRIPT,
  decoded: { anyOf: [DECODED_SCRIPT, UNDECODABLE] },
  token: { ...TEXT, description: 'Token uid; `00` is the native token.' },
};

/** Members of a contract call, whose own begin with `nc_`. */
const CONTRACT_CALL = {
  'hash?': { ...HASH, description: 'Contract calls only.' },
  'nonce?': BIG,
  'signal_bits?': COUNT,
  'token_amount_version?': { enum: [1, 2] },
  'fees?': list(objectSchema({ token_uid: TEXT, amount: AMOUNT })),
  'on_chain_blueprint_code?': objectSchema({ kind: TEXT, content: TEXT, content_text: TEXT }, true),
};

/** Members of a history vertex, by name. */
export const HISTORY_VERTEX_MEMBERS: Readonly<Record<string, JsonSchema>> = {
  tx_id: HASH,
  version: VERSION,
  weight: { type: 'number' },
  timestamp: SECONDS,
  is_voided: { type: 'boolean' },
  inputs: list(shared('HistoryInput')),
  outputs: list(shared('HistoryOutput')),
  parents: { ...list(HASH), description: 'Blocks: the block parent first.' },
  first_block: { ...nullable(HASH), description: 'The block that confirms a transaction.' },
  'height?': { ...COUNT, description: 'Blocks only.' },
  'token_name?': { ...TEXT, description: 'Token creations only.' },
  'token_symbol?': { ...TEXT, description: 'Token creations only.' },
  'tokens?': list(HASH),
  ...CONTRACT_CALL,
};

/** An object that has, besides its own, what a contract call adds. */
export function vertexSchema(members: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return { ...objectSchema(members), patternProperties: { '^nc_': true } };
}

/** Schemas that messages of the wallet socket refer to. */
export const HISTORY_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  HistoryOutput: objectSchema({
    ...OUTPUT,
    spent_by: { ...nullable(HASH), description: 'The spender that is not voided.' },
  }),
  HistoryInput: objectSchema({
    ...OUTPUT,
    type: { const: 'transparent' },
    tx_id: HASH,
    index: COUNT,
  }),
  HistoryVertex: vertexSchema(HISTORY_VERTEX_MEMBERS),
};
