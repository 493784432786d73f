import { describe, expect, it, jest } from '@jest/globals';
import { fakeSession } from '../testing/fake-session.js';
import { SlidingWindow } from './sliding-window.js';
import { StreamReader, type ReaderHost, type ReaderPhase } from './stream-reader.js';

/** Where a reader may go from each phase, and by what way it gets there. */
const PHASES: Readonly<
  Record<ReaderPhase, { readonly way: readonly ReaderPhase[]; readonly to: readonly ReaderPhase[] }>
> = {
  idle: { way: [], to: ['queued', 'blocked', 'live', 'ended'] },
  queued: { way: ['queued'], to: ['idle', 'reading', 'blocked', 'live', 'ended'] },
  reading: { way: ['queued', 'reading'], to: ['idle', 'queued', 'blocked', 'live', 'ended'] },
  blocked: { way: ['blocked'], to: ['idle', 'queued', 'live', 'ended'] },
  live: { way: ['live'], to: ['idle', 'queued', 'blocked', 'ended'] },
  ended: { way: ['ended'], to: [] },
};
const ALL = Object.keys(PHASES) as readonly ReaderPhase[];

function setUp(way: readonly ReaderPhase[] = []) {
  const host = {
    phaseChanged: jest.fn<ReaderHost['phaseChanged']>(),
    wake: jest.fn<ReaderHost['wake']>(),
  };
  const reader = new StreamReader(fakeSession().session, new SlidingWindow(), host, {
    add: () => undefined,
  });
  for (const phase of way) reader.enter(phase);
  host.phaseChanged.mockClear();
  return { reader, host };
}

describe('a reader of a stream', () => {
  it.each(ALL)('that is %s goes on as its table says, and no other way', (from) => {
    const { way, to } = PHASES[from];
    for (const next of ALL.filter((phase) => phase !== from)) {
      const { reader, host } = setUp(way);
      if (to.includes(next)) {
        reader.enter(next);
        expect(host.phaseChanged.mock.calls).toEqual([[reader, from, next]]);
        expect(reader.phase).toBe(next);
      } else {
        expect(() => reader.enter(next)).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
        expect(host.phaseChanged).not.toHaveBeenCalled();
        expect(reader.phase).toBe(from);
      }
    }
  });

  it.each(ALL)('that is %s stays so without telling anybody', (phase) => {
    const { reader, host } = setUp(PHASES[phase].way);
    reader.enter(phase);
    expect(host.phaseChanged).not.toHaveBeenCalled();
  });

  it('wakes its host for a request that fits, and not for one that is refused', () => {
    const { reader, host } = setUp();
    expect(reader.stop()).toBe('INACTIVE');
    expect(reader.ack(1, 1)).toBe('INACTIVE');
    expect(host.wake).not.toHaveBeenCalled();
    expect(reader.start(null, 1)).toBeUndefined();
    expect(host.wake.mock.calls).toEqual([[reader]]);
    expect(reader.active).toBe(true);
  });
});
