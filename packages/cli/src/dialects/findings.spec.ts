/** What clients notice in streams whose messages hang together. */
import { describe, expect, it } from '@jest/globals';
import type { ClientDialect, Finding } from './client-dialect.js';
import { basaltDialect } from './basalt.dialect.js';
import { bigchaindbDialect } from './bigchaindb.dialect.js';
import { hathorDialect } from './hathor.dialect.js';
import { lighthouseDialect } from './lighthouse.dialect.js';

function findings(dialect: ClientDialect, ...messages: readonly object[]): readonly Finding[] {
  const client = dialect.client({});
  return messages.flatMap((each) => client.take(dialect.read(JSON.stringify(each))).findings);
}

const kinds = (found: readonly Finding[]) => found.map(({ kind, count = 1 }) => [kind, count]);

describe('blocks of Basalt', () => {
  const block = (number: number, hash = `0x${String(number)}`, type = 'new_block') => ({
    type,
    block: { number, hash },
  });

  it('may be greeted with and announced, and may change branch', () => {
    const greeting = block(5, '0x5', 'current_block');
    const stream = [greeting, block(5), block(6), block(7), block(6, '0x6b'), block(7, '0x7b')];
    expect(findings(basaltDialect, ...stream, block(8))).toEqual([]);
  });

  it('show what is missing or double', () => {
    expect(findings(basaltDialect, block(5), block(9), block(9))).toEqual([
      { kind: 'gap', count: 3, text: 'blocks 6 to 8 did not come' },
      { kind: 'duplicate', count: 1, text: 'block 9 came twice' },
    ]);
  });

  it('may be greeted with again after a reconnect, and show then what was missed', () => {
    const again = (number: number) => block(number, `0x${String(number)}`, 'current_block');
    expect(findings(basaltDialect, block(5), again(5), block(6))).toEqual([]);
    expect(kinds(findings(basaltDialect, block(5), again(8), block(9)))).toEqual([['gap', 2]]);
  });

  it('have numbers of 64 bits', () => {
    const client = basaltDialect.client({});
    const big = (number: string) =>
      client.take(
        basaltDialect.read(`{"type":"new_block","block":{"number":${number},"hash":"${number}"}}`),
      );
    expect(big('18446744073709551613').findings).toEqual([]);
    expect(big('18446744073709551615').findings).toMatchObject([
      { text: 'blocks 18446744073709551614 to 18446744073709551614 did not come' },
    ]);
  });
});

describe('heads of Lighthouse', () => {
  const head = (previous: string, current: string) => ({
    event: 'beacon_head_changed',
    data: {
      reorg: false,
      current_head_beacon_block_root: current,
      previous_head_beacon_block_root: previous,
    },
  });
  const imported = (root: string) => ({
    event: 'beacon_block_imported',
    data: { block_root: root },
  });

  it('name the head before, so one that is missing shows', () => {
    expect(findings(lighthouseDialect, head('a', 'b'), head('b', 'a'), head('a', 'b'))).toEqual([]);
    expect(kinds(findings(lighthouseDialect, head('a', 'b'), head('c', 'd')))).toEqual([
      ['gap', 1],
    ]);
  });

  it('are of blocks that are imported once', () => {
    const found = findings(lighthouseDialect, imported('a'), imported('b'), imported('a'));
    expect(kinds(found)).toEqual([['duplicate', 1]]);
  });
});

describe('transactions of BigchainDB', () => {
  const transaction = (height: number, id: string) => ({
    height,
    asset_id: 'x',
    transaction_id: id,
  });

  it('come once, in the order of blocks, whose heights may have gaps', () => {
    expect(
      findings(bigchaindbDialect, transaction(1, 'a'), transaction(1, 'b'), transaction(5, 'c')),
    ).toEqual([]);
    expect(
      kinds(
        findings(bigchaindbDialect, transaction(2, 'a'), transaction(1, 'b'), transaction(1, 'a')),
      ),
    ).toEqual([
      ['disorder', 1],
      ['duplicate', 1],
    ]);
  });

  it('are wanted by asset', () => {
    const client = bigchaindbDialect.client({ assets: ['y', 'z'] });
    const wanted = (message: object) =>
      client.take(bigchaindbDialect.read(JSON.stringify(message))).wanted;
    expect(wanted(transaction(1, 'a'))).toBe(false);
    expect(wanted({ height: 1, asset_id: 'z', transaction_id: 'b' })).toBe(true);
    expect(wanted({ height: 1, asset_ids: ['x', 'y'], transaction_id: 'c' })).toBe(true);
  });
});

describe('a history stream of Hathor', () => {
  const frame = (type: string, seq: number) =>
    hathorDialect.read(JSON.stringify({ type: `stream:history:${type}`, id: 'sluice', seq }));

  it('is acknowledged after more than half a window, and at its end', () => {
    const client = hathorDialect.client({ xpub: 'xpub1', window: 4 });
    expect(client.open()).toEqual([
      '{"type":"request:history:xpub","id":"sluice","xpub":"xpub1","window-size":4}',
    ]);
    const sent = ['begin', 'address', 'vertex', 'address', 'end'].map(
      (type, seq) => client.take(frame(type, seq)).send,
    );
    const ack = (seq: number) => [
      JSON.stringify({ type: 'request:history:ack', id: 'sluice', ack: seq }),
    ];
    expect(sent).toEqual([[], [], ack(2), [], ack(4)]);
  });

  it('has numbers', () => {
    const client = hathorDialect.client({ xpub: 'xpub1' });
    client.open();
    const found = [0, 1, 4, 4].flatMap((seq) => client.take(frame('vertex', seq)).findings);
    expect(kinds(found)).toEqual([
      ['gap', 2],
      ['duplicate', 1],
    ]);
    client.open();
    expect(client.take(frame('begin', 0)).findings).toEqual([]);
  });
});
