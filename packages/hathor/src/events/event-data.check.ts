/**
 * Refuses data of the wrong kind before it is stored: a stored event never changes, and clients validate what they get.
 * Only the shape is checked, not whether hashes and scripts fit together; types have done the rest at compile time.
 */
import { SluiceError } from '@sluice/engine';
import type { HathorChainEvents } from './event-data.js';

/** @returns where the value does not fit, as a path: empty for the value itself; undefined if all of it fits. */
type Check = (value: unknown) => string | undefined;

const is =
  (test: (value: unknown) => boolean): Check =>
  (value) =>
    test(value) ? undefined : '';
const matches = (pattern: RegExp): Check =>
  is((value) => typeof value === 'string' && pattern.test(value));

const text = is((value) => typeof value === 'string');
const float = is(Number.isFinite);
const count = is((value) =>
  typeof value === 'bigint' ? value >= 0n : Number.isSafeInteger(value) && Number(value) >= 0,
);
const hex = matches(/^(?:[0-9a-f]{2})*$/);
const hash = matches(/^[0-9a-f]{64}$/);
const tokenUid = matches(/^(?:00|[0-9a-f]{64})$/);
const decimal = matches(/^\d+$/);
const oneOf = (...values: readonly string[]): Check =>
  is((value) => values.includes(value as string));
const nullable =
  (check: Check): Check =>
  (value) =>
    value === null ? undefined : check(value);
const either =
  (first: Check, second: Check): Check =>
  (value) =>
    first(value) === undefined ? undefined : second(value);

/** A list without gaps: JSON would write `null` for them. */
function list(item: Check): Check {
  return (value) => {
    if (!Array.isArray(value)) return '';
    for (const [index, element] of (value as unknown[]).entries()) {
      const fault = item(element);
      if (fault !== undefined) return join(`[${index}]`, fault);
    }
    return undefined;
  };
}

/** An object with exactly these members of its own: what it inherits, JSON would leave out. */
function object(shape: Readonly<Record<string, Check>>): Check {
  const members = Object.entries(shape);
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return '';
    if ('toJSON' in value) return 'toJSON';
    const given = value as Readonly<Record<string, unknown>>;
    for (const [name, check] of members) {
      const fault = Object.hasOwn(given, name) ? check(given[name]) : '';
      if (fault !== undefined) return join(name, fault);
    }
    const names = Object.keys(given);
    if (names.length === members.length) return undefined;
    return names.find((name) => !Object.hasOwn(shape, name)) ?? 'hidden member';
  };
}

function join(path: string, rest: string): string {
  return rest === '' || rest.startsWith('[') ? path + rest : `${path}.${rest}`;
}

const SCRIPT = { value: count, token_data: count, script: text };
const DECODED = object({
  type: oneOf('P2PKH', 'MultiSig'),
  address: text,
  timelock: nullable(count),
});
const OUTPUT = object({ ...SCRIPT, decoded: either(object({}), DECODED) });
const SPENT_OUTPUT = object({
  ...SCRIPT,
  decoded: either(object({ token_data: count }), DECODED),
});
const NC_EXECUTION = oneOf('pending', 'success', 'failure', 'skipped');
const NANO_HEADER = object({
  id: oneOf('10'),
  nc_seqnum: count,
  nc_id: hash,
  nc_method: text,
  nc_address: text,
});

const REMOVED_VERTEX = {
  hash,
  nonce: count,
  timestamp: count,
  signal_bits: count,
  version: count,
  weight: float,
  inputs: list(object({ tx_id: hash, index: count, spent_output: SPENT_OUTPUT })),
  outputs: list(OUTPUT),
  parents: list(hash),
  tokens: list(hash),
  token_name: nullable(text),
  token_symbol: nullable(text),
  aux_pow: nullable(hex),
  headers: list(NANO_HEADER),
  name: nullable(text),
};

const METADATA = object({
  hash,
  spent_outputs: list(object({ index: count, tx_ids: list(hash) })),
  conflict_with: list(hash),
  voided_by: list(hex),
  received_by: list(is(() => false)),
  twins: list(hash),
  accumulated_weight: float,
  score: float,
  accumulated_weight_raw: decimal,
  score_raw: decimal,
  first_block: nullable(hash),
  height: count,
  validation: text,
  nc_execution: nullable(NC_EXECUTION),
});

const VERTEX = object({ ...REMOVED_VERTEX, metadata: METADATA });
const EMPTY = object({});

const SHAPES: Readonly<Record<keyof HathorChainEvents, Check>> = {
  'vertex.accepted': VERTEX,
  'vertex.metadata-changed': VERTEX,
  'vertex.removed': object(REMOVED_VERTEX),
  'reorg.started': object({
    reorg_size: count,
    previous_best_block: hash,
    new_best_block: hash,
    common_block: hash,
  }),
  'reorg.finished': EMPTY,
  'contract.event': object({
    vertex_id: hash,
    nc_id: hash,
    nc_execution: NC_EXECUTION,
    first_block: hash,
    data_hex: hex,
  }),
  'token.created': object({
    token_uid: tokenUid,
    nc_exec_info: nullable(object({ nc_tx: hash, nc_block: hash })),
    token_name: text,
    token_symbol: text,
    token_version: count,
  }),
  'node.crashed': EMPTY,
};

/** @throws SluiceError `INVALID` with the path of the first member that does not fit the event's type. */
export function checkEventData(type: keyof HathorChainEvents, data: unknown): void {
  const fault = SHAPES[type](data);
  if (fault === undefined) return;
  const path = fault === '' ? 'the data itself' : fault;
  throw new SluiceError('INVALID', `The data of '${type}' does not fit: ${path}`, {
    details: { type, path: fault },
  });
}
