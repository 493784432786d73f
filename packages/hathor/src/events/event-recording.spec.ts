import { describe, expect, it } from '@jest/globals';
import { memoryLog } from '@sluice/engine';
import { GENESIS, goldenEvents, goldenText } from '../../test/support/golden-events.js';
import { FixedChain, startedRun, storedEvents } from '../../test/support/queue-run.js';
import { parseEventRecording } from './event-recording.js';

const IDENTITY = { peer_id: 'p', network: 'n', stream_id: 's' };
const bare = (id: number, more: object = {}) => ({ id, type: 'LOAD_STARTED', data: {}, ...more });
const framed = (id: number, more: object = {}) => ({
  type: 'EVENT',
  ...IDENTITY,
  event: bare(id),
  latest_event_id: 9,
  ...more,
});
const lines = (...items: object[]) => items.map((item) => JSON.stringify(item)).join('\n');
const idsIn = (text: string) =>
  parseEventRecording(text).events.map((event) => (JSON.parse(event) as { id: number }).id);

describe('parseEventRecording', () => {
  it.each(['SINGLE_CHAIN_ONE_BLOCK', 'SINGLE_CHAIN_BLOCKS_AND_TRANSACTIONS'])(
    'reads %s as it was recorded',
    (scenario) => {
      const { events, ...rest } = parseEventRecording(goldenText(scenario));
      expect(events.map((event) => JSON.parse(event) as unknown)).toEqual(goldenEvents(scenario));
      expect(rest).toEqual({
        firstId: 0,
        peerId: 'simulator_peer_id',
        network: 'unittests',
        streamId: 'simulator_stream_id',
      });
    },
  );

  it.each([
    ['an object with frames', JSON.stringify({ frames: [framed(0), framed(1)] })],
    ['an object with events', JSON.stringify({ ...IDENTITY, events: [bare(0), bare(1)] })],
    ['an array of frames', JSON.stringify([framed(0), framed(1)], null, 2)],
    ['lines of frames', lines(framed(0), framed(1))],
    [
      'lines that end with CR LF, after a byte order mark',
      `\uFEFF${lines(framed(0), framed(1)).replace('\n', '\r\n\r\n')}\r\n`,
    ],
    ['frames out of order, one of them twice', lines(framed(1), framed(0), framed(1))],
    ['frames and bare events', lines(framed(1), bare(0))],
  ])('reads %s', (_what, text) => {
    expect(parseEventRecording(text)).toEqual({
      peerId: 'p',
      network: 'n',
      streamId: 's',
      firstId: 0,
      events: [JSON.stringify(bare(0)), JSON.stringify(bare(1))],
    });
  });

  it.each([
    ['an array of bare events', JSON.stringify([bare(0)])],
    ['lines of bare events', lines(bare(0), bare(1))],
    ['a single event', JSON.stringify(bare(0))],
  ])('reads %s, which has no identity', (_what, text) => {
    expect(parseEventRecording(text)).not.toHaveProperty('peerId');
    expect(idsIn(text)[0]).toBe(0);
  });

  it('may begin with any id', () => {
    const recording = parseEventRecording(lines(bare(8), bare(7)));
    expect(recording.firstId).toBe(7);
    expect(recording.events).toHaveLength(2);
  });

  it('keeps every digit', () => {
    const event = '{"id":0,"type":"X","data":{"nonce":340282366920938463463374607431768211455}}';
    expect(parseEventRecording(event).events).toEqual([event]);
    expect(parseEventRecording(`[${event}]`).events).toEqual([event]);
  });

  it.each([
    ['nothing', '', 'it holds no event'],
    ['an empty list', '[]', 'it holds no event'],
    ['a text', '"events"', 'neither an object nor a list'],
    ['lines that are no JSON', `${lines(bare(0))}\nnonsense`, 'line 2 is not JSON'],
    ['a list of numbers', '[1]', 'item 0 is not an object'],
    ['an event without id', lines({ type: 'X' }), 'no id'],
    ['an event with a negative id', lines(bare(-1)), 'no id'],
    ['an event with an id beyond 2^53', '{"id":9007199254740993,"type":"X"}', 'no id'],
    ['an event without type', lines({ id: 0 }), 'event 0 has no type'],
    ['a gap', lines(bare(0), bare(1), bare(3)), 'event 2 is missing'],
    ['two events with one id', lines(bare(0), bare(0, { group_id: 1 })), 'two different events'],
    ['frames of two streams', lines(framed(0), framed(1, { stream_id: 't' })), 'several streams'],
    ['frames of two nodes', lines(framed(0), framed(1, { peer_id: 'q' })), 'several streams'],
    ['frames of two networks', lines(framed(0), framed(1, { network: 'm' })), 'several streams'],
  ])('refuses %s', (_what, text, message) => {
    expect(() => parseEventRecording(text)).toThrow(message);
  });
});

describe('an event queue with a recording', () => {
  const recording = parseEventRecording(lines(framed(4), framed(5)));

  it('serves it under its own identity and keeps nothing else', async () => {
    const { bus, queue } = await startedRun(memoryLog(), { recording, peerId: 'x', streamId: 'y' });
    await bus.publish('node.crashed', {});
    expect(await storedEvents(queue)).toEqual([bare(4), bare(5)]);
    expect(queue.identity).toEqual({ peerId: 'p', network: 'n', streamId: 's' });
  });

  it('uses the queue’s identity where the recording has none', async () => {
    const { queue } = await startedRun(memoryLog(), {
      recording: { firstId: 0, events: [] },
      peerId: 'x',
      streamId: 'y',
    });
    expect(queue.identity).toEqual({ peerId: 'x', network: 'unittests', streamId: 'y' });
  });

  it('leaves the application’s own events in the same log alone', async () => {
    const store = memoryLog();
    const own = await startedRun(store, {}, new FixedChain(GENESIS));
    const { identity } = own.queue;
    await own.queue.stop();
    for (let run = 0; run < 2; run++) {
      const recorded = await startedRun(store, { recording });
      expect(recorded.queue.stream.head).toBe(5);
      await recorded.queue.stop();
    }
    const { queue } = await startedRun(store, {}, new FixedChain(GENESIS));
    expect(queue.stream.head).toBe(6);
    expect(queue.identity).toEqual(identity);
  });
});
