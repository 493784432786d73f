/** The state table of contract 1.6, cell by cell. */
import { describe, expect, it } from '@jest/globals';
import { StreamBench } from '../../../test/support/stream-bench.js';
import { XPUB } from '../../../test/support/wallet-keys.js';
import type { StreamErrorMessage } from '../wallet-messages.js';
import type { SessionStreams } from './session-streams.js';
import type { StreamState } from './stream-state.js';
import { STREAM_STATES } from './stream-state.js';

type Column = 'NONE' | 'RUN' | 'FULL' | 'IDLE' | 'CLOSING';
type Answer = StreamErrorMessage | undefined;

/** Its history never comes: a stream that is about to read it runs on. */
const ENDLESS = 0;
const EMPTY = 1;

class Bench extends StreamBench {
  static async in(column: Column): Promise<Bench> {
    const isEmpty = column === 'IDLE' || column === 'CLOSING';
    const histories: (typeof PENDING | [])[] = isEmpty ? [[]] : [];
    const bench = new Bench(() => histories.shift() ?? PENDING);
    const members = {
      last: column === 'CLOSING',
      ...(column === 'FULL' && { 'window-size': 2 }),
    };
    if (column !== 'NONE') bench.manual([isEmpty ? EMPTY : ENDLESS], { first: true, ...members });
    await bench.settle();
    bench.take();
    expect(bench.column).toBe(column);
    return bench;
  }

  get column(): Column {
    const open = (this.streams as unknown as Inside).streams.of(this.session);
    const names: Record<StreamState, Column> = {
      running: 'RUN',
      full: 'FULL',
      idle: 'IDLE',
      closing: 'CLOSING',
      closed: 'NONE',
    };
    return open === undefined ? 'NONE' : names[open.stream.state];
  }
}

interface Inside {
  readonly streams: SessionStreams;
}

const PENDING: AsyncIterable<never> = {
  [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined) }),
};

const NOT_OPEN = 'No streaming opened.';
const ALREADY = 'Streaming is already opened.';
const NOT_FOUND = 'Streaming not found. You must send first=true in your first message.';
const OTHER_ID = 'Current stream has a different id.';
const OUTDATED = 'Outdated ACK received (ack=-2)';
const BEYOND = 'Received ACK is higher than the last sent message (ack=99)';

const ack = (bench: Bench, members: object): Answer =>
  bench.streams.ack(bench.session, { id: 's', ...members });

interface Row {
  readonly input: (bench: Bench) => Answer;
  /** By column: the error, if one is answered, and the state that follows. */
  readonly cells: Readonly<Record<Column, readonly [error: string, next: Column]>>;
}

/** The same in every column but NONE. */
function row(
  input: Row['input'],
  none: Row['cells']['NONE'],
  others: (column: Column) => Row['cells']['RUN'],
): Row {
  const [RUN, FULL, IDLE, CLOSING] = (['RUN', 'FULL', 'IDLE', 'CLOSING'] as const).map(others);
  return { input, cells: { NONE: none, RUN, FULL, IDLE, CLOSING } as Row['cells'] };
}

const same = (error: string) => (column: Column) => [error, column] as const;
const ends = (error: string) => () => [error, 'NONE'] as const;

