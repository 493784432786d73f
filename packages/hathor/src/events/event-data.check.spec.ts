import { describe, expect, it } from '@jest/globals';
import type { SluiceError } from '@sluice/engine';
import { BLOCK, goldenEvents, publicationOf, REORG } from '../../test/support/golden-events.js';
import { checkEventData } from './event-data.check.js';
import type { HathorChainEvents } from './event-data.js';

const HASH = 'a'.repeat(64);
const TRANSACTION = publicationOf(golden(32))?.data as HathorChainEvents['vertex.accepted'];
const REMOVED = Object.fromEntries(
  Object.entries(TRANSACTION).filter(([name]) => name !== 'metadata'),
);
const CONTRACT = {
  vertex_id: HASH,
  nc_id: HASH,
  nc_execution: 'success',
  first_block: HASH,
  data_hex: '74657374',
};
const TOKEN = {
  token_uid: HASH,
  nc_exec_info: { nc_tx: HASH, nc_block: HASH },
  token_name: 'Deposit Token',
  token_symbol: 'DBT',
  token_version: 1,
};
const HEADER = { id: '10', nc_seqnum: 0, nc_id: HASH, nc_method: 'fail', nc_address: 'HNt5kvt' };

function golden(id: number) {
  const event = goldenEvents('SINGLE_CHAIN_BLOCKS_AND_TRANSACTIONS')[id];
  if (event === undefined) throw new Error(`no golden event ${id}`);
  return event;
}

function pathOf(type: keyof HathorChainEvents, data: unknown): unknown {
  try {
    checkEventData(type, data);
  } catch (error) {
    return (error as SluiceError).details.path;
  }
  return 'fits';
}

/** `value` with the member at `path` changed. */
function changed(value: object, path: string, to: unknown): object {
  const copy = structuredClone(value);
  const names = path.split('.');
  const last = names.pop() ?? '';
  const owner = names.reduce<object>((at, name) => Reflect.get(at, name) as object, copy);
  Reflect.set(owner, last, to);
  return copy;
}

