/** The history vertex of contract 1.5. The order of members is irrelevant (T8). */
import {
  anyOf,
  anyText,
  boolean,
  integer,
  list,
  literal,
  nullable,
  number,
  object,
  oneOf,
  text,
  where,
  type Members,
  type Shape,
} from '../../judging/shape.js';

/** An id of a vertex, and whatever else is 32 bytes. */
export const HASH = text(/^[0-9a-f]{64}$/, '64 lower-case hex digits');

/** Base64, as scripts are written. */
export const BASE64 = text(
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
  'base64',
);

/** A value in atomic units: up to 2^63. */
export const VALUE = integer(0n, 2n ** 63n);

/** Index of the token, and the bit of authorities. */
export const TOKEN_DATA = integer(0n, 255n);

/** Unix seconds. */
export const SECONDS = integer(0n, 2n ** 32n - 1n);

/** Version of a vertex. */
export const VERSION = integer(0n, 6n);

/** Index of an output. */
export const INDEX = integer(0n, 255n);

/** What a script means, `{}` where nobody knows. */
export const DECODED = anyOf(
  object({
    type: oneOf('P2PKH', 'MultiSig'),
    address: text(/^[1-9A-HJ-NP-Za-km-z]{34}$/, 'a base58 text of 34 characters'),
    timelock: nullable(SECONDS),
  }),
  object({}),
);

const TOKEN = text(/^(?:00|[0-9a-f]{64})$/, 'a token uid');
const PUT: Members = {
  value: VALUE,
  token_data: TOKEN_DATA,
  script: BASE64,
  decoded: DECODED,
  token: TOKEN,
};
const INPUT = anyOf(
  object({ ...PUT, type: literal('transparent'), tx_id: HASH, index: INDEX }),
  where('a shielded input', (value) => (value as { type?: unknown } | null)?.type === 'shielded'),
);
const OUTPUT = object({ ...PUT, spent_by: nullable(HASH) });

const VERTEX: Members = {
  tx_id: HASH,
  version: VERSION,
  weight: number,
  timestamp: SECONDS,
  is_voided: boolean,
  inputs: list(INPUT),
  outputs: list(OUTPUT),
  parents: list(HASH, { most: 3 }),
  first_block: nullable(HASH),
};

const ACTION = anyOf(
  object({ type: oneOf('deposit', 'withdrawal'), token_uid: TOKEN, amount: VALUE }),
  object({
    type: oneOf('grant_authority', 'acquire_authority'),
    token_uid: TOKEN,
    mint: boolean,
    melt: boolean,
  }),
);
const CONTRACT: Members = {
  hash: HASH,
  nonce: integer(),
  signal_bits: integer(0n, 255n),
  tokens: list(HASH),
  token_amount_version: integer(1n, 2n),
  nc_id: HASH,
  nc_seqnum: integer(),
  nc_blueprint_id: HASH,
  nc_method: anyText,
  nc_args: text(/^(?:[0-9a-f]{2})*$/, 'hex'),
  nc_address: anyText,
  nc_context: object({
    actions: list(ACTION),
    caller_id: anyText,
    timestamp: integer(),
    address: anyText,
  }),
};
const FEES = { fees: list(object({ token_uid: TOKEN, amount: VALUE })) };
const BLUEPRINT: Members = {
  on_chain_blueprint_code: object({ kind: anyText, content: BASE64, content_text: anyText }),
  nc_pubkey: anyText,
  nc_signature: anyText,
};

/** A history vertex of every kind, with the members that its envelope adds. */
export function historyVertex(envelope: Members = {}): Shape {
  const base = { ...VERTEX, ...envelope };
  const block = object({ ...base, height: integer() });
  const creation = object({
    ...base,
    token_name: anyText,
    token_symbol: anyText,
    tokens: list(HASH, { most: 0 }),
  });
  const contract = object({ ...base, ...CONTRACT }, { optional: FEES });
  const blueprint = object({ ...base, ...BLUEPRINT }, { optional: CONTRACT });
  return (value, at) => {
    const { version, nc_id } = (value ?? {}) as { version?: unknown; nc_id?: unknown };
    if (nc_id !== undefined) return contract(value, at);
    if (version === 2) return creation(value, at);
    if (version === 6) return blueprint(value, at);
    return (version === 1 ? object(base) : block)(value, at);
  };
}