const TABLE: Readonly<Record<string, Row>> = {
  'open request, xpub': row(
    ({ streams, session }) => streams.openXpub(session, { id: 'x', xpub: XPUB }),
    ['', 'RUN'],
    same(ALREADY),
  ),
  'open request, manual': row(
    (bench) => bench.manual([ENDLESS], { first: true }),
    ['', 'RUN'],
    same(ALREADY),
  ),
  'open request with an exhausted window': row(
    (bench) => bench.manual([ENDLESS], { first: true, 'window-size': 1 }),
    ['', 'FULL'],
    same(ALREADY),
  ),
  'manual, not first, id of the open stream': row(
    (bench) => bench.manual([ENDLESS]),
    [NOT_FOUND, 'NONE'],
    (column) => ['', column === 'IDLE' ? 'RUN' : column],
  ),
  'the same with last': row(
    (bench) => bench.manual([], { last: true }),
    [NOT_FOUND, 'NONE'],
    (column) => ['', column === 'IDLE' ? 'CLOSING' : column],
  ),
  'manual, not first, other id': row(
    (bench) => bench.manual([ENDLESS], { id: 'other' }),
    [NOT_FOUND, 'NONE'],
    same(ALREADY),
  ),
  'ack in range': row(
    (bench) => ack(bench, { ack: 0 }),
    [NOT_OPEN, 'NONE'],
    (column) => ['', column === 'FULL' ? 'RUN' : column],
  ),
  'ack of what would be the seq of `end`': row(
    (bench) => ack(bench, { ack: 2 }),
    [NOT_OPEN, 'NONE'],
    (column) => [column === 'CLOSING' ? '' : BEYOND.replace('99', '2'), 'NONE'],
  ),
  'ack equal to the last': row((bench) => ack(bench, { ack: -1 }), [NOT_OPEN, 'NONE'], same('')),
  'ack too low': row((bench) => ack(bench, { ack: -2 }), [NOT_OPEN, 'NONE'], ends(OUTDATED)),
  'ack too high': row((bench) => ack(bench, { ack: 99 }), [NOT_OPEN, 'NONE'], ends(BEYOND)),
  'window change': row(
    (bench) => ack(bench, { window: 9 }),
    [NOT_OPEN, 'NONE'],
    (column) => ['', column === 'FULL' ? 'RUN' : column],
  ),
  'window change that allows nothing': row(
    (bench) => ack(bench, { window: 2 }),
    [NOT_OPEN, 'NONE'],
    same(''),
  ),
  stop: row(
    ({ streams, session }) => streams.stop(session, { id: 's' }),
    [NOT_OPEN, 'NONE'],
    ends(''),
  ),
  'wrong id, ack': row((bench) => ack(bench, { id: 'no' }), [NOT_OPEN, 'NONE'], same(OTHER_ID)),
  'wrong id, stop': row(
    ({ streams, session }) => streams.stop(session, { id: 'no' }),
    [NOT_OPEN, 'NONE'],
    same(OTHER_ID),
  ),
  'streaming disabled': row(
    ({ streams }) => {
      streams.disable();
      return undefined;
    },
    ['', 'NONE'],
    ends(''),
  ),
  'connection closes': row(
    ({ session }) => {
      session.closed();
      return undefined;
    },
    ['', 'NONE'],
    ends(''),
  ),
};

const COLUMNS: readonly Column[] = ['NONE', 'RUN', 'FULL', 'IDLE', 'CLOSING'];

describe('the state table of history streams', () => {
  for (const [name, { input, cells }] of Object.entries(TABLE)) {
    it.each(COLUMNS)(`${name}, in %s`, async (column) => {
      const bench = await Bench.in(column);
      const [error, next] = cells[column];
      const answer = input(bench);
      await bench.settle();
      expect(answer?.errmsg ?? '').toBe(error);
      expect(bench.column).toBe(next);
      if (next === 'NONE' || next === column) expect(bench.take()).toEqual([]);
    });
  }

  it('source exhausted, in RUN: `end`, then CLOSING', async () => {
    const bench = await Bench.in('IDLE');
    bench.manual([], { last: true });
    await bench.settle();
    expect(bench.take().map(({ type }) => type)).toEqual(['stream:history:end']);
    expect(bench.column).toBe('CLOSING');
  });

  it('source exhausted, in FULL: `end` after it resumes', async () => {
    const bench = new StreamBench(() => []);
    bench.manual([EMPTY], { first: true, last: true, 'window-size': 2 });
    await bench.settle();
    expect(bench.take()).toHaveLength(2);
    bench.streams.ack(bench.session, { id: 's', ack: 1 });
    await bench.settle();
    expect(bench.take().map(({ type }) => type)).toEqual(['stream:history:end']);
  });

  it('subscription fails, in RUN: an error, then NONE', async () => {
    const bench = new StreamBench(() => []);
    bench.limits.max_subs_addrs_conn = 0;
    bench.manual([EMPTY], { first: true });
    await bench.settle();
    expect(bench.take().map(({ type }) => type)).toEqual([
      'stream:history:begin',
      'stream:history:error',
    ]);
    expect(bench.streams.size).toBe(0);
  });

  it('is left only by `close`, which nothing undoes', () => {
    expect(STREAM_STATES.closed).toEqual({});
    for (const state of ['running', 'full', 'idle', 'closing'] as const) {
      expect(STREAM_STATES[state].close).toBe('closed');
    }
  });
});
