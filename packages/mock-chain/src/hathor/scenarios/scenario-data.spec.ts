import { describe, expect, it } from '@jest/globals';
import type { VertexData } from '@sluice/hathor';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { hathorScenario } from './hathor-scenario.js';
import type { HathorScenario, HathorScenarioName } from './hathor-scenario.js';

function play(name: HathorScenarioName) {
  const scenario = hathorScenario(name);
  const hash = (label: string): string => scenario.names.get(label) ?? label;
  return { ...scenario, hash, last: (label: string) => lastData(scenario, hash(label)) };
}

function lastData({ events }: HathorScenario, hash: string): VertexData {
  const found = events.findLast(
    (event) => event.type === 'vertex.metadata-changed' && event.data.hash === hash,
  );
  if (found?.type !== 'vertex.metadata-changed') throw new Error(`no event about ${hash}`);
  return found.data;
}

describe('scenario data', () => {
  it('tells the identity of the simulator', () => {
    const { peerId, streamId, network } = hathorScenario('ONLY_LOAD');
    expect([peerId, streamId, network]).toEqual([
      'simulator_peer_id',
      'simulator_stream_id',
      'unittests',
    ]);
  });

  it('loads the real genesis of unittests without any confirmation', () => {
    const { loaded } = hathorScenario('SINGLE_CHAIN_ONE_BLOCK');
    expect(loaded.map(({ hash, metadata }) => [hash.slice(0, 6), metadata.first_block])).toEqual([
      ['2ebb3b', null],
      ['16ba3d', null],
      ['33e14c', null],
    ]);
  });

  it('says in REORG what was left, what came and where they part', () => {
    const { events, hash } = play('REORG');
    expect(events.find(({ type }) => type === 'reorg.started')?.data).toEqual({
      reorg_size: 1,
      previous_best_block: hash('block 1'),
      new_best_block: hash('challenger 2'),
      common_block: hash('genesis'),
    });
  });

  it('turns the twins of UNVOIDED_TRANSACTION round', () => {
    const { last, hash } = play('UNVOIDED_TRANSACTION');
    const { metadata: tx } = last('tx');
    const { metadata: twin } = last('twin');
    expect([tx.voided_by, tx.conflict_with, tx.twins, tx.first_block]).toEqual([
      [hash('tx')],
      [hash('twin')],
      [hash('twin')],
      null,
    ]);
    expect([twin.voided_by, twin.conflict_with, twin.twins, twin.first_block]).toEqual([
      [],
      [hash('tx')],
      [hash('tx')],
      hash('block 12'),
    ]);
    expect(last('block 1').metadata.spent_outputs).toEqual([
      { index: 0, tx_ids: [hash('tx'), hash('twin')] },
    ]);
  });

  it('leaves an empty entry where INVALID_MEMPOOL_TRANSACTION had spent an output', () => {
    const { chain, events, last, hash } = play('INVALID_MEMPOOL_TRANSACTION');
    expect(last('block 1').metadata.spent_outputs).toEqual([{ index: 0, tx_ids: [] }]);
    expect(chain.vertex(hash('tx'))).toBeUndefined();
    const removed = events.find(({ type }) => type === 'vertex.removed')?.data;
    expect(removed).not.toHaveProperty('metadata');
    expect(removed).toHaveProperty('hash', hash('tx'));
  });

  it.each(['EMPTY_SCRIPT', 'CUSTOM_SCRIPT'] as const)(
    'shows the undecodable output of %s by its token data where it is spent',
    (name) => {
      const { last } = play(name);
      expect(last('tx1').outputs[1]?.decoded).toEqual({});
      expect(last('tx2').inputs[0]?.spent_output).toMatchObject({
        value: 1000,
        token_data: 0,
        decoded: { token_data: 0 },
      });
    },
  );

  it('marks the failed call of NC_EVENTS and emits nothing for it', () => {
    const { events, last, hash } = play('NC_EVENTS');
    const { metadata, headers } = last('nc4');
    expect(metadata.voided_by).toEqual([hash('nc4'), '6e632d6661696c']);
    expect(metadata.nc_execution).toBe('failure');
    expect(metadata.first_block).toBe(hash('b3'));
    expect(headers).toMatchObject([{ id: '10', nc_id: hash('nc1'), nc_method: 'fail' }]);
    expect(events.filter(({ type }) => type === 'contract.event').map(({ data }) => data)).toEqual(
      [
        ['nc1', 'nc1', 'b2', 'test event on initialize 1'],
        ['nc2', 'nc2', 'b2', 'test event on initialize 2'],
        ['nc3', 'nc1', 'b3', 'test event on call_another'],
        ['nc3', 'nc1', 'b3', 'test event on some_method'],
      ].map(([vertex = '', contract = '', block = '', text = '']) => ({
        vertex_id: hash(vertex),
        nc_id: hash(contract),
        nc_execution: 'success',
        first_block: hash(block),
        data_hex: bytesToHex(utf8ToBytes(text)),
      })),
    );
  });

  it('executes nc1 of NC_EVENTS_REORG in whichever block confirms it', () => {
    const { events, hash } = play('NC_EVENTS_REORG');
    const blocks = events.flatMap((event) =>
      event.type === 'contract.event' ? [event.data.first_block] : [],
    );
    expect(blocks).toEqual([hash('b2'), hash('a2'), hash('b2')]);
  });
});
