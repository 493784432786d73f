/**
 * Refuses data of the wrong kind before it is stored: a stored event never changes, and clients validate what they get.
 * Only the shape is checked, not whether hashes and scripts fit together; types have done the rest at compile time.
 */
import { SluiceError } from '@sluice/engine';
import type { HathorChainEvents } from './event-data.js';

type Check = (value: unknown) => boolean;
type Shape = Readonly<Record<string, Check>>;

const text: Check = (value) => typeof value === 'string';
const number: Check = (value) => typeof value === 'number' && Number.isFinite(value);
const count: Check = (value) =>
  typeof value === 'bigint' ? value >= 0n : Number.isSafeInteger(value) && Number(value) >= 0;
const hex: Check = (value) => typeof value === 'string' && /^[0-9a-f]*$/.test(value);
const hash: Check = (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
const decimal: Check = (value) => typeof value === 'string' && /^\d+$/.test(value);
const list: (item: Check) => Check = (item) => (value) => Array.isArray(value) && value.every(item);
const nullable: (check: Check) => Check = (check) => (value) => value === null || check(value);
const object: (shape: Shape) => Check = (shape) => (value) => fault(shape, value) === undefined;
const oneOf: (...values: readonly unknown[]) => Check =
  (...values) =>
  (value) =>
    values.includes(value);

const SCRIPT = { value: count, token_data: count, script: text };
const DECODED = object({
  type: oneOf('P2PKH', 'MultiSig'),
  address: text,
  timelock: nullable(count),
});
const OUTPUT = object({
  ...SCRIPT,
  decoded: (value) => object({})(value) || DECODED(value),
});
const SPENT_OUTPUT = object({
  ...SCRIPT,
  decoded: (value) => DECODED(value) || object({ token_data: count })(value),
});
const NC_EXECUTION = oneOf('pending', 'success', 'failure', 'skipped');

const REMOVED_VERTEX: Shape = {
  hash,
  nonce: count,
  timestamp: count,
  signal_bits: count,
  version: count,
  weight: number,
  inputs: list(object({ tx_id: hash, index: count, spent_output: SPENT_OUTPUT })),
  outputs: list(OUTPUT),
  parents: list(hash),
  tokens: list(hash),
  token_name: nullable(text),
  token_symbol: nullable(text),
  aux_pow: nullable(hex),
  headers: list(
    object({
      id: oneOf('10'),
      nc_seqnum: count,
      nc_id: hash,
      nc_method: text,
      nc_address: text,
    }),
  ),
  name: nullable(text),
};

const VERTEX: Shape = {
  ...REMOVED_VERTEX,
  metadata: object({
    hash,
    spent_outputs: list(object({ index: count, tx_ids: list(hash) })),
    conflict_with: list(hash),
    voided_by: list(hex),
    received_by: list(() => false),
    twins: list(hash),
    accumulated_weight: number,
    score: number,
    accumulated_weight_raw: decimal,
    score_raw: decimal,
    first_block: nullable(hash),
    height: count,
    validation: text,
    nc_execution: nullable(NC_EXECUTION),
  }),
};

const SHAPES: Readonly<Record<keyof HathorChainEvents, Shape>> = {
  'vertex.accepted': VERTEX,
  'vertex.metadata-changed': VERTEX,
  'vertex.removed': REMOVED_VERTEX,
  'reorg.started': {
    reorg_size: count,
    previous_best_block: hash,
    new_best_block: hash,
    common_block: hash,
  },
  'reorg.finished': {},
  'contract.event': {
    vertex_id: hash,
    nc_id: hash,
    nc_execution: NC_EXECUTION,
    first_block: hash,
    data_hex: hex,
  },
  'token.created': {
    token_uid: hash,
    nc_exec_info: nullable(object({ nc_tx: hash, nc_block: hash })),
    token_name: text,
    token_symbol: text,
    token_version: count,
  },
  'node.crashed': {},
};

/** @throws SluiceError `INVALID` naming the first member that does not fit the event's type. */
export function checkEventData(type: keyof HathorChainEvents, data: unknown): void {
  const member = fault(SHAPES[type], data);
  if (member === undefined) return;
  throw new SluiceError('INVALID', `Data of '${type}' does not fit: ${member}`, {
    details: { type, member },
  });
}

function fault(shape: Shape, value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'not an object';
  const members = value as Readonly<Record<string, unknown>>;
  const wrong = Object.entries(shape).find(([name, check]) => !check(members[name]));
  return wrong?.[0] ?? Object.keys(members).find((name) => !Object.hasOwn(shape, name));
}