describe('checkEventData', () => {
  it.each(['SINGLE_CHAIN_ONE_BLOCK', 'SINGLE_CHAIN_BLOCKS_AND_TRANSACTIONS'])(
    'lets every event of the reference node’s %s pass',
    (scenario) => {
      const publications = goldenEvents(scenario).map(publicationOf);
      const published = publications.filter((publication) => publication !== undefined);
      expect(published.length).toBe(publications.length - 2);
      expect(published.map(({ type, data }) => pathOf(type, data))).toEqual(
        published.map(() => 'fits'),
      );
    },
  );

  it.each<[keyof HathorChainEvents, unknown]>([
    ['vertex.removed', REMOVED],
    ['vertex.accepted', { ...BLOCK, nonce: 2n ** 128n - 1n }],
    ['vertex.accepted', { ...BLOCK, aux_pow: 'ab'.repeat(80), version: 3 }],
    ['vertex.accepted', { ...TRANSACTION, headers: [HEADER] }],
    ['vertex.accepted', changed(TRANSACTION, 'outputs.0.decoded', {})],
    ['vertex.accepted', changed(TRANSACTION, 'outputs.0.value', 2n ** 63n)],
    ['vertex.accepted', changed(TRANSACTION, 'inputs.0.spent_output.decoded', { token_data: 0 })],
    ['vertex.accepted', changed(BLOCK, 'metadata.voided_by', [HASH, '6e632d6661696c'])],
    ['vertex.accepted', changed(BLOCK, 'metadata.spent_outputs', [{ index: 0, tx_ids: [] }])],
    ['reorg.started', REORG],
    ['reorg.finished', {}],
    ['contract.event', CONTRACT],
    ['token.created', TOKEN],
    ['token.created', { ...TOKEN, nc_exec_info: null }],
    ['token.created', { ...TOKEN, token_uid: '00', token_version: 0 }],
    ['node.crashed', {}],
  ])('accepts %s %#', (type, data) => {
    expect(pathOf(type, data)).toBe('fits');
  });

  it.each<[keyof HathorChainEvents, string, unknown]>([
    ['vertex.accepted', '', null],
    ['vertex.accepted', '', [BLOCK]],
    ['vertex.accepted', '', 'block'],
    ['vertex.accepted', '', undefined],
    ['vertex.accepted', 'metadata', REMOVED],
    ['vertex.removed', 'metadata', TRANSACTION],
    ['vertex.accepted', 'hash', { ...BLOCK, hash: HASH.toUpperCase() }],
    ['vertex.accepted', 'hash', { ...BLOCK, hash: HASH.slice(1) }],
    ['vertex.accepted', 'hash', { ...BLOCK, hash: undefined }],
    ['vertex.accepted', 'nonce', { ...BLOCK, nonce: 2 ** 60 }],
    ['vertex.accepted', 'nonce', { ...BLOCK, nonce: -1n }],
    ['vertex.accepted', 'timestamp', { ...BLOCK, timestamp: 1.5 }],
    ['vertex.accepted', 'weight', { ...BLOCK, weight: Infinity }],
    ['vertex.accepted', 'weight', { ...BLOCK, weight: '2.0' }],
    ['vertex.accepted', 'name', { ...BLOCK, name: undefined }],
    ['vertex.accepted', 'aux_pow', { ...BLOCK, aux_pow: 'abc' }],
    ['vertex.accepted', 'parents[1]', { ...BLOCK, parents: [HASH, 5] }],
    ['vertex.accepted', 'parents[0]', { ...BLOCK, parents: new Array(1) }],
    ['vertex.accepted', 'tokens', { ...BLOCK, tokens: {} }],
    ['vertex.accepted', 'headers[0].id', { ...BLOCK, headers: [{ ...HEADER, id: '11' }] }],
    ['vertex.accepted', 'extra', { ...BLOCK, extra: 1 }],
    ['vertex.accepted', 'toJSON', { ...BLOCK, toJSON: () => ({}) }],
    ['vertex.accepted', 'hash', Object.create(BLOCK)],
    [
      'vertex.accepted',
      'inputs[0].spent_output.decoded.type',
      changed(TRANSACTION, 'inputs.0.spent_output.decoded', {}),
    ],
    [
      'vertex.accepted',
      'outputs[0].decoded.timelock',
      changed(TRANSACTION, 'outputs.0.decoded.timelock', -1),
    ],
    [
      'vertex.accepted',
      'outputs[0].decoded.type',
      changed(TRANSACTION, 'outputs.0.decoded.type', 'P2SH'),
    ],
    ['vertex.accepted', 'metadata.received_by[0]', changed(BLOCK, 'metadata.received_by', [1])],
    ['vertex.accepted', 'metadata.score_raw', changed(BLOCK, 'metadata.score_raw', 16)],
    ['vertex.accepted', 'metadata.nc_execution', changed(BLOCK, 'metadata.nc_execution', 'no')],
    ['vertex.accepted', 'metadata.children', changed(BLOCK, 'metadata.children', [])],
    ['reorg.started', 'reorg_size', { ...REORG, reorg_size: -1 }],
    ['reorg.started', 'common_block', { ...REORG, common_block: null }],
    ['reorg.finished', 'reorg_size', { reorg_size: 1 }],
    ['reorg.finished', '', null],
    ['contract.event', 'nc_execution', { ...CONTRACT, nc_execution: null }],
    ['contract.event', 'data_hex', { ...CONTRACT, data_hex: 'XY' }],
    ['token.created', 'nc_exec_info.nc_block', { ...TOKEN, nc_exec_info: { nc_tx: HASH } }],
    ['token.created', 'token_version', { ...TOKEN, token_version: '1' }],
    ['node.crashed', 'reason', { reason: 'x' }],
  ])('refuses %s and names %p (%#)', (type, path, data) => {
    expect(pathOf(type, data)).toBe(path);
  });
});
